package io.packetwalk.walk.routing;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.model.net.RuleAction;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Routes a packet through the policy rules and tables of one namespace (the kernel's fib_lookup and
 * fib6_lookup).
 *
 * <p>Rules are tried by rising priority. A table's longest prefix wins, then the type of service,
 * then the lower metric. A route that can't be used — dead next hop, other device than asked for,
 * {@code throw}, suppressed by the rule — lets the search go on.
 */
public final class RouteLookup {
  private final Stack stack;
  private final FlowKey key;
  private final IpFamily family;
  private final List<Assumption> assumptions = new ArrayList<>();
  private final List<Source> searched = new ArrayList<>();
  private boolean everyTableComplete = true;

  private RouteLookup(Stack stack, FlowKey key) {
    this.stack = stack;
    this.key = within(stack, key);
    this.family = key.destination().family();
  }

  public static RouteDecision decide(Stack stack, FlowKey key) {
    return new RouteLookup(stack, key).decide();
  }

  /** To be bound to a VRF chooses its table, not a device (l3mdev_update_flow). */
  private static FlowKey within(Stack stack, FlowKey key) {
    return key.output()
        .filter(device -> Vrfs.isVrf(stack, device))
        .map(vrf -> key.boundTo(Optional.empty()).inVrfOf(vrf))
        .orElse(key);
  }

  private RouteDecision decide() {
    int notBefore = 0;
    for (RoutingRule rule : rules()) {
      if (rule.priority() < notBefore) {
        continue;
      }
      if (dependsOnKernel(rule)) {
        return unknownRule(rule, "how this kernel compares a rule's device with a VRF");
      }
      switch (RuleMatch.of(rule, key)) {
        case NO -> {}
        case UNKNOWN -> {
          return unknownRule(rule, String.join(", ", rule.unmodelled()));
        }
        case YES -> {
          if (rule.action() instanceof RuleAction.Goto jump) {
            notBefore = jump.priority();
          } else {
            Optional<RouteDecision> decision = follow(rule);
            if (decision.isPresent()) {
              return decision.get();
            }
          }
        }
      }
    }
    return nothingFound();
  }

  private List<RoutingRule> rules() {
    Listing<RoutingRule> listed = stack.listedRules(family);
    List<RoutingRule> rules = new ArrayList<>(listed.entries());
    if (!listed.isComplete() || rules.isEmpty()) {
      assumptions.add(notAllListed(rules.isEmpty()));
      DefaultRules.of(family, stack.isWithVrfs()).stream()
          .filter(rule -> rules.stream().noneMatch(known -> known.action().equals(rule.action())))
          .forEach(rules::add);
    }
    rules.sort(Comparator.comparingInt(RoutingRule::priority));
    return rules;
  }

  private Assumption notAllListed(boolean none) {
    return new Assumption(
        none
            ? "the " + name() + " policy rules of " + stack.id() + " are the kernel's default ones"
            : "no "
                + name()
                + " policy rule of "
                + stack.id()
                + " that was left out selects the packet, but for the kernel's default ones",
        Commands.in(stack.id(), "ip " + option() + "rule"));
  }

  private Optional<RouteDecision> follow(RoutingRule rule) {
    return switch (rule.action()) {
      case RuleAction.Lookup lookup -> search(rule, lookup.table());
      case RuleAction.LookupVrf vrf -> searchVrf(rule);
      case RuleAction.Refuse refuse ->
          Optional.of(new RouteDecision.RefusedByRule(refuse.type(), rule.source(), assumptions));
      case RuleAction.Goto jump -> Optional.empty();
      case RuleAction.Nop nop -> Optional.empty();
    };
  }

  /** The table of the VRF that the packet's device belongs to; none outside of VRFs. */
  private Optional<RouteDecision> searchVrf(RoutingRule rule) {
    return domain().flatMap(vrf -> searchVrf(rule, vrf));
  }

  private Optional<RouteDecision> searchVrf(RoutingRule rule, Device vrf) {
    String byName = "vrf " + vrf.name();
    Optional<String> table = Vrfs.table(vrf);
    boolean listedByName = !stack.fib(family, byName).listing().entries().isEmpty();
    if (table.isEmpty() && !listedByName) {
      return Optional.of(new RouteDecision.Unknown(vrfTableMissing(vrf), assumptions));
    }
    boolean numbered =
        table.filter(number -> !stack.fib(family, number).listing().isUnknown()).isPresent();
    return search(rule, numbered || !listedByName ? table.orElseThrow() : byName);
  }

  private Assumption vrfTableMissing(Device vrf) {
    return new Assumption(
        "which routing table the VRF " + vrf.name() + " of " + stack.id() + " has isn't shown",
        Commands.in(stack.id(), "ip -d link show " + vrf.name()),
        List.of(vrf.source()));
  }

