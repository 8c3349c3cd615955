package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.RouteType;
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
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a packet into a stack: the PREROUTING hook, the checks of its source, routing (the kernel's
 * ip_rcv and ip_route_input_slow, ipv6_rcv and ip6_route_input).
 */
final class IpInput {
  private final Engine engine;
  private final SourceCheck sourceCheck = new SourceCheck();

  IpInput(Engine engine) {
    this.engine = engine;
  }

  List<Branch> enter(Trail trail, Stack stack, String device, InFlight packet) {
    return Ipv6Off.stop(trail, stack, packet, device, Stage.PREROUTING)
        .orElseGet(() -> entered(trail, stack, device, packet));
  }

  private List<Branch> entered(Trail trail, Stack stack, String device, InFlight packet) {
    return engine.hooks.pass(
        Hook.PREROUTING,
        trail,
        stack,
        packet,
        (passed, after) ->
            device.equals(FlowKey.LOCALLY)
                ? engine.delivery.deliver(passed, stack, after, List.of())
                : inDomain(passed, stack, device, after));
  }

  /**
   * What comes in by a member of a VRF is the VRF's from here on, and an ipvlan device's in mode
   * L3S is that device's (l3mdev_ip_rcv).
   */
  private List<Branch> inDomain(Trail trail, Stack stack, String device, InFlight packet) {
    Optional<Uppers.Place> upper = engine.ipvlans.takerInStack(stack, device, packet);
    if (upper.isPresent()) {
      return engine.ipvlans.takeIn(trail, stack, packet, upper.get());
    }
    return Vrfs.ofMember(stack, device)
        .map(vrf ->
            engine.vrfs.takeIn(
                trail,
                stack,
                packet,
                vrf,
                (taken, after, name) -> route(taken, stack, name, after)))
        .orElseGet(() -> route(trail, stack, device, packet));
  }

  /** A packet that a VRF's own device hands back to its stack keeps its connection. */
  List<Branch> enterLooped(Trail trail, Stack stack, String device, InFlight packet) {
    return engine.hooks.passOn(
        Hook.PREROUTING,
        trail,
        stack,
        packet,
        (passed, after) -> engine.delivery.deliver(passed, stack, after, List.of()));
  }

  /** A packet from a bridge that has asked the PREROUTING hook already (ip_sabotage_in). */
  List<Branch> enterPrerouted(Trail trail, Stack stack, String device, InFlight packet) {
    return inDomain(trail, stack, device, packet);
  }

  private List<Branch> route(Trail trail, Stack stack, String device, InFlight packet) {
    Ip header = Headers.ip(packet);
    if (header.destination().isMulticast()) {
      return toGroup(trail, stack, device, packet);
    }
    FlowKey key = FlowKey.of(packet.packet(), header, device, packet.mark());
    RouteDecision decision = RouteLookup.decide(stack, key);
    SourceCheck.Result checked = sourceCheck.check(stack, device, packet, decision);
    Trail decided = trail.assuming(decision.assumptions());
    return switch (checked) {
      case SourceCheck.Passed passed -> follow(decision, passed.onto(decided), stack, packet);
      case SourceCheck.Refused refused -> refused.end(decided);
      case SourceCheck.NotShown unknown -> decided.undetermined(unknown.missing());
    };
  }

  /** Of what is for a group a device takes what it is a member of (ip_check_mc_rcu). */
  private List<Branch> toGroup(Trail trail, Stack stack, String device, InFlight packet) {
    IpAddress group = Headers.ip(packet).destination();
    Optional<Boolean> member = Groups.isMember(stack, device, group);
    if (member.isEmpty() && engine.vxlanIngress.isNobodys(stack, packet)) {
      return unheeded(trail, stack, packet);
    }
    if (member.isEmpty()) {
      return trail.undetermined(Groups.membership(stack, device, group));
    }
    MulticastForwarding.Way way = MulticastForwarding.of(stack, device, packet);
    if (way instanceof MulticastForwarding.Undecided undecided) {
      return trail.undetermined(undecided.missing());
    }
    List<Copies.Copy> copies = new ArrayList<>();
    if (member.get()) {
      copies.add(own -> engine.delivery.deliver(own, stack, packet, List.of()));
    }
    if (way instanceof MulticastForwarding.Along along) {
      copies.addAll(engine.multicast.copies(stack, packet, along));
    }
    if (copies.isEmpty()) {
      return unheeded(trail, stack, packet);
    }
    return switch (sourceCheck.checkForMany(stack, device, packet)) {
      case SourceCheck.Passed passed -> Copies.of(passed.onto(trail), copies);
      case SourceCheck.Refused refused -> refused.end(trail);
      case SourceCheck.NotShown unknown -> trail.undetermined(unknown.missing());
    };
  }

