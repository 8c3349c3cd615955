package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteEncapsulation;
import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what a route look-up decided, and goes on along each next hop. */
final class Routes {
  private final Engine engine;

  Routes(Engine engine) {
    this.engine = engine;
  }

  /** Where a packet goes on after a route was chosen. */
  interface OnHop {
    List<Branch> go(Trail trail, InFlight packet, Route route, NextHop hop);
  }

  /** Takes each next hop of a unicast route, in proportion to its weight. */
  List<Branch> along(
      RouteDecision.Found found, Trail trail, Stack stack, InFlight packet, OnHop next) {
    int total = found.hops().stream().mapToInt(NextHop::weight).sum();
    List<Branch> branches = new ArrayList<>();
    for (NextHop hop : found.hops()) {
      Trail chosen = trail.weighing((double) hop.weight() / total);
      branches.addAll(alongHop(found, hop, chosen, stack, packet, next));
    }
    return branches;
  }

  private static List<Branch> alongHop(
      RouteDecision.Found found,
      NextHop hop,
      Trail trail,
      Stack stack,
      InFlight packet,
      OnHop next) {
    if (hop.encapsulation().orElse(null) instanceof RouteEncapsulation.Opaque opaque) {
      return trail.undetermined(
          Unmodelled.encapsulation(stack.id(), found.route(), hop, opaque.text()));
    }
    Optional<TunnelHeader> wrapping =
        hop.encapsulation().filter(TunnelHeader.class::isInstance).map(TunnelHeader.class::cast);
    Optional<LearnedGateway> learned =
        LearnedGateway.of(stack, Headers.ip(packet).destination(), found, hop);
    return next.go(
        trail.then(step(found, hop, stack, packet, learned)),
        packet.withWrapping(wrapping),
        found.route(),
        learned.map(LearnedGateway::hop).orElse(hop));
  }

  private static Step step(
      RouteDecision.Found found,
      NextHop hop,
      Stack stack,
      InFlight packet,
      Optional<LearnedGateway> learned) {
    String device = hop.device().orElse("");
    String gateway = hop.gateway().map(address -> " via " + address).orElse("");
    String share = found.hops().size() > 1 ? ", one of " + found.hops().size() + " next hops" : "";
    String around = hop.encapsulation().map(shown -> " encap " + shown.text()).orElse("");
    String decision =
        "route "
            + Wording.prefix(found.route().destination())
            + around
            + gateway
            + " dev "
            + device
            + inTable(found.table())
            + share
            + learned.map(Routes::told).orElse("");
    List<Source> evidence = new ArrayList<>(evidence(found));
    learned.map(known -> known.entry().source()).ifPresent(evidence::add);
    return new Step(
        stack.id(), device, Stage.ROUTE, Action.FORWARD, decision, evidence, packet.packet());
  }

  private static String told(LearnedGateway learned) {
    return learned
        .hop()
        .gateway()
        .map(gateway -> ", but a redirect told of " + gateway)
        .orElse(", but a redirect told that it is on the link");
  }

  static List<Source> evidence(RouteDecision.Found found) {
    List<Source> evidence = new ArrayList<>();
    evidence.add(found.route().source());
    if (!isBuiltIn(found.table())) {
      found.rule().ifPresent(evidence::add);
    }
    return evidence;
  }

  private static boolean isBuiltIn(String table) {
    return table.equals("main") || table.equals("local") || table.equals("default");
  }

  static String inTable(String table) {
    return isBuiltIn(table) ? "" : " (table " + table + ")";
  }

  /** Ends the packet at a route that refuses: blackhole, unreachable or prohibit. */
  List<Branch> refuse(
      RouteType type,
      String decision,
      List<Source> evidence,
      Trail trail,
      Stack stack,
      InFlight packet) {
    IpFamily family = Headers.ip(packet).destination().family();
    Notice notice =
        type == RouteType.PROHIBIT ? Notice.prohibited(family) : Notice.hostUnreachable(family);
    return refuse(type == RouteType.BLACKHOLE, notice, decision, evidence, trail, stack, packet);
  }