  private Optional<RouteDecision> search(RoutingRule rule, String table) {
    Fib fib = stack.fib(family, table);
    if (fib.listing().isUnknown()) {
      return searchUnknown(table);
    }
    note(fib.listing(), table);
    for (Route route : fib.covering(key.destination())) {
      List<NextHop> hops = NextHopChoice.usable(stack, route, key);
      boolean fits =
          route.sourcePrefix().map(prefix -> prefix.contains(key.source())).orElse(true)
              && (route.tos().isEmpty() || route.tos().getAsInt() == key.tos())
              && (!hops.isEmpty() || !NextHopChoice.sends(route));
      if (!fits) {
        continue;
      }
      if (route.type() == RouteType.THROW || isSuppressed(rule, route)) {
        return Optional.empty();
      }
      if (fib.listing().coverage() == Coverage.PARTIAL) {
        assumeNothingBetter(table, route);
      }
      return Optional.of(
          new RouteDecision.Found(
              route,
              table,
              hops,
              DefaultRules.isListed(rule) ? Optional.of(rule.source()) : Optional.empty(),
              assumptions));
    }
    return Optional.empty();
  }

  private static boolean isSuppressed(RoutingRule rule, Route route) {
    return rule.suppressPrefixLength().isPresent()
        && route.destination().length() <= rule.suppressPrefixLength().getAsInt();
  }

  private Optional<RouteDecision> searchUnknown(String table) {
    if (table.equals(RouteTables.LOCAL)) {
      return OwnDestination.find(stack, key.destination(), assumptions).filter(this::isOutsideVrfs);
    }
    if (table.equals(RouteTables.DEFAULT)) {
      everyTableComplete = false;
      return Optional.empty();
    }
    return Optional.of(new RouteDecision.Unknown(tableMissing(table), assumptions));
  }

  /** Addresses of a VRF's members are local in its own table (fib_add_addr). */
  private boolean isOutsideVrfs(RouteDecision local) {
    return !(local instanceof RouteDecision.OwnAddress own)
        || Vrfs.own(stack, own.address().address(), FlowKey.LOCALLY).isPresent()
        || own.address().address().isLoopback();
  }

  private Assumption tableMissing(String table) {
    return new Assumption(
        "the " + name() + " routing table " + table + " of " + stack.id() + " isn't in the state",
        Commands.in(stack.id(), "ip " + option() + "route show table " + table));
  }

  private void assumeNothingBetter(String table, Route route) {
    assumptions.add(
        new Assumption(
            "no route that was left out of table "
                + table
                + " of "
                + stack.id()
                + " is better for "
                + key.destination()
                + " than "
                + route.destination(),
            Commands.in(stack.id(), "ip " + option() + "route get " + key.destination())));
  }

  private void note(Listing<Route> listing, String table) {
    if (!table.equals(RouteTables.LOCAL)) {
      listing.lastSeen().filter(seen -> !searched.contains(seen)).ifPresent(searched::add);
    }
    everyTableComplete &= listing.isComplete();
  }

  private RouteDecision nothingFound() {
    if (searched.isEmpty()) {
      return new RouteDecision.Unknown(tableMissing(RouteTables.MAIN), assumptions);
    }
    if (!everyTableComplete) {
      assumptions.add(
          new Assumption(
              "no routing table of "
                  + stack.id()
                  + " that wasn't shown has a route to "
                  + key.destination(),
              Commands.in(stack.id(), "ip " + option() + "route get " + key.destination())));
    }
    return new RouteDecision.NoRoute(searched, assumptions);
  }

  /**
   * Since Linux 6.13 a rule's device may be the VRF that a local sender is in; before, it never is
   * (fib_rule_iif_match_device, fib_rule_oif_match_device).
   */
  private boolean dependsOnKernel(RoutingRule rule) {
    Optional<String> vrf = domain().map(Device::name);
    boolean named =
        (key.isLocal() && rule.inputDevice().equals(vrf)) || rule.outputDevice().equals(vrf);
    return vrf.isPresent() && named;
  }

  private Optional<Device> domain() {
    return Vrfs.of(stack, key.member().or(key::output).orElse(key.input()));
  }

  private RouteDecision unknownRule(RoutingRule rule, String why) {
    return new RouteDecision.Unknown(
        new Assumption(
            "whether the policy rule '"
                + rule.source().text().strip()
                + "' of "
                + stack.id()
                + " selects the packet depends on "
                + why,
            Commands.in(stack.id(), "ip " + option() + "route get " + key.destination()),
            List.of(rule.source())),
        assumptions);
  }

  private String name() {
    return family == IpFamily.IPV4 ? "IPv4" : "IPv6";
  }

  private String option() {
    return family == IpFamily.IPV4 ? "" : "-6 ";
  }
}
