package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
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
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a packet's addresses as it comes in: martians and the reverse path filter (the kernel's
 * ip_route_input_slow and fib_validate_source; RFC 3704). IPv6 has no such filter in routing.
 */
final class SourceCheck {
  private static final int STRICT = 1;

  /** What became of the packet. */
  sealed interface Result {}

  /** It goes on. */
  record Passed(List<Step> steps, List<Assumption> assumptions) implements Result {
    Trail onto(Trail trail) {
      Trail passed = trail.assuming(assumptions);
      for (Step step : steps) {
        passed = passed.then(step);
      }
      return passed;
    }
  }

  /** It is dropped. */
  record Refused(Step step, List<Assumption> assumptions) implements Result {
    Refused(Step step) {
      this(step, List.of());
    }

    List<Branch> end(Trail trail) {
      return trail
          .assuming(assumptions)
          .then(step)
          .end(Verdict.DROPPED, step.decision() + " on " + step.place());
    }
  }

  /** What decides isn't in the state. */
  record NotShown(Assumption missing) implements Result {}

  private static final Passed PASSED = new Passed(List.of(), List.of());

  Result check(Stack stack, String device, InFlight packet, RouteDecision destination) {
    return isChecked(destination) || Headers.ip(packet).destination().isLimitedBroadcast()
        ? checkForMany(stack, device, packet)
        : PASSED;
  }

  /** What is for a group or a subnet is checked likewise (ip_mc_validate_source). */
  Result checkForMany(Stack stack, String device, InFlight packet) {
    Ip header = Headers.ip(packet);
    if (header.source().isIpv6() || header.source().isUnspecified()) {
      return PASSED;
    }
    Optional<Refused> martian = Martians.of(stack, device, packet, header);
    return martian
        .<Result>map(refused -> refused)
        .orElseGet(() -> reverse(stack, device, packet, header));
  }

  private static boolean isChecked(RouteDecision destination) {
    return switch (destination) {
      case RouteDecision.Found found ->
          switch (found.route().type()) {
            case UNICAST, LOCAL, BROADCAST -> true;
            case MULTICAST, ANYCAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
          };
      case RouteDecision.OwnAddress own -> true;
      case RouteDecision.Broadcast broadcast -> true;
      case RouteDecision.RefusedByRule refused -> false;
      case RouteDecision.NoRoute none -> false;
      case RouteDecision.Unknown unknown -> false;
    };
  }

  private static Result reverse(Stack stack, String device, InFlight packet, Ip header) {
    Way way = wayBack(stack, device, packet, header);
    if (way.unknown().isPresent()) {
      return isOff(stack, device)
          ? PASSED
          : assumedToPass(stack, device, header, way.unknown().get());
    }
    if (way.martian()) {
      return refused(stack, device, packet, "martian source " + header.source(), way.evidence());
    }
    boolean strictFits = way.usesDevice();
    boolean looseFits = strictFits || (way.exists() && hasAddresses(stack, device));
    Optional<Integer> mode = Settings.largest(stack, "rp_filter", device);
    if (strictFits) {
      return mode.orElse(0) == 0 ? PASSED : passed(stack, device, packet, mode.get(), way);
    }
    if (mode.isEmpty()) {
      return assumedOff(stack, device, header, way);
    }
    boolean fits = mode.get() == 0 || (mode.get() != STRICT && looseFits);
    return fits
        ? passed(stack, device, packet, mode.get(), way)
        : filtered(stack, device, packet, header, mode.get(), way);
  }

  /** What the tables say about the way back to the packet's source. */
  private record Way(
      boolean exists,
      boolean usesDevice,
      boolean martian,
      List<Source> evidence,
      Optional<Assumption> unknown) {}

  private static Way wayBack(Stack stack, String device, InFlight packet, Ip header) {
    int mark =
        Settings.either(stack, IpFamily.IPV4, "src_valid_mark", device)
                .map(Settings.Flag::on)
                .orElse(false)
            ? packet.mark()
            : 0;
    return switch (RouteLookup.decide(stack, FlowKey.wayBack(header, mark).inVrfOf(device))) {
      case RouteDecision.Found found -> {
        boolean unicast = found.route().type() == RouteType.UNICAST;
        boolean here = found.hops().stream().anyMatch(hop -> leavesBy(stack, hop, device));
        yield new Way(
            unicast,
            unicast && here,
            !unicast && refuses(stack, device, found.route().type()),
            Routes.evidence(found),
            Optional.empty());
      }
      case RouteDecision.Unknown unknown ->
          new Way(false, false, false, List.of(), Optional.of(unknown.missing()));
      case RouteDecision.NoRoute none ->
          new Way(false, false, false, none.searched(), Optional.empty());
      case RouteDecision.OwnAddress own ->
          new Way(true, true, false, List.of(own.address().source()), Optional.empty());
      case RouteDecision.Broadcast broadcast ->
          new Way(false, false, true, List.of(broadcast.subnet().source()), Optional.empty());
      case RouteDecision.RefusedByRule refused ->
          new Way(false, false, false, List.of(refused.rule()), Optional.empty());
    };
  }

