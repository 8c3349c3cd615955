package io.packetwalk.walk.engine;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;

/**
 * Lets frames on a bridge pass netfilter's IP hooks (the kernel's br_netfilter_hooks.c).
 *
 * <p>PREROUTING comes right after the port. A packet whose destination is translated there is
 * routed anew: one that leads back to the bridge is sent on it to the new destination's link-layer
 * address with its hop limit as it was; any other goes up to the bridge's own stack. What the
 * bridge forwards passes FORWARD and POSTROUTING with the bridge as both devices.
 */
final class BridgeNetfilter {
  private final Engine engine;

  BridgeNetfilter(Engine engine) {
    this.engine = engine;
  }

  /** Where a frame goes on after PREROUTING. */
  interface AfterPrerouting {
    /** As a frame of the bridge, whose destination may have become another. */
    List<Branch> bridged(Trail trail, InFlight frame);

    /** Up to the bridge's own stack, which doesn't ask PREROUTING again. */
    List<Branch> up(Trail trail, InFlight frame);
  }

  List<Branch> prerouting(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      Ethernet link,
      AfterPrerouting next) {
    InFlight packet = inside(frame, bridge);
    IpAddress asked = Headers.ip(packet).destination();
    return engine.hooks.pass(
        Hook.PREROUTING,
        trail,
        stack,
        packet,
        (passed, after) ->
            Headers.ip(after).destination().equals(asked)
                ? next.bridged(passed, framed(after, link))
                : translated(passed, stack, after, bridge, link, next));
  }

  private static InFlight inside(InFlight frame, String bridge) {
    return new InFlight(
        Headers.withoutLink(frame.packet()),
        frame.mark(),
        Optional.of(bridge),
        Optional.empty(),
        frame.tracking(),
        frame.arrival());
  }

  private static InFlight framed(InFlight packet, Ethernet link) {
    return packet.withPacket(packet.packet().within(link));
  }

  private List<Branch> translated(
      Trail trail,
      Stack stack,
      InFlight packet,
      String bridge,
      Ethernet link,
      AfterPrerouting next) {
    Ip header = Headers.ip(packet);
    FlowKey key = FlowKey.of(packet.packet(), header, bridge, packet.mark());
    RouteDecision decision = RouteLookup.decide(stack, key);
    if (header.source().isIpv6() && decision.isWithoutWay()) {
      return lost(trail, stack, packet, bridge);
    }
    if (mayRoute(stack, header, bridge)
        && decision instanceof RouteDecision.Found found
        && !found.hops().isEmpty()
        && found.hops().getFirst().device().equals(Optional.of(bridge))) {
      NextHop hop = found.hops().getFirst();
      return alongBridge(
          trail, stack, packet, bridge, link, hop.gateway().orElse(header.destination()), next);
    }
    MacAddress own = engine.neighbours.macOf(stack, bridge);
    return next.up(trail, framed(packet, new Ethernet(own, link.source(), link.etherType())));
  }

  /** Without a way for the new destination nobody is told (br_nf_pre_routing_finish_ipv6). */
  private static List<Branch> lost(Trail trail, Stack stack, InFlight packet, String bridge) {
    String why =
        bridge + " drops it: no route leads to " + Headers.ip(packet).destination() + " from here";
    Step step =
        new Step(stack.id(), bridge, Stage.BRIDGE, Action.DROP, why, List.of(), packet.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + why);
  }

  /**
   * Over IPv4 the look-up is the one for packets that come in: where nothing is forwarded it finds
   * no way back to the bridge (br_nf_pre_routing_finish).
   */
  private static boolean mayRoute(Stack stack, Ip header, String bridge) {
    return header.source().isIpv6()
        || Settings.forwarding(stack, IpFamily.IPV4, bridge).filter(flag -> !flag.on()).isEmpty();
  }

  /**
   * The frame gets the next hop's link-layer address and keeps its source's. Until the bridge's
   * neighbour entry has a cached header the frame also shows up at the bridge, from the bridge's
   * own address; which of the two happens isn't predicted.
   */
  private List<Branch> alongBridge(
      Trail trail,
      Stack stack,
      InFlight packet,
      String bridge,
      Ethernet link,
      IpAddress nextHop,
      AfterPrerouting next) {
    NeighbourAnswer answer = engine.neighbours.resolve(stack, bridge, nextHop);
    Trail asked = trail.assuming(answer.assumptions());
    return switch (answer) {
      case NeighbourAnswer.At at -> {
        Ethernet readdressed = new Ethernet(at.mac(), link.source(), link.etherType());
        Step step =
            new Step(
                stack.id(),
                bridge,
                Stage.BRIDGE,
                Action.REWRITE,
                "the translated destination is behind the same bridge: " + at.decision(),
                at.evidence(),
                framed(packet, readdressed).packet());
        yield next.bridged(asked.then(step), framed(packet, readdressed));
      }
      case NeighbourAnswer.Nobody nobody -> asked.end(Verdict.DROPPED, nobody.decision());
      case NeighbourAnswer.NotNeeded none -> next.bridged(asked, framed(packet, link));
      case NeighbourAnswer.NotShown unknown -> asked.undetermined(unknown.missing());
    };
  }

  /** FORWARD or POSTROUTING of a frame that goes from one port to another. */
  List<Branch> forwarding(
      Hook hook,
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      Ethernet link,
      Continuation next) {
    return engine.hooks.pass(
        hook,
        trail,
        stack,
        inside(frame, bridge).withOutput(bridge),
        (passed, after) -> next.go(passed, framed(after, link)));
  }
}
