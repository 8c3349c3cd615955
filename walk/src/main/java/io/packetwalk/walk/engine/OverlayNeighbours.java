package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a neighbour through a VXLAN device: the question goes to each remote that unknown
 * addresses are sent to, and the answer comes back to where its receiver is known or learnt to be
 * (the kernel's vxlan_xmit and vxlan_snoop).
 */
final class OverlayNeighbours {
  /** How many tunnels may carry one another's questions. */
  private static final int DEEPEST = 3;

  private static final int HOP_LIMIT = 64;

  private final World world;
  private final Answering answering;
  private final NeighbourMemory memory;
  private final int depth;

  OverlayNeighbours(World world, Answering answering, NeighbourMemory memory, int depth) {
    this.world = world;
    this.answering = answering;
    this.memory = memory;
    this.depth = depth;
  }

  /** Who answered, or whether that can't be said. */
  record Finding(Optional<Answering.Yes> answer, boolean certain) {}

  Finding ask(Stack stack, String device, DeviceKind.Vxlan vxlan, Answering.Request request) {
    if (depth >= DEEPEST || (vxlan.vni().isEmpty() && !vxlan.external())) {
      return new Finding(Optional.empty(), false);
    }
    if (vxlan.external()) {
      return askByRoute(stack, device, vxlan, request);
    }
    if (vxlan.answering()) {
      return new Finding(Optional.empty(), true);
    }
    boolean certain = stack.namespace().links().fdbShown(device).isPresent();
    for (VxlanRemote remote : VxlanRemote.flooded(stack, device, vxlan)) {
      Carried carried = carry(stack, device, remote.settings(), remote.address());
      certain &= carried.known();
      for (Arrival there : carried.arrivals()) {
        for (Far far : receivers(there, remote.settings())) {
          if (far.vxlan().external() && request.asked().isIpv6()) {
            certain = false;
            continue;
          }
          Optional<Answering.Yes> answer =
              answerOf(far, there, new Far(stack, device, vxlan), request);
          if (answer.isPresent()) {
            return new Finding(answer, true);
          }
          certain &= isAlone(far);
        }
      }
    }
    return new Finding(Optional.empty(), certain);
  }

  /** Whether nobody is behind the device but its own stack. */
  private static boolean isAlone(Far far) {
    return far.stack().device(far.device()).flatMap(Device::master).isEmpty();
  }

  /**
   * In external mode the question goes where the waiting packet's route says (arp_solicit), and the
   * answer back to who asked (arp_process). Neighbour discovery says nothing to the device, which
   * drops it (ndisc_send_skb).
   */
  private Finding askByRoute(
      Stack stack, String device, DeviceKind.Vxlan vxlan, Answering.Request request) {
    if (request.asked().isIpv6()) {
      boolean alone = stack.device(device).flatMap(Device::master).isEmpty();
      return new Finding(Optional.empty(), alone);
    }
    Optional<TunnelHeader> header =
        wrapping(stack, device, request.asked()).filter(one -> one.destination().isPresent());
    if (header.isEmpty()) {
      return new Finding(Optional.empty(), false);
    }
    DeviceKind.Vxlan told = ExternalMode.as(vxlan, header.get());
    Carried carried = carry(stack, device, told, header.get().destination().get());
    for (Arrival there : carried.arrivals()) {
      for (Far far : receivers(there, told)) {
        Optional<Answering.Yes> answer =
            answerOf(far, there, new Far(stack, device, vxlan), request);
        if (answer.isPresent()) {
          return new Finding(answer, true);
        }
      }
    }
    return new Finding(Optional.empty(), carried.known());
  }

  private static Optional<TunnelHeader> wrapping(Stack stack, String device, IpAddress address) {
    FlowKey key = FlowKey.to(address).boundTo(Optional.of(device));
    return RouteLookup.decide(stack, key) instanceof RouteDecision.Found found
        ? found.hops().stream()
            .flatMap(hop -> hop.encapsulation().stream())
            .filter(TunnelHeader.class::isInstance)
            .map(TunnelHeader.class::cast)
            .findFirst()
        : Optional.empty();
  }

  /** Where an outer packet came in, and whom it was from. */
  private record Arrival(Stack stack, IpAddress source) {}

  /**
   * Where an outer packet, or the copies of one for a group, came in.
   *
   * @param known whether the state shows all of them
   */
  private record Carried(List<Arrival> arrivals, boolean known) {}

  /** The device that takes the packets of a VXLAN at the other end. */
  private record Far(Stack stack, String device, DeviceKind.Vxlan vxlan) {}

  private Optional<Answering.Yes> answerOf(
      Far far, Arrival arrival, Far asker, Answering.Request request) {
    if (isRefused(far, request.mac(), arrival.source())) {
      return Optional.empty();
    }
    learn(far, request.mac(), arrival.source());
    Segment.Endpoint endpoint =
        new Segment.Endpoint(far.stack().id(), far.device(), true, List.of());
    return answering.to(endpoint, request) instanceof Answering.Yes yes
            && comesBack(far, arrival, asker, request, yes.mac())
        ? Optional.of(yes)
        : Optional.empty();
  }

  /** One that answers questions itself lets no ARP pass, answers included (arp_reduce). */
  private boolean comesBack(
      Far far, Arrival arrival, Far asker, Answering.Request request, MacAddress mac) {
    if (far.vxlan().answering() && request.asked().isIpv4()) {
      return false;
    }
    List<VxlanRemote> remotes =
        far.vxlan().external()
            ? List.of(VxlanRemote.answering(far.vxlan(), arrival.source()))
            : VxlanRemote.of(far.stack(), far.device(), far.vxlan(), request.mac(), memory);
    Optional<Arrival> back =
        remotes.stream()
            .flatMap(remote ->
                carry(far.stack(), far.device(), remote.settings(), remote.address())
                    .arrivals()
                    .stream())
            .filter(end -> end.stack().id().equals(asker.stack().id()))
            .filter(end -> !isRefused(asker, mac, end.source()))
            .findFirst();
    back.ifPresent(end -> learn(asker, mac, end.source()));
    return back.isPresent();
  }

  private static boolean isRefused(Far far, MacAddress sender, IpAddress remote) {
    return VxlanRemote.contradicting(far.stack(), far.device(), far.vxlan(), sender, remote)
        .isPresent();
  }

  private void learn(Far far, MacAddress sender, IpAddress remote) {
    memory.learn(far.stack(), far.device(), far.vxlan(), sender, remote);
  }

  /** Sends an outer packet, and sees where it comes in. */
  private Carried carry(Stack stack, String device, DeviceKind.Vxlan vxlan, IpAddress remote) {
    Optional<IpAddress> source =
        TunnelEgress.localEnd(stack, vxlan.local(), remote, vxlan.underlay());
    if (source.isEmpty()) {
      return new Carried(List.of(), true);
    }
    Engine engine = Engine.ofTunnel(world, depth + 1);
    List<Branch> branches =
        engine.output.sendTunnelled(
            Trail.start(1),
            stack,
            Origination.inFlight(outer(source.get(), remote, vxlan)),
            device,
            vxlan.underlay());
    boolean alike =
        branches.stream().allMatch(branch -> branch.verdict() == branches.getFirst().verdict());
    boolean settled =
        branches.stream()
            .allMatch(branch ->
                branch.verdict() != Verdict.UNDETERMINED && branch.verdict() != Verdict.LEFT);
    boolean one = !remote.isMulticast();
    if (one && !(alike && settled)) {
      return new Carried(List.of(), false);
    }
    List<Arrival> arrivals =
        branches.stream()
            .filter(branch -> branch.verdict() == Verdict.DELIVERED)
            .map(branch -> new Arrival(world.stack(branch.steps().getLast().place()), source.get()))
            .distinct()
            .toList();
    return new Carried(
        one && arrivals.size() > 1 ? List.of(arrivals.getFirst()) : arrivals, settled);
  }

  private static Packet outer(IpAddress source, IpAddress remote, DeviceKind.Vxlan vxlan) {
    Ip header =
        remote.isIpv4()
            ? Ipv4.of(source, remote, IpProtocol.UDP, HOP_LIMIT)
            : Ipv6.of(source, remote, IpProtocol.UDP, HOP_LIMIT);
    int port = vxlan.port().orElse(Vxlan.PORT);
    return new Packet(List.of(header.asLayer(), Udp.of(/* sourcePort= */ port, port)));
  }

  private static List<Far> receivers(Arrival arrival, DeviceKind.Vxlan vxlan) {
    List<Far> receivers = new ArrayList<>();
    for (Device device : arrival.stack().namespace().links().devices().entries()) {
      if (device.kind() instanceof DeviceKind.Vxlan far
          && (far.external() || far.vni().equals(vxlan.vni()))
          && far.port().orElse(Vxlan.PORT) == vxlan.port().orElse(Vxlan.PORT)
          && !Segment.isClosed(device)) {
        receivers.add(new Far(arrival.stack(), device.name(), far));
      }
    }
    return receivers;
  }
}
