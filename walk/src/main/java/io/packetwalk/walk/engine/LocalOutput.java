package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
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
  private final Engine engine;
  private final LocalRouting routing;

  LocalOutput(Engine engine) {
    this.engine = engine;
    this.routing = new LocalRouting(engine);
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
    return routing.route(
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
    return routing.route(
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
      Trail trail, Stack stack, InFlight packet, LocalRouting.Exit exit, Optional<String> bound) {
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
      LocalRouting.Exit exit,
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

  private Optional<List<Branch>> unlessThereIsAWay(
      Trail trail, Stack stack, InFlight packet, FlowKey key) {
    RouteDecision decision = RouteLookup.decide(stack, key);
    if (!decision.isWithoutWay() || OwnLink.of(stack, key, decision).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Headers.ip(packet).protocol() == IpProtocol.TCP
            ? engine.routes.lose(decision, trail, stack, packet)
            : routing.route(
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
      LocalRouting.Exit exit,
      Optional<String> bound,
      Optional<InFlight> rerouted) {
    if (rerouted.isEmpty()) {
      return leave(trail, stack, after, exit);
    }
    FlowKey key = again(after, rerouted.get().mark(), exit, bound);
    return routing.route(
        trail, stack, after, key, (routed, sent, changed) -> leave(routed, stack, sent, changed));
  }

  private static boolean isAlike(InFlight before, InFlight after) {
    return before.mark() == after.mark()
        && Headers.ip(before).destination().equals(Headers.ip(after).destination())
        && Headers.ip(before).source().equals(Headers.ip(after).source());
  }

  private static FlowKey again(
      InFlight packet, int mark, LocalRouting.Exit exit, Optional<String> bound) {
    return FlowKey.of(packet.packet(), Headers.ip(packet), FlowKey.LOCALLY, mark)
        .boundTo(bound)
        .inVrfOf(exit.device());
  }

  private List<Branch> leave(Trail trail, Stack stack, InFlight packet, LocalRouting.Exit exit) {
    if (exit.assumed()) {
      return engine.emission.emitUnresolved(trail, stack, packet.withOutput(exit.device()));
    }
    Optional<IpAddress> gateway = exit.gateway().or(() -> VirtualOutput.nextHop(packet));
    return engine.emission.emit(
        trail, stack, packet.withOutput(exit.device()), exit.route(), gateway);
  }

  /** Sends an answer on that IPVS has given another source (ip_vs_route_me_harder). */
  List<Branch> reroute(Trail trail, Stack stack, InFlight packet) {
    return routing.route(
        trail, stack, packet, Optional.empty(), (on, sent, exit) -> leave(on, stack, sent, exit));
  }
}
