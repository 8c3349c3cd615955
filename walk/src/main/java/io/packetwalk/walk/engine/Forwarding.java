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
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Forwards a packet from one device to another: the setting, the hop limit, the MTU, the FORWARD
 * hook (the kernel's ip_forward and ip6_forward).
 */
final class Forwarding {
  private final Engine engine;
  private final OlderThanPod olderThanPod;

  Forwarding(Engine engine) {
    this.engine = engine;
    this.olderThanPod = new OlderThanPod(engine.world);
  }

  List<Branch> forward(RouteDecision.Found found, Trail trail, Stack stack, InFlight packet) {
    Optional<OlderThanPod.Finding> newer = olderThanPod.look(stack, Headers.ip(packet), found);
    if (newer.isPresent()) {
      return toNewPod(newer.get(), trail, stack, packet);
    }
    if (packet.arrival().interceptedAt().isPresent()) {
      return ofSocket(trail, stack, packet, Routes.evidence(found));
    }
    return whenOn(
        trail,
        stack,
        packet,
        on ->
            engine.routes.along(
                found,
                on,
                stack,
                packet,
                (routed, sent, route, hop) -> pass(routed, stack, sent, route, hop)));
  }

  /** What rules gave to a socket must be delivered here (ip_forward, ip6_forward). */
  private static List<Branch> ofSocket(
      Trail trail, Stack stack, InFlight packet, List<Source> evidence) {
    String what =
        "a rule gave the packet to a socket of "
            + stack.id()
            + ", and its route leads on: the kernel forwards no packet of a socket";
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.FORWARDING,
            Action.DROP,
            what,
            evidence,
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, what);
  }

  List<Branch> refused(RouteDecision.Found found, Trail trail, Stack stack, InFlight packet) {
    Optional<OlderThanPod.Finding> newer = olderThanPod.look(stack, Headers.ip(packet), found);
    if (newer.isPresent()) {
      return toNewPod(newer.get(), trail, stack, packet);
    }
    String route = "route " + Wording.prefix(found.route().destination());
    String what = found.route().type().name().toLowerCase(Locale.ROOT) + " " + route;
    RouteType type = found.route().type();
    List<Source> evidence = Routes.evidence(found);
    return whenTold(
        trail,
        stack,
        packet,
        on -> engine.routes.refuse(type, Routes.refusal(type, what), evidence, on, stack, packet));
  }

  List<Branch> refusedByRule(
      RouteDecision.RefusedByRule refused, Trail trail, Stack stack, InFlight packet) {
    return whenTold(
        trail, stack, packet, on -> engine.routes.refuseByRule(refused, on, stack, packet));
  }

  List<Branch> noRoute(RouteDecision.NoRoute none, Trail trail, Stack stack, InFlight packet) {
    return whenTold(trail, stack, packet, on -> engine.routes.none(none, on, stack, packet));
  }

  /** IPv4 tells nobody where forwarding is off (ip_error), IPv6 does (ip6_pkt_discard). */
  private List<Branch> whenTold(Trail trail, Stack stack, InFlight packet, Then next) {
    return Headers.ip(packet).destination().isIpv4()
        ? whenOn(trail, stack, packet, next)
        : next.go(trail);
  }

  private List<Branch> toNewPod(
      OlderThanPod.Finding newer, Trail trail, Stack stack, InFlight packet) {
    Step step =
        new Step(
            stack.id(),
            newer.device(),
            Stage.ROUTE,
            Action.FORWARD,
            newer.decision(),
            newer.evidence(),
            packet.packet());
    return whenOn(
        trail.assuming(newer.assumption()).then(step),
        stack,
        packet,
        on -> exit(on, stack, packet, newer.device(), Optional.empty(), Optional.empty()));
  }

  /** Where the walk goes on when forwarding is on. */
  private interface Then {
    List<Branch> go(Trail trail);
  }

  private List<Branch> whenOn(Trail trail, Stack stack, InFlight packet, Then next) {
    IpFamily family = Headers.ip(packet).destination().family();
    String input = packet.input().orElse("");
    Optional<Settings.Flag> forwarding = Settings.forwarding(stack, family, input);
    if (forwarding.isEmpty()) {
      return next.go(trail.assuming(assumedOn(stack, family)));
    }
    if (forwarding.get().on()) {
      return next.go(trail);
    }
    Step step =
        new Step(
            stack.id(),
            input,
            Stage.FORWARDING,
            Action.DROP,
            "forwarding is off for packets that come in by " + input,
            forwarding.get().source().stream().toList(),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, step.decision() + " of " + stack.id());
  }

  private static Assumption assumedOn(Stack stack, IpFamily family) {
    String setting =
        family == IpFamily.IPV4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding";
    return new Assumption(
        stack.id() + " forwards " + (family == IpFamily.IPV4 ? "IPv4" : "IPv6") + " packets",
        Commands.in(stack.id(), "sysctl " + setting));
  }

  private List<Branch> pass(Trail trail, Stack stack, InFlight packet, Route route, NextHop hop) {
    return exit(
        trail, stack, packet, hop.device().orElse(""), Optional.of(route), Optional.of(hop));
  }

  private List<Branch> exit(
      Trail trail,
      Stack stack,
      InFlight packet,
      String deviceName,
      Optional<Route> route,
      Optional<NextHop> hop) {
    Ip header = Headers.ip(packet);
    if (header.hopLimit() <= 1) {
      return expired(trail, stack, told(stack, packet, deviceName), header);
    }
    Optional<Device> device = stack.device(deviceName);
    OptionalInt mtu = Mtu.of(route, device);
    int size = trail.sizeOf(packet.packet());
    Trail redirecting =
        Redirects.about(engine.world, stack, packet, deviceName, hop)
            .map(trail::then)
            .orElse(trail);
    if (mtu.isPresent() && size > mtu.getAsInt() && Mtu.mayNotFragment(header)) {
      Trail before = header.source().isIpv4() ? trail : redirecting;
      InFlight refused = told(stack, packet, deviceName);
      return tooBig(
          before, stack, refused, deviceName, mtu.getAsInt(), Mtu.evidence(route, device));
    }
    InFlight aged = Headers.withIp(packet, header.withHopLimit(header.hopLimit() - 1));
    Trail forwarded =
        redirecting.then(step(stack, deviceName, header, aged, setting(stack, packet)));
    return engine.hooks.pass(
        Hook.FORWARD,
        forwarded,
        stack,
        aged.withOutput(deviceName),
        (passed, after) ->
            hasOtherSource(aged, after)
                ? engine.output.reroute(passed, stack, after)
                : engine.emission.emit(passed, stack, after, route, hop.flatMap(NextHop::gateway)));
  }

  /** Whether IPVS has translated it: no rule does that in this hook. */
  private static boolean hasOtherSource(InFlight before, InFlight after) {
    return !Headers.ip(before).source().equals(Headers.ip(after).source());
  }

  /** IPv6 tells of it as if by the device that it would have left by (ip6_forward). */
  private static InFlight told(Stack stack, InFlight packet, String device) {
    return Headers.ip(packet).destination().isIpv6()
        ? VrfPassing.leaving(stack, packet, device)
        : packet;
  }

  private static List<Source> setting(Stack stack, InFlight packet) {
    return Settings.forwarding(
            stack, Headers.ip(packet).destination().family(), packet.input().orElse(""))
        .flatMap(Settings.Flag::source)
        .map(List::of)
        .orElse(List.of());
  }

  private static Step step(
      Stack stack, String device, Ip before, InFlight after, List<Source> evidence) {
    return new Step(
        stack.id(),
        device,
        Stage.FORWARDING,
        Action.REWRITE,
        "forwarded to "
            + device
            + ", hop limit "
            + before.hopLimit()
            + " → "
            + (before.hopLimit() - 1),
        evidence,
        after.packet());
  }

  private List<Branch> expired(Trail trail, Stack stack, InFlight packet, Ip header) {
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.FORWARDING,
            Action.REJECT,
            "hop limit " + header.hopLimit() + " is used up: time exceeded",
            List.of(),
            packet.packet());
    return engine.refusals.end(
        trail.then(step),
        stack,
        packet,
        Notice.timeExceeded(header.destination().family()),
        step.decision() + " on " + stack.id());
  }

  private List<Branch> tooBig(
      Trail trail, Stack stack, InFlight packet, String device, int mtu, List<Source> evidence) {
    String decision =
        "the packet of "
            + Sizes.ofIp(packet.packet())
            + " bytes exceeds the MTU of "
            + mtu
            + " of "
            + device
            + " and may not be fragmented: fragmentation needed";
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.FORWARDING,
            Action.REJECT,
            decision,
            evidence,
            packet.packet());
    return engine.refusals.end(
        trail.then(step),
        stack,
        packet,
        Notice.tooBig(Headers.ip(packet).destination().family(), mtu),
        decision);
  }
}
