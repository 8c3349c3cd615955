package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.walk.topology.Cable;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sends a packet that starts in a namespace: routing, the OUTPUT hook, routing again when the hook
 * changed what routing looks at (the kernel's ip_route_output_flow, __ip_local_out and
 * ip_route_me_harder).
 */
final class LocalOutput {
  private static final String POD_DEVICE = "eth0";

  private final Engine engine;

  LocalOutput(Engine engine) {
    this.engine = engine;
  }

  List<Branch> send(Trail trail, Stack stack, InFlight packet) {
    return send(trail, stack, packet, Headers.ip(packet).source());
  }

  /**
   * @param routedFrom the source that policy rules see: unspecified where the sender's look-up
   *     chooses it and isn't repeated
   */
  List<Branch> send(Trail trail, Stack stack, InFlight packet, IpAddress routedFrom) {
    return send(trail, stack, packet, key -> key.withSource(routedFrom));
  }

  /**
   * @param asked what the sender changes about the key that the packet's headers give
   */
  List<Branch> send(Trail trail, Stack stack, InFlight packet, UnaryOperator<FlowKey> asked) {
    FlowKey key =
        asked.apply(
            FlowKey.of(packet.packet(), Headers.ip(packet), FlowKey.LOCALLY, packet.mark()));
    return route(
        trail,
        stack,
        packet,
        key,
        (routed, sent, exit) ->
            throughHook(routed, stack, sent, exit, key.strict() ? key.output() : Optional.empty()));
  }

  /**
   * Sends what a tunnel device has put its headers in front of. A way that leads out of the tunnel
   * itself is none (udp_tunnel_dst_lookup, ip_tunnel_xmit).
   *
   * @param bound the only device that may be used, for a tunnel that is bound to one
   */
  List<Branch> sendTunnelled(
      Trail trail, Stack stack, InFlight packet, String tunnel, Optional<String> bound) {
    if (trail.wrappings(tunnel) > 1) {
      return trail.end(Verdict.LOOPED, deadLoop(stack, tunnel));
    }
    IpAddress source = Headers.ip(packet).source();
    if (source.isIpv4() && !stack.isLocal(source) && stack.areAddressesKnown(source.family())) {
      return foreignSource(trail, stack, packet, tunnel);
    }
    return route(
        trail,
        stack,
        packet,
        bound,
        (routed, sent, exit) ->
            exit.device().equals(tunnel)
                ? circular(routed, stack, sent, tunnel)
                : throughHook(routed, stack, sent, exit, bound));
  }

  /** The kernel bears four to eight rounds (IP_TUNNEL_RECURSION_LIMIT, XMIT_RECURSION_LIMIT). */
  private static String deadLoop(Stack stack, String tunnel) {
    return "what "
        + tunnel
        + " of "
        + stack.id()
        + " has wrapped leads into it again: the kernel ends it after some rounds (dead loop on"
        + " virtual device)";
  }

  /** Routing takes no IPv4 source that isn't local (ip_route_output_key_hash_rcu). */
  private static List<Branch> foreignSource(
      Trail trail, Stack stack, InFlight packet, String tunnel) {
    List<Source> evidence =
        new ArrayList<>(stack.device(tunnel).map(Device::source).stream().toList());
    evidence.addAll(stack.namespace().links().addresses().seenAt());
    Step step =
        new Step(
            stack.id(),
            tunnel,
            Stage.TUNNEL,
            Action.DROP,
            tunnel
                + " drops it: its local address "
                + Headers.ip(packet).source()
                + " isn't one of "
                + stack.id(),
            evidence,
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, step.decision());
  }

  private static List<Branch> circular(Trail trail, Stack stack, InFlight packet, String tunnel) {
    Step step =
        new Step(
            stack.id(),
            tunnel,
            Stage.TUNNEL,
            Action.DROP,
            tunnel + " drops it: the route to the tunnel's other end leads into the tunnel itself",
            stack.device(tunnel).map(Device::source).map(List::of).orElse(List.of()),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, step.decision());
  }

