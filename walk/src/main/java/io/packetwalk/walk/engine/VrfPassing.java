package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * Passes packets through the device of a VRF (the kernel's drivers/net/vrf.c).
 *
 * <p>What comes in by a member passes PREROUTING once by that and once by the VRF, which a capture
 * shows, and is from then on the VRF's (vrf_ip_rcv). What starts here and leaves by a member passes
 * OUTPUT and POSTROUTING for the VRF, untracked, before it passes them for the member
 * (vrf_ip_out_direct). What a route sends out of the VRF's own device is routed once more, in the
 * VRF's table (vrf_process_v4_outbound).
 */
final class VrfPassing {
  /** Where a packet goes on by the device that it has now. */
  interface OnDevice {
    List<Branch> go(Trail trail, InFlight packet, String device);
  }

  private final Engine engine;

  VrfPassing(Engine engine) {
    this.engine = engine;
  }

  /** A packet that came in by a member of the VRF, past PREROUTING. */
  List<Branch> takeIn(Trail trail, Stack stack, InFlight packet, Device vrf, OnDevice next) {
    if (isOfOneLink(packet)) {
      return trail.undetermined(ofOneLink(stack, vrf, packet));
    }
    String decision = vrf.name() + " takes what its member " + packet.input().orElse("") + " gets";
    Step step =
        new Step(
            stack.id(),
            vrf.name(),
            Stage.INGRESS,
            Action.FORWARD,
            decision,
            List.of(vrf.source()),
            withLink(packet, vrf).packet());
    InFlight inside =
        new InFlight(
            packet.packet(),
            packet.mark(),
            Optional.of(vrf.name()),
            packet.output(),
            packet.tracking(),
            packet.arrival());
    return engine.hooks.passOn(
        Hook.PREROUTING,
        trail.then(step),
        stack,
        inside,
        (passed, after) -> next.go(passed, after, vrf.name()));
  }

  /** A packet that starts here and leaves by a member of the VRF, before OUTPUT. */
  List<Branch> letOut(Trail trail, Stack stack, InFlight packet, Device vrf, Continuation next) {
    if (isOfOneLink(packet)) {
      return next.go(trail, packet);
    }
    String member = packet.output().orElse("");
    InFlight apart = engine.hooksOf(stack).untracked(packet.withOutput(vrf.name()));
    return engine.hooks.passOn(
        Hook.OUTPUT,
        trail,
        stack,
        apart,
        (sent, after) ->
            engine.hooks.passOn(
                Hook.POSTROUTING,
                sent,
                stack,
                after,
                (passed, last) ->
                    next.go(
                        passed.then(shown(stack, last, vrf, member)), last.withOutput(member))));
  }

  /**
   * A capture that copies the frame shows it from the VRF's address to none, one that keeps it
   * shows the header that the member writes in its place (vrf_finish_direct).
   */
  private static Step shown(Stack stack, InFlight packet, Device vrf, String member) {
    Ethernet link = new Ethernet(MacAddress.ZERO, MacAddress.ZERO, etherType(packet));
    return new Step(
        stack.id(),
        vrf.name(),
        Stage.EGRESS,
        Action.FORWARD,
        "by " + vrf.name() + ", whose member " + member + " is",
        List.of(vrf.source()),
        packet.packet().within(link));
  }

  /** A frame that goes out of the VRF's own device. */
  List<Branch> reroute(Trail trail, Stack stack, InFlight frame, Device vrf) {
    InFlight packet = frame.withPacket(Headers.withoutLink(frame.packet()));
    FlowKey key =
        FlowKey.of(packet.packet(), Headers.ip(packet), FlowKey.LOCALLY, packet.mark())
            .boundTo(Optional.of(vrf.name()));
    RouteDecision decision = RouteLookup.decide(stack, key);
    Trail decided = trail.assuming(decision.assumptions());
    return switch (decision) {
      case RouteDecision.Found found -> along(found, decided, stack, packet, vrf);
      case RouteDecision.OwnAddress own -> toItself(decided, stack, packet, vrf);
      case RouteDecision.Broadcast broadcast ->
          decided.undetermined(Unmodelled.broadcast(stack.id(), Headers.ip(packet).destination()));
      case RouteDecision.RefusedByRule refused ->
          dropped(decided, stack, packet, vrf, List.of(refused.rule()));
      case RouteDecision.NoRoute none -> dropped(decided, stack, packet, vrf, none.searched());
      case RouteDecision.Unknown unknown -> decided.undetermined(unknown.missing());
    };
  }

  private List<Branch> along(
      RouteDecision.Found found, Trail trail, Stack stack, InFlight packet, Device vrf) {
    RouteType type = found.route().type();
    return switch (type) {
      case UNICAST ->
          engine.routes.along(
              found,
              trail,
              stack,
              packet,
              (routed, sent, route, hop) ->
                  engine.hooks.passOn(
                      Hook.OUTPUT,
                      routed,
                      stack,
                      sent.withOutput(hop.device().orElse("")),
                      (passed, after) ->
                          engine.emission.emit(
                              passed, stack, after, Optional.of(route), hop.gateway())));
      case LOCAL -> toItself(trail, stack, packet, vrf);
      case BLACKHOLE, UNREACHABLE, PROHIBIT ->
          Headers.ip(packet).destination().isIpv4()
              ? dropped(trail, stack, packet, vrf, Routes.evidence(found))
              : trail.undetermined(
                  Unmodelled.device(stack.id(), vrf.name(), "vrf", Routes.evidence(found)));
      case BROADCAST, MULTICAST, ANYCAST, THROW ->
          trail.undetermined(Unmodelled.broadcast(stack.id(), Headers.ip(packet).destination()));
    };
  }

  /** The VRF's device is its own loopback (vrf_local_xmit). */
  private List<Branch> toItself(Trail trail, Stack stack, InFlight packet, Device vrf) {
    InFlight looped =
        new InFlight(
            packet.packet(),
            packet.mark(),
            Optional.of(vrf.name()),
            Optional.empty(),
            packet.tracking());
    return engine.input.enterLooped(trail, stack, vrf.name(), looped);
  }

  private static List<Branch> dropped(
      Trail trail, Stack stack, InFlight packet, Device vrf, List<Source> evidence) {
    IpAddress destination = Headers.ip(packet).destination();
    Step step =
        new Step(
            stack.id(),
            vrf.name(),
            Stage.ROUTE,
            Action.DROP,
            vrf.name() + " drops it: its own table has no way to " + destination,
            evidence,
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, step.decision() + " on " + stack.id());
  }

  /**
   * The packet as what is told about it sees it where the way leaks out of its domain: as one of
   * the device that it would have left by (ipv4_link_failure, ip6_link_failure, ip6_forward).
   */
  static InFlight leaving(Stack stack, InFlight packet, String output) {
    boolean leaked =
        packet.input().filter(input -> !Vrfs.areTogether(stack, input, output)).isPresent();
    return leaked
        ? new InFlight(
            packet.packet(),
            packet.mark(),
            Optional.of(output),
            packet.output(),
            packet.tracking(),
            packet.arrival())
        : packet;
  }

  /** Packets of one link stay with the member (rt6_need_strict, ipv4_is_lbcast). */
  private static boolean isOfOneLink(InFlight packet) {
    IpAddress destination = Headers.ip(packet).destination();
    return destination.isMulticast()
        || destination.isLimitedBroadcast()
        || (destination.isIpv6() && destination.isLinkLocal());
  }

  private static Assumption ofOneLink(Stack stack, Device vrf, InFlight packet) {
    return new Assumption(
        "how "
            + vrf.name()
            + " of "
            + stack.id()
            + " takes what is for "
            + Headers.ip(packet).destination()
            + ", an address of one link, isn't modelled",
        Commands.in(stack.id(), "tcpdump -ni " + vrf.name()),
        List.of(vrf.source()));
  }

  /** The frame that came in; without a link layer one from and to the VRF's own address. */
  private static InFlight withLink(InFlight packet, Device vrf) {
    MacAddress own = vrf.mac().orElse(MacAddress.ZERO);
    Ethernet link =
        packet.arrival().link().orElseGet(() -> new Ethernet(own, own, etherType(packet)));
    Packet framed = packet.packet().within(link);
    return packet.withPacket(framed);
  }

  private static int etherType(InFlight packet) {
    return Headers.ip(packet).destination().isIpv4() ? EtherType.IPV4 : EtherType.IPV6;
  }
}
