package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;

/**
 * Asks for a neighbour through a VXLAN device in external mode: the question goes where the waiting
 * packet's route says (arp_solicit), and the answer back to who asked (arp_process). Neighbour
 * discovery says nothing to the device, which drops it (ndisc_send_skb).
 */
final class OverlayNeighbours {
  /** How many tunnels may carry one another's questions. */
  private static final int DEEPEST = 3;

  private final Answering answering;
  private final NeighbourMemory memory;
  private final VxlanCarriage carriage;
  private final int depth;

  OverlayNeighbours(World world, Answering answering, NeighbourMemory memory, int depth) {
    this.answering = answering;
    this.memory = memory;
    this.carriage = new VxlanCarriage(world, depth);
    this.depth = depth;
  }

  /** Who answered, or whether that can't be said. */
  record Finding(Optional<Answering.Yes> answer, boolean certain) {}

  Finding ask(Stack stack, String device, DeviceKind.Vxlan vxlan, Answering.Request request) {
    if (depth >= DEEPEST) {
      return new Finding(Optional.empty(), false);
    }
    if (request.asked().isIpv6()) {
      return new Finding(Optional.empty(), isAlone(stack, device));
    }
    Optional<TunnelHeader> header =
        wrapping(stack, device, request.asked()).filter(one -> one.destination().isPresent());
    if (header.isEmpty()) {
      return new Finding(Optional.empty(), false);
    }
    VxlanCarriage.Far asker = new VxlanCarriage.Far(stack, device, vxlan);
    DeviceKind.Vxlan told = ExternalMode.as(vxlan, header.get());
    VxlanCarriage.Carried carried =
        carriage.carry(stack, device, told, header.get().destination().get());
    boolean certain = carried.known();
    for (VxlanCarriage.Arrival there : carried.arrivals()) {
      for (VxlanCarriage.Far far : VxlanCarriage.receivers(there, told)) {
        Optional<Answering.Yes> answer = answerOf(far, there, asker, request);
        if (answer.isPresent()) {
          return new Finding(answer, true);
        }
        certain &= isAlone(far.stack(), far.device());
      }
    }
    return new Finding(Optional.empty(), certain);
  }

  /** Whether nobody is behind the device but its own stack. */
  private static boolean isAlone(Stack stack, String device) {
    return stack.device(device).flatMap(Device::master).isEmpty();
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

  private Optional<Answering.Yes> answerOf(
      VxlanCarriage.Far far,
      VxlanCarriage.Arrival arrival,
      VxlanCarriage.Far asker,
      Answering.Request request) {
    if (isRefused(far, request.mac(), arrival.source())) {
      return Optional.empty();
    }
    learn(far, request.mac(), arrival.source());
    Segment.Endpoint endpoint = Segment.Endpoint.at(far.stack().id(), far.device());
    return answering.to(endpoint, request) instanceof Answering.Yes yes
            && comesBack(far, arrival, asker, request, yes.mac())
        ? Optional.of(yes)
        : Optional.empty();
  }

  /** One that answers questions itself lets no ARP pass, answers included (arp_reduce). */
  private boolean comesBack(
      VxlanCarriage.Far far,
      VxlanCarriage.Arrival arrival,
      VxlanCarriage.Far asker,
      Answering.Request request,
      MacAddress mac) {
    if (far.vxlan().answering()) {
      return false;
    }
    Optional<IpAddress> back =
        carriage
            .home(far, arrival, asker, request.mac(), memory)
            .source()
            .filter(source -> !isRefused(asker, mac, source));
    back.ifPresent(source -> learn(asker, mac, source));
    return back.isPresent();
  }

  private static boolean isRefused(VxlanCarriage.Far far, MacAddress sender, IpAddress remote) {
    return VxlanRemote.contradicting(far.stack(), far.device(), far.vxlan(), sender, remote)
        .isPresent();
  }

  private void learn(VxlanCarriage.Far far, MacAddress sender, IpAddress remote) {
    memory.learn(far.stack(), far.device(), far.vxlan(), sender, remote);
  }
}