  private List<Branch> throughHook(
      Trail trail, Stack stack, InFlight packet, Exit exit, Optional<String> bound) {
    Optional<List<Branch>> refused =
        engine.emission.tooLargeToSend(
            trail, stack, packet.withOutput(exit.device()), exit.route());
    if (refused.isPresent()) {
      return refused.get();
    }
    InFlight leaving = packet.withOutput(exit.device());
    return Vrfs.ofMember(stack, exit.device())
        .map(vrf ->
            engine.vrfs.letOut(
                trail,
                stack,
                leaving,
                vrf,
                (shown, sent) -> ownHook(shown, stack, packet, sent, exit, bound)))
        .orElseGet(() -> ownHook(trail, stack, packet, leaving, exit, bound));
  }

  private List<Branch> ownHook(
      Trail trail,
      Stack stack,
      InFlight packet,
      InFlight leaving,
      Exit exit,
      Optional<String> bound) {
    Optional<InFlight> changed = isAlike(packet, leaving) ? Optional.empty() : Optional.of(leaving);
    return engine.hooks.passOutput(
        trail,
        stack,
        leaving,
        new HookPassing.OnOutput() {
          @Override
          public Optional<List<Branch>> withoutWay(Trail passed, InFlight rerouted) {
            FlowKey key = again(rerouted, rerouted.mark(), exit, bound);
            return unlessThereIsAWay(passed, stack, rerouted, key);
          }

          @Override
          public List<Branch> go(Trail passed, InFlight after, Optional<InFlight> rerouted) {
            return VirtualOutput.isDue(after)
                ? engine.virtualOutput.send(passed, stack, after)
                : afterHook(passed, stack, after, exit, bound, rerouted.or(() -> changed));
          }
        });
  }

  /**
   * Where a packet is to leave: a device, and the route's next hop on it.
   *
   * @param assumed whether no route was seen, only its device concluded
   */
  record Exit(String device, Optional<Route> route, Optional<IpAddress> gateway, boolean assumed) {
    Exit(String device, Optional<Route> route, Optional<IpAddress> gateway) {
      this(device, route, gateway, false);
    }
  }

  private interface OnExit {
    List<Branch> go(Trail trail, InFlight packet, Exit exit);
  }

  private Optional<List<Branch>> unlessThereIsAWay(
      Trail trail, Stack stack, InFlight packet, FlowKey key) {
    RouteDecision decision = RouteLookup.decide(stack, key);
    if (!decision.isWithoutWay() || OwnLink.of(stack, key, decision).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Headers.ip(packet).protocol() == IpProtocol.TCP
            ? engine.routes.lose(decision, trail, stack, packet)
            : route(
                trail,
                stack,
                packet,
                key,
                (routed, sent, exit) -> leave(routed, stack, sent, exit)));
  }

  /**
   * @param rerouted the packet by whose mark it was routed again in the hook; what a later chain
   *     made of the mark doesn't count
   */
  private List<Branch> afterHook(
      Trail trail,
      Stack stack,
      InFlight after,
      Exit exit,
      Optional<String> bound,
      Optional<InFlight> rerouted) {
    if (rerouted.isEmpty()) {
      return leave(trail, stack, after, exit);
    }
    FlowKey key = again(after, rerouted.get().mark(), exit, bound);
    return route(
        trail, stack, after, key, (routed, sent, changed) -> leave(routed, stack, sent, changed));
  }

  private static boolean isAlike(InFlight before, InFlight after) {
    return before.mark() == after.mark()
        && Headers.ip(before).destination().equals(Headers.ip(after).destination())
        && Headers.ip(before).source().equals(Headers.ip(after).source());
  }

  private static FlowKey again(InFlight packet, int mark, Exit exit, Optional<String> bound) {
    return FlowKey.of(packet.packet(), Headers.ip(packet), FlowKey.LOCALLY, mark)
        .boundTo(bound)
        .inVrfOf(exit.device());
  }