  /** Ends the packet at a policy rule, for which unreachable is the network (fib4_rule_action). */
  List<Branch> refuseByRule(
      RouteDecision.RefusedByRule refused, Trail trail, Stack stack, InFlight packet) {
    IpFamily family = Headers.ip(packet).destination().family();
    Notice notice =
        refused.type() == RouteType.PROHIBIT ? Notice.prohibited(family) : Notice.noRoute(family);
    return refuse(
        refused.type() == RouteType.BLACKHOLE,
        notice,
        refusal(refused),
        List.of(refused.rule()),
        trail,
        stack,
        packet);
  }

  /** The same where the sender is: a blackhole refuses with EINVAL what starts here (fib_props). */
  List<Branch> refuseAtSender(
      RouteType type,
      String decision,
      List<Source> evidence,
      Trail trail,
      Stack stack,
      InFlight packet) {
    String told = type == RouteType.BLACKHOLE ? decision + ": invalid argument" : decision;
    Notice notice = Notice.noRoute(Headers.ip(packet).destination().family());
    return refuse(/* silent= */ false, notice, told, evidence, trail, stack, packet);
  }

  private List<Branch> refuse(
      boolean silent,
      Notice notice,
      String decision,
      List<Source> evidence,
      Trail trail,
      Stack stack,
      InFlight packet) {
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.ROUTE,
            silent ? Action.DROP : Action.REJECT,
            decision,
            evidence,
            packet.packet());
    String reason = decision + " on " + stack.id().node();
    return silent
        ? trail.then(step).end(Verdict.DROPPED, reason)
        : engine.refusals.end(trail.then(step), stack, packet, notice, reason);
  }

  /** Ends the packet because no table has a route for it. */
  List<Branch> none(RouteDecision.NoRoute none, Trail trail, Stack stack, InFlight packet) {
    String decision = "no route to " + Headers.ip(packet).destination() + ": network unreachable";
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.ROUTE,
            Action.REJECT,
            decision,
            none.searched(),
            packet.packet());
    return engine.refusals.end(
        trail.then(step),
        stack,
        packet,
        Notice.noRoute(Headers.ip(packet).destination().family()),
        engine.world.namespace(stack.id()).id() + " has " + decision);
  }

  /**
   * Ends a TCP segment that a chain of OUTPUT has left without a way: TCP isn't told what became of
   * it, and sends it again (tcp_connect).
   */
  List<Branch> lose(RouteDecision decision, Trail trail, Stack stack, InFlight packet) {
    String what = "no way to " + Headers.ip(packet).destination() + " any more: TCP tries again";
    Step step =
        new Step(
            stack.id(),
            packet.output().orElse(""),
            Stage.ROUTE,
            Action.DROP,
            what,
            evidence(decision),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, what + " on " + stack.id().node());
  }

  private static List<Source> evidence(RouteDecision decision) {
    return switch (decision) {
      case RouteDecision.Found found -> evidence(found);
      case RouteDecision.RefusedByRule refused -> List.of(refused.rule());
      case RouteDecision.NoRoute none -> none.searched();
      case RouteDecision.OwnAddress own -> List.of(own.address().source());
      case RouteDecision.Broadcast broadcast -> List.of();
      case RouteDecision.Unknown unknown -> List.of();
    };
  }

  static String refusal(RouteDecision.RefusedByRule refused) {
    String what = "a policy rule";
    return refused.type() == RouteType.UNREACHABLE
        ? what + " rejects it: network unreachable"
        : refusal(refused.type(), what);
  }

  static String refusal(RouteType type, String what) {
    return switch (type) {
      case BLACKHOLE -> what + " drops it";
      case UNREACHABLE -> what + " rejects it: host unreachable";
      case PROHIBIT -> what + " rejects it: administratively prohibited";
      case UNICAST, LOCAL, BROADCAST, MULTICAST, ANYCAST, THROW -> what;
    };
  }
}
