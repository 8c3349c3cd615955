package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.FdbEntry;
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
  private final int depth;

  OverlayNeighbours(World world, Answering answering, int depth) {
    this.world = world;
    this.answering = answering;
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
    boolean certain = stack.namespace().links().fdb().isComplete();
    for (IpAddress remote : floodRemotes(stack, device, vxlan)) {
      Optional<Arrival> there = carry(stack, device, vxlan, remote);
      if (there.isEmpty()) {
        certain = false;
        continue;
      }
      for (Far far : receivers(there.get(), vxlan)) {
        if (far.vxlan().external() && request.asked().isIpv6()) {
          certain = false;
          continue;
        }
        Optional<Answering.Yes> answer = answerOf(far, there.get(), stack.id(), request);
        if (answer.isPresent()) {
          return new Finding(answer, true);
        }
      }
    }
    return new Finding(Optional.empty(), certain);
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
    Optional<Arrival> there = carry(stack, device, told, header.get().destination().get());
    if (there.isEmpty()) {
      return new Finding(Optional.empty(), false);
    }
    for (Far far : receivers(there.get(), told)) {
      Optional<Answering.Yes> answer = answerOf(far, there.get(), stack.id(), request);
      if (answer.isPresent()) {
        return new Finding(answer, true);
      }
    }
    return new Finding(Optional.empty(), true);
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

  /** Where an outer packet ended: empty when it was lost. */
  private record Arrival(Optional<Stack> stack, IpAddress source) {}

  /** The device that takes the packets of a VXLAN at the other end. */
  private record Far(Stack stack, String device, DeviceKind.Vxlan vxlan) {}

  private Optional<Answering.Yes> answerOf(
      Far far, Arrival arrival, NamespaceId home, Answering.Request request) {
    Segment.Endpoint endpoint =
        new Segment.Endpoint(far.stack().id(), far.device(), true, List.of());
    return answering.to(endpoint, request) instanceof Answering.Yes yes
            && comesBack(far, arrival, home, request.mac())
        ? Optional.of(yes)
        : Optional.empty();
  }

  private boolean comesBack(Far far, Arrival arrival, NamespaceId home, MacAddress mac) {
    Optional<FdbEntry> listed = entry(far, mac);
    if (far.vxlan().learning() && listed.filter(TunnelIngress::isFixed).isPresent()) {
      boolean refused = listed.flatMap(FdbEntry::remote).filter(arrival.source()::equals).isEmpty();
      if (refused) {
        return false;
      }
    }
    List<IpAddress> remotes =
        far.vxlan().learning() || far.vxlan().external()
            ? List.of(arrival.source())
            : listed
                .flatMap(FdbEntry::remote)
                .map(List::of)
                .orElseGet(() -> floodRemotes(far.stack(), far.device(), far.vxlan()));
    return remotes.stream()
        .map(remote -> carry(far.stack(), far.device(), far.vxlan(), remote))
        .flatMap(Optional::stream)
        .anyMatch(back -> back.stack().map(Stack::id).filter(home::equals).isPresent());
  }

  private static Optional<FdbEntry> entry(Far far, MacAddress mac) {
    return far.stack().namespace().links().fdb().stream()
        .filter(entry -> entry.device().equals(far.device()) && entry.remote().isPresent())
        .filter(entry -> entry.mac().equals(mac))
        .findFirst();
  }

  private static List<IpAddress> floodRemotes(Stack stack, String device, DeviceKind.Vxlan vxlan) {
    List<IpAddress> remotes = new ArrayList<>();
    stack.namespace().links().fdb().stream()
        .filter(entry -> entry.device().equals(device) && entry.mac().equals(MacAddress.ZERO))
        .forEach(entry -> entry.remote().ifPresent(remotes::add));
    vxlan.remote().filter(remote -> !remotes.contains(remote)).ifPresent(remotes::add);
    remotes.removeIf(remote -> remote.isUnspecified() || remote.isMulticast());
    return remotes;
  }

  /** Sends an outer packet; empty when the state doesn't show what becomes of it. */
  private Optional<Arrival> carry(
      Stack stack, String device, DeviceKind.Vxlan vxlan, IpAddress remote) {
    Optional<IpAddress> source =
        TunnelEgress.localEnd(stack, vxlan.local(), remote, vxlan.underlay());
    if (source.isEmpty()) {
      return Optional.of(new Arrival(Optional.empty(), remote));
    }
    Engine engine = Engine.ofTunnel(world, depth + 1);
    List<Branch> branches =
        engine.output.sendTunnelled(
            Trail.start(1),
            stack,
            Origination.inFlight(outer(source.get(), remote, vxlan)),
            device,
            vxlan.underlay());
    Branch first = branches.getFirst();
    boolean known =
        branches.stream().allMatch(branch -> branch.verdict() == first.verdict())
            && first.verdict() != Verdict.UNDETERMINED
            && first.verdict() != Verdict.LEFT;
    if (!known) {
      return Optional.empty();
    }
    Optional<Stack> end =
        first.verdict() == Verdict.DELIVERED
            ? Optional.of(world.stack(first.steps().getLast().place()))
            : Optional.empty();
    return Optional.of(new Arrival(end, source.get()));
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
    arrival
        .stack()
        .ifPresent(stack -> {
          for (Device device : stack.namespace().links().devices().entries()) {
            if (device.kind() instanceof DeviceKind.Vxlan far
                && (far.external() || far.vni().equals(vxlan.vni()))
                && far.port().orElse(Vxlan.PORT) == vxlan.port().orElse(Vxlan.PORT)
                && !Segment.isClosed(device)) {
              receivers.add(new Far(stack, device.name(), far));
            }
          }
        });
    return receivers;
  }
}