  /** By a VRF's device, which every packet of the VRF came by, leaves what its members send. */
  private static boolean leavesBy(Stack stack, NextHop hop, String device) {
    boolean member =
        hop.device()
            .flatMap(name -> Vrfs.ofMember(stack, name))
            .filter(vrf -> vrf.name().equals(device))
            .isPresent();
    return member || hop.device().filter(device::equals).isPresent();
  }

  /** Routes that the look-up itself answers with an error count as no route at all. */
  private static boolean refuses(Stack stack, String device, RouteType type) {
    return type == RouteType.BROADCAST
        || type == RouteType.MULTICAST
        || (type == RouteType.LOCAL && !Martians.acceptsOwn(stack, device));
  }

  /**
   * Without the tables that the filter asks, one is taken for granted that lets the packet pass.
   */
  private static Result assumedToPass(Stack stack, String device, Ip header, Assumption missing) {
    return new Passed(
        List.of(),
        List.of(
            new Assumption(
                "the reverse path filter of "
                    + device
                    + " of "
                    + stack.id()
                    + " lets packets from "
                    + header.source()
                    + " pass",
                missing.command(),
                missing.grounds())));
  }

  private static boolean isOff(Stack stack, String device) {
    return Settings.largest(stack, "rp_filter", device).orElse(-1) == 0;
  }

  private static boolean hasAddresses(Stack stack, String device) {
    return stack
        .namespace()
        .links()
        .addressesOf(device)
        .map(InterfaceAddress::address)
        .anyMatch(IpAddress::isIpv4);
  }

  private static Result passed(Stack stack, String device, InFlight packet, int mode, Way way) {
    if (mode == 0) {
      return PASSED;
    }
    String how = mode == STRICT ? "strict" : "loose";
    List<Source> evidence = new ArrayList<>(way.evidence());
    settings(stack, device).forEach(evidence::add);
    return new Passed(
        List.of(
            new Step(
                stack.id(),
                device,
                Stage.SOURCE_CHECK,
                Action.FORWARD,
                "the reverse path filter ("
                    + how
                    + ") lets it pass: the way back to "
                    + Headers.ip(packet).source()
                    + (way.usesDevice() ? " leads out of " + device : " exists"),
                evidence,
                packet.packet())),
        List.of());
  }

  private static Refused filtered(
      Stack stack, String device, InFlight packet, Ip header, int mode, Way way) {
    List<Source> evidence = new ArrayList<>(settings(stack, device));
    evidence.addAll(way.evidence());
    String how = mode == STRICT ? "strict" : "loose";
    String why = way.exists() ? " doesn't lead out of " + device : " doesn't exist";
    return refused(
        stack,
        device,
        packet,
        "the reverse path filter (" + how + ") drops it: the way back to " + header.source() + why,
        evidence);
  }

  private static List<Source> settings(Stack stack, String device) {
    List<Source> evidence = new ArrayList<>();
    for (String which : List.of(device, "all")) {
      stack
          .setting("net/ipv4/conf/" + which + "/rp_filter")
          .filter(setting -> !setting.value().equals("0"))
          .map(Sysctl::source)
          .ifPresent(evidence::add);
    }
    return evidence;
  }

  private static Result assumedOff(Stack stack, String device, Ip header, Way way) {
    Assumption missing =
        new Assumption(
            "the reverse path filter of "
                + device
                + " of "
                + stack.id()
                + " is off or loose (the way back to "
                + header.source()
                + " leads elsewhere)",
            Commands.in(
                stack.id(),
                "sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf." + device + ".rp_filter"),
            way.evidence());
    return way.exists() ? new NotShown(missing) : new Passed(List.of(), List.of(missing));
  }

  static Refused refused(
      Stack stack, String device, InFlight packet, String decision, List<Source> evidence) {
    return new Refused(
        new Step(
            stack.id(),
            device,
            Stage.SOURCE_CHECK,
            Action.DROP,
            decision,
            evidence,
            packet.packet()));
  }
}