  /** What came in a frame for many and isn't for this stack is neither forwarded nor answered. */
  private static List<Branch> unheeded(Trail trail, Stack stack, InFlight packet) {
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.LOCAL,
            Action.DROP,
            Headers.ip(packet).destination() + " isn't an address of this namespace",
            List.of(),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + step.decision());
  }

  private List<Branch> follow(RouteDecision decision, Trail trail, Stack stack, InFlight packet) {
    boolean forAll = Headers.ip(packet).destination().isLimitedBroadcast();
    if (forAll || (Groups.isFramedForMany(packet) && !isForStack(decision, stack, packet))) {
      return forAll
          ? engine.delivery.deliver(trail, stack, packet, List.of())
          : unheeded(trail, stack, packet);
    }
    return switch (decision) {
      case RouteDecision.Found found -> found(found, trail, stack, packet);
      case RouteDecision.OwnAddress own ->
          engine.delivery.deliver(trail, stack, packet, List.of(own.address().source()));
      case RouteDecision.Broadcast broadcast ->
          engine.delivery.deliver(trail, stack, packet, List.of(broadcast.subnet().source()));
      case RouteDecision.RefusedByRule refused ->
          engine.forwarding.refusedByRule(refused, trail, stack, packet);
      case RouteDecision.NoRoute none -> engine.forwarding.noRoute(none, trail, stack, packet);
      case RouteDecision.Unknown unknown -> trail.undetermined(unknown.missing());
    };
  }

  private static boolean isForStack(RouteDecision decision, Stack stack, InFlight packet) {
    return switch (decision) {
      case RouteDecision.Found found ->
          found.route().type() == RouteType.LOCAL || found.route().type() == RouteType.BROADCAST;
      case RouteDecision.OwnAddress own -> true;
      case RouteDecision.Broadcast broadcast -> true;
      case RouteDecision.RefusedByRule refused -> false;
      case RouteDecision.NoRoute none -> false;
      case RouteDecision.Unknown unknown ->
          !stack.areAddressesKnown(Headers.ip(packet).destination().family())
              || Groups.isOfSubnet(stack, Headers.ip(packet).destination());
    };
  }

  private List<Branch> found(RouteDecision.Found found, Trail trail, Stack stack, InFlight packet) {
    RouteType type = found.route().type();
    List<Source> evidence = Routes.evidence(found);
    return switch (type) {
      case LOCAL -> engine.delivery.deliver(trail, stack, packet, evidence);
      case UNICAST -> engine.forwarding.forward(found, trail, stack, packet);
      case BLACKHOLE, UNREACHABLE, PROHIBIT ->
          engine.forwarding.refused(found, trail, stack, packet);
      case ANYCAST -> anycast(trail, stack, packet, evidence);
      case BROADCAST -> engine.delivery.deliver(trail, stack, packet, evidence);
      case MULTICAST, THROW ->
          trail.undetermined(Unmodelled.broadcast(stack.id(), Headers.ip(packet).destination()));
    };
  }

  /**
   * An address of IPv6 that a device of the stack has may be the subnet-router anycast address of
   * another's prefix as well (RFC 4291, 2.6.1). The stack takes both for its own (ip6_input), and
   * so the answers to what it sent from there; who is asked there answers from another address or,
   * over TCP, not at all.
   */
  private List<Branch> anycast(Trail trail, Stack stack, InFlight packet, List<Source> evidence) {
    IpAddress destination = Headers.ip(packet).destination();
    return destination.isIpv6() && !engine.asking
        ? engine.delivery.deliver(trail, stack, packet, evidence)
        : trail.undetermined(Unmodelled.broadcast(stack.id(), destination));
  }
}
