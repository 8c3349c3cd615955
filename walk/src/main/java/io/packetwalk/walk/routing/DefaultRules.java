package io.packetwalk.walk.routing;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.model.net.RuleAction;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The policy rules that the kernel starts with (fib_default_rules_init), and the one that the first
 * VRF brings (vrf_add_fib_rules).
 */
final class DefaultRules {
  private static final Source BUILT_IN = new Source("kernel", 1, "default rules");

  private DefaultRules() {}

  static List<RoutingRule> of(IpFamily family, boolean vrfs) {
    List<RoutingRule> rules = new ArrayList<>();
    rules.add(lookup(family, 0, RouteTables.LOCAL));
    if (vrfs) {
      rules.add(rule(family, 1000, new RuleAction.LookupVrf()));
    }
    rules.add(lookup(family, 32766, RouteTables.MAIN));
    if (family == IpFamily.IPV4) {
      rules.add(lookup(family, 32767, RouteTables.DEFAULT));
    }
    return rules;
  }

  private static RoutingRule lookup(IpFamily family, int priority, String table) {
    return rule(family, priority, new RuleAction.Lookup(table));
  }

  private static RoutingRule rule(IpFamily family, int priority, RuleAction action) {
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
        action,
        List.of(),
        BUILT_IN);
  }

  /** Whether the rule was listed somewhere rather than taken for granted. */
  static boolean isListed(RoutingRule rule) {
    return !rule.source().equals(BUILT_IN);
  }
}