  private List<Branch> leave(Trail trail, Stack stack, InFlight packet, Exit exit) {
    if (exit.assumed()) {
      return engine.emission.emitUnresolved(trail, stack, packet.withOutput(exit.device()));
    }
    Optional<IpAddress> gateway = exit.gateway().or(() -> VirtualOutput.nextHop(packet));
    return engine.emission.emit(
        trail, stack, packet.withOutput(exit.device()), exit.route(), gateway);
  }

  /** Sends an answer on that IPVS has given another source (ip_vs_route_me_harder). */
  List<Branch> reroute(Trail trail, Stack stack, InFlight packet) {
    return route(
        trail, stack, packet, Optional.empty(), (on, sent, exit) -> leave(on, stack, sent, exit));
  }

  private List<Branch> route(
      Trail trail, Stack stack, InFlight packet, Optional<String> bound, OnExit next) {
    FlowKey key =
        FlowKey.of(packet.packet(), Headers.ip(packet), FlowKey.LOCALLY, packet.mark())
            .boundTo(bound);
    return route(trail, stack, packet, key, next);
  }

  private List<Branch> route(Trail trail, Stack stack, InFlight packet, FlowKey key, OnExit next) {
    RouteDecision decision = RouteLookup.decide(stack, key);
    Trail decided = trail.assuming(decision.assumptions());
    Optional<String> link = OwnLink.of(stack, key, decision);
    if (link.isPresent()) {
      Step step = OwnLink.step(stack, packet, link.get(), decision);
      Exit exit = new Exit(link.get(), Optional.empty(), Optional.empty());
      return next.go(decided.then(step), packet, exit);
    }
    return switch (decision) {
      case RouteDecision.Found found -> alongRoute(found, decided, stack, packet, next);
      case RouteDecision.OwnAddress own -> toItself(own.address(), decided, stack, packet, next);
      case RouteDecision.Broadcast broadcast ->
          toMany(
              decided,
              stack,
              packet,
              key.output().or(() -> broadcast.subnet().device()),
              List.of(broadcast.subnet().source()),
              next);
      case RouteDecision.RefusedByRule refused ->
          engine.routes.refuseAtSender(
              refused.type(),
              Routes.refusal(refused),
              List.of(refused.rule()),
              decided,
              stack,
              packet);
      case RouteDecision.NoRoute none -> engine.routes.none(none, decided, stack, packet);
      case RouteDecision.Unknown unknown ->
          fromPod(stack)
              .map(device -> assumingDefault(decided, stack, packet, device, next))
              .orElseGet(() -> decided.undetermined(unknown.missing()));
    };
  }

  /** The only device of a pod that nobody looked into, when its cable's other end is known. */
  private Optional<String> fromPod(Stack stack) {
    boolean unlooked = stack.namespace().links().devices().isUnknown() && !stack.id().isHost();
    return unlooked && engine.world.cabling().from(stack.id(), POD_DEVICE) instanceof Cable.To
        ? Optional.of(POD_DEVICE)
        : Optional.empty();
  }

  private List<Branch> assumingDefault(
      Trail trail, Stack stack, InFlight packet, String device, OnExit next) {
    Optional<UnseenPod.Way> way = new UnseenPod(engine.world).wayOut(stack, Headers.ip(packet));
    if (way.isPresent()) {
      return next.go(
          trail.assuming(way.get().assumption()),
          packet,
          new Exit(device, Optional.empty(), way.get().gateway()));
    }
    Assumption assumption =
        new Assumption(
            "nobody looked into "
                + stack.id()
                + ": it has a default route out of "
                + device
                + ", whose gateway answers",
            Commands.in(stack.id(), "ip route; ip neigh"));
    return next.go(
        trail.assuming(assumption),
        packet,
        new Exit(device, Optional.empty(), Optional.empty(), true));
  }

