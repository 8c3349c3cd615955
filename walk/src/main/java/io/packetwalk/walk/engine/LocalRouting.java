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
import java.util.List;
import java.util.Optional;

/** Finds the way of a packet that starts in a namespace (the kernel's ip_route_output_flow). */
final class LocalRouting {
  private static final String POD_DEVICE = "eth0";

  private final Engine engine;

  LocalRouting(Engine engine) {
    this.engine = engine;
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

  /** What is done with a packet that has a way. */
  interface OnExit {
    List<Branch> go(Trail trail, InFlight packet, Exit exit);
  }

  List<Branch> route(
      Trail trail, Stack stack, InFlight packet, Optional<String> bound, OnExit next) {
    FlowKey key =
        FlowKey.of(packet.packet(), Headers.ip(packet), FlowKey.LOCALLY, packet.mark())
            .boundTo(bound);
    return route(trail, stack, packet, key, next);
  }

  List<Branch> route(Trail trail, Stack stack, InFlight packet, FlowKey key, OnExit next) {
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
