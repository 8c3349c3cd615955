package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.VirtualSending;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sends what IPVS has taken to its real server: routing by the server's address alone, the hop
 * limit lowered, the size, then as a packet that starts here (the kernel's __ip_vs_get_out_rt,
 * ip_vs_nat_send_or_cont and ip_vs_send_or_cont). What is refused is told about the packet as it
 * came.
 */
final class VirtualOutput {
  private final Engine engine;
  private final VirtualTunnel tunnel;

  VirtualOutput(Engine engine) {
    this.engine = engine;
    this.tunnel = new VirtualTunnel(engine);
  }

  /** Whether IPVS has taken the packet and nothing has been done about it yet. */
  static boolean isDue(InFlight packet) {
    return packet.tracking().sending().filter(sending -> !sending.begun()).isPresent();
  }

  /** What is sent as it is goes to the real server's link-layer address (FLOWI_FLAG_KNOWN_NH). */
  static Optional<IpAddress> nextHop(InFlight packet) {
    return packet
        .tracking()
        .sending()
        .filter(sending -> sending.begun() && sending.how() == Forwarding.DIRECT)
        .map(VirtualSending::to);
  }

  List<Branch> send(Trail trail, Stack stack, InFlight packet) {
    VirtualSending sending = packet.tracking().sending().orElseThrow();
    RouteDecision decision = RouteLookup.decide(stack, FlowKey.to(sending.to()));
    return switch (decision) {
      case RouteDecision.Found found -> along(found, trail, stack, packet, sending);
      case RouteDecision.RefusedByRule refused ->
          unreachable(trail, stack, sending, List.of(refused.rule()));
      case RouteDecision.NoRoute none -> unreachable(trail, stack, sending, List.of());
      case RouteDecision.OwnAddress own -> onward(trail, stack, packet, sending);
      case RouteDecision.Broadcast broadcast ->
          trail.undetermined(Unmodelled.broadcast(stack.id(), sending.to()));
      case RouteDecision.Unknown unknown -> trail.undetermined(unknown.missing());
    };
  }

  private List<Branch> along(
      RouteDecision.Found found,
      Trail trail,
      Stack stack,
      InFlight packet,
      VirtualSending sending) {
    RouteType type = found.route().type();
    return switch (type) {
      case UNICAST -> aged(found, trail, stack, packet, sending);
      case LOCAL -> onward(trail, stack, packet, sending);
      case BLACKHOLE, UNREACHABLE, PROHIBIT ->
          unreachable(trail, stack, sending, Routes.evidence(found));
      case BROADCAST, MULTICAST, ANYCAST, THROW ->
          trail.undetermined(Unmodelled.broadcast(stack.id(), sending.to()));
    };
  }

  private List<Branch> aged(
      RouteDecision.Found found,
      Trail trail,
      Stack stack,
      InFlight packet,
      VirtualSending sending) {
    Ip header = Headers.ip(packet);
    if (header.hopLimit() <= 1) {
      String decision = "IPVS would lower the hop limit to 0: time exceeded";
      Notice notice = Notice.timeExceeded(header.destination().family());
      return refused(trail, stack, sending.before(), decision, notice, List.of());
    }
    InFlight lowered = lowered(packet);
    Optional<Route> route = Optional.of(found.route());
    Optional<Device> device =
        found.hops().stream().findFirst().flatMap(hop -> hop.device()).flatMap(stack::device);
    OptionalInt mtu = VirtualTunnel.within(Mtu.of(route, device), sending);
    if (mtu.isPresent() && isTooLarge(trail, stack, packet, mtu.getAsInt(), sending)) {
      String decision =
          "IPVS refuses the packet of "
              + trail.sizeOf(packet.packet())
              + " bytes, which exceeds "
              + mtu.getAsInt()
              + " and may not be fragmented: fragmentation needed";
      Notice notice = Notice.tooBig(header.destination().family(), mtu.getAsInt());
      return refused(
          trail, stack, lowered(sending.before()), decision, notice, Mtu.evidence(route, device));
    }
    return onward(trail, stack, lowered, sending);
  }

  private static InFlight lowered(InFlight packet) {
    Ip header = Headers.ip(packet);
    return packet.withPacket(
        packet.packet().replacing(header.withHopLimit(header.hopLimit() - 1).asLayer()));
  }

  /** The kernel's ensure_mtu_is_adequate. */
  private static boolean isTooLarge(
      Trail trail, Stack stack, InFlight packet, int mtu, VirtualSending sending) {
    boolean split = sending.how() == Forwarding.TUNNEL && !VirtualTunnel.keepsDontFragment(stack);
    Ip header = Headers.ip(packet);
    return trail.sizeOf(packet.packet()) > mtu
        && Mtu.mayNotFragment(header)
        && !(split && header.source().isIpv4());
  }

  private List<Branch> onward(Trail trail, Stack stack, InFlight packet, VirtualSending sending) {
    InFlight leaving =
        new InFlight(
            packet.packet(),
            packet.mark(),
            Optional.empty(),
            Optional.empty(),
            packet.tracking().sending(sending.begin()));
    return sending.how() == Forwarding.TUNNEL
        ? tunnel.send(trail, stack, leaving, sending.to())
        : engine.output.send(trail, stack, leaving, key -> FlowKey.to(sending.to()));
  }

  /** Whatever kind of route there is instead of a way (dst_link_failure). */
  private List<Branch> unreachable(
      Trail trail, Stack stack, VirtualSending sending, List<Source> evidence) {
    String decision = "IPVS has no way to the real server " + sending.to() + ": host unreachable";
    Notice notice =
        Notice.neighbourUnreachable(Headers.ip(sending.before()).destination().family());
    return refused(trail, stack, sending.before(), decision, notice, evidence);
  }

  private List<Branch> refused(
      Trail trail,
      Stack stack,
      InFlight before,
      String decision,
      Notice notice,
      List<Source> evidence) {
    Step step =
        new Step(
            stack.id(),
            before.input().or(before::output).orElse(""),
            before.input().isPresent() ? Stage.INPUT : Stage.OUTPUT,
            Action.REJECT,
            decision,
            evidence,
            before.packet());
    return engine.refusals.endTold(trail.then(step), stack, before, notice, decision);
  }
}
