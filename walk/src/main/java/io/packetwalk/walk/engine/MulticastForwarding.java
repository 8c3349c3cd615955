package io.packetwalk.walk.engine;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.MulticastRoute;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Forwards what is for a group, where a multicast routing daemon has said so (the kernel's
 * ip_mr_input and ip6_mr_input).
 */
final class MulticastForwarding {
  private static final long IPV6_SCOPE = 0x000f_0000_0000_0000L;
  private static final long IPV6_LINK = 0x0002_0000_0000_0000L;

  private final Engine engine;

  MulticastForwarding(Engine engine) {
    this.engine = engine;
  }

  /** What a router does with a packet for a group beside taking it itself. */
  sealed interface Way {}

  /** Nothing. */
  record Nowhere() implements Way {}

  /** It sends a copy by each of these devices. */
  record Along(MulticastRoute route, List<MulticastRoute.Output> outputs) implements Way {}

  /** The daemon decides when it is asked. */
  record Undecided(Assumption missing) implements Way {}

  static Way of(Stack stack, String device, InFlight packet) {
    Ip header = Headers.ip(packet);
    Listing<MulticastRoute> routes =
        stack.namespace().routing().multicast(header.destination().family());
    if (staysOnLink(header.destination()) || !isRouter(stack, device, header, routes)) {
      return new Nowhere();
    }
    Optional<MulticastRoute> route =
        routes.stream()
            .filter(one -> one.group().equals(header.destination()))
            .filter(one -> one.from().isUnspecified() || one.from().equals(header.source()))
            .min(Comparator.comparing(one -> one.from().isUnspecified()));
    if (route.isEmpty() || route.get().input().isEmpty()) {
      return new Undecided(missing(stack, header, route));
    }
    return route.get().input().get().equals(device)
        ? new Along(
            route.get(),
            route.get().outputs().stream()
                .filter(output -> header.hopLimit() > output.threshold())
                .toList())
        : new Nowhere();
  }

  private static boolean staysOnLink(IpAddress group) {
    return group.isIpv4() ? Groups.isNeverLimited(group) : (group.high() & IPV6_SCOPE) <= IPV6_LINK;
  }

  /** By the settings that the daemon switches on, else by what it has said. */
  private static boolean isRouter(
      Stack stack, String device, Ip header, Listing<MulticastRoute> routes) {
    String conf = header.destination().isIpv4() ? "net/ipv4/conf/" : "net/ipv6/conf/";
    String place = header.destination().isIpv4() ? device : "all";
    return stack
        .number(conf + place + "/mc_forwarding")
        .map(value -> value != 0)
        .orElseGet(
            () -> routes.stream().anyMatch(route -> route.input().equals(Optional.of(device))));
  }

  private static Assumption missing(Stack stack, Ip header, Optional<MulticastRoute> route) {
    return new Assumption(
        "where the multicast routing daemon of "
            + stack.id()
            + " lets packets from "
            + header.source()
            + " for "
            + header.destination()
            + " go isn't in the state",
        Commands.in(stack.id(), header.source().isIpv4() ? "ip mroute" : "ip -6 mroute"),
        route.map(MulticastRoute::source).stream().toList());
  }

  List<Copies.Copy> copies(Stack stack, InFlight packet, Along along) {
    List<Copies.Copy> copies = new ArrayList<>();
    for (MulticastRoute.Output output : along.outputs()) {
      copies.add(trail -> out(trail, stack, packet, output.device(), along.route().source()));
    }
    return copies;
  }

  private List<Branch> out(
      Trail trail, Stack stack, InFlight packet, String device, Source evidence) {
    Ip header = Headers.ip(packet);
    InFlight aged = Headers.withIp(packet, header.withHopLimit(header.hopLimit() - 1));
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.FORWARDING,
            Action.REWRITE,
            "multicast routing: a copy to "
                + device
                + ", hop limit "
                + header.hopLimit()
                + " → "
                + (header.hopLimit() - 1),
            List.of(evidence),
            aged.packet());
    return engine.hooks.pass(
        Hook.FORWARD,
        trail.then(step),
        stack,
        aged.withOutput(device),
        (passed, after) ->
            engine.emission.emit(passed, stack, after, Optional.empty(), Optional.empty()));
  }
}