  private List<Branch> alongRoute(
      RouteDecision.Found found, Trail trail, Stack stack, InFlight packet, OnExit next) {
    RouteType type = found.route().type();
    return switch (type) {
      case UNICAST ->
          isGroup(packet)
              ? toMany(trail, stack, packet, device(found), Routes.evidence(found), next)
              : engine.routes.along(
                  found,
                  trail,
                  stack,
                  packet,
                  (routed, sent, route, hop) ->
                      LoopbackAbroad.stops(stack, sent, hop)
                          ? LoopbackAbroad.end(engine, routed, stack, sent, hop)
                          : next.go(routed, sent, exit(route, hop)));
      case LOCAL ->
          next.go(
              trail.then(itself(stack, packet, found.route().source())),
              packet,
              new Exit(loopback(found, stack), Optional.of(found.route()), Optional.empty()));
      case BLACKHOLE, UNREACHABLE, PROHIBIT ->
          engine.routes.refuseAtSender(
              type,
              Routes.refusal(type, "route " + Wording.prefix(found.route().destination())),
              Routes.evidence(found),
              trail,
              stack,
              packet);
      case BROADCAST, MULTICAST ->
          toMany(trail, stack, packet, device(found), Routes.evidence(found), next);
      case ANYCAST, THROW ->
          trail.undetermined(Unmodelled.broadcast(stack.id(), Headers.ip(packet).destination()));
    };
  }

  private static boolean isGroup(InFlight packet) {
    IpAddress destination = Headers.ip(packet).destination();
    return destination.isMulticast() || destination.isLimitedBroadcast();
  }

  /** The device of a route's only next hop. */
  private static Optional<String> device(RouteDecision.Found found) {
    return found.hops().size() == 1 ? found.hops().getFirst().device() : Optional.empty();
  }

  /**
   * Sends to everybody on a device's link, whatever gateway the route names (__mkroute_output).
   * That the sender's own stack gets a copy as well (ip_mc_output) isn't followed.
   */
  private static List<Branch> toMany(
      Trail trail,
      Stack stack,
      InFlight packet,
      Optional<String> device,
      List<Source> evidence,
      OnExit next) {
    IpAddress destination = Headers.ip(packet).destination();
    if (device.isEmpty() || device.get().equals(FlowKey.LOCALLY)) {
      return trail.undetermined(Unmodelled.broadcast(stack.id(), destination));
    }
    boolean connects = Headers.ip(packet).protocol() == IpProtocol.TCP;
    Step step =
        new Step(
            stack.id(),
            device.get(),
            Stage.ROUTE,
            connects ? Action.REJECT : Action.FORWARD,
            connects
                ? "TCP doesn't connect to the many behind " + destination + ": network unreachable"
                : destination + " is for everybody on the link of " + device.get(),
            evidence,
            packet.packet());
    return connects
        ? trail.then(step).end(Verdict.REJECTED, step.decision())
        : Copies.heeded(
            next.go(
                trail.then(step),
                packet,
                new Exit(device.get(), Optional.empty(), Optional.empty())));
  }

  /** A VRF's own device is its loopback (ip_route_output_key_hash_rcu, ip6_rt_get_dev_rcu). */
  private static String loopback(RouteDecision.Found found, Stack stack) {
    return found.route().nextHops().stream()
        .flatMap(hop -> hop.device().stream())
        .flatMap(device -> Vrfs.of(stack, device).stream())
        .map(Device::name)
        .findFirst()
        .orElse(FlowKey.LOCALLY);
  }

  private static Exit exit(Route route, NextHop hop) {
    return new Exit(hop.device().orElse(""), Optional.of(route), hop.gateway());
  }

  private List<Branch> toItself(
      LocalAddress address, Trail trail, Stack stack, InFlight packet, OnExit next) {
    return next.go(
        trail.then(itself(stack, packet, address.source())),
        packet,
        new Exit(FlowKey.LOCALLY, Optional.empty(), Optional.empty()));
  }

  private static Step itself(Stack stack, InFlight packet, Source evidence) {
    return new Step(
        stack.id(),
        FlowKey.LOCALLY,
        Stage.ROUTE,
        Action.FORWARD,
        Headers.ip(packet).destination() + " is an address of this namespace: to itself by lo",
        List.of(evidence),
        packet.packet());
  }
}
