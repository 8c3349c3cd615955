package io.packetwalk.walk.routing;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.model.net.RuleAction;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The policy rules that the kernel starts with (fib_default_rules_init). */
final class DefaultRules {
  private static final Source BUILT_IN = new Source("kernel", 1, "default rules");

  private DefaultRules() {}

  static List<RoutingRule> of(IpFamily family) {
    RoutingRule local = lookup(family, 0, RouteTables.LOCAL);
    RoutingRule main = lookup(family, 32766, RouteTables.MAIN);
    return family == IpFamily.IPV4
        ? List.of(local, main, lookup(family, 32767, RouteTables.DEFAULT))
        : List.of(local, main);
  }

  private static RoutingRule lookup(IpFamily family, int priority, String table) {
    return new RoutingRule(
        family,
        priority,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        -1,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        new RuleAction.Lookup(table),
        List.of(),
        BUILT_IN);
  }

  /** Whether the rule was listed somewhere rather than taken for granted. */
  static boolean isListed(RoutingRule rule) {
    return !rule.source().equals(BUILT_IN);
  }
}
