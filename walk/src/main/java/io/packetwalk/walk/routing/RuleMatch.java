package io.packetwalk.walk.routing;

import io.packetwalk.model.net.RoutingRule;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Whether a policy rule selects a packet (the kernel's fib_rule_match). */
enum RuleMatch {
  YES,
  NO,
  /** It would, but for a condition that the state or the walk doesn't know. */
  UNKNOWN;

  static RuleMatch of(RoutingRule rule, FlowKey key) {
    boolean known = selectsKnown(rule, key);
    if (!known && !rule.inverted()) {
      return NO;
    }
    if (!rule.unmodelled().isEmpty()) {
      return !known && rule.inverted() ? YES : UNKNOWN;
    }
    return known != rule.inverted() ? YES : NO;
  }

  private static boolean selectsKnown(RoutingRule rule, FlowKey key) {
    return rule.from().map(prefix -> prefix.contains(key.source())).orElse(true)
        && rule.to().map(prefix -> prefix.contains(key.destination())).orElse(true)
        && rule.inputDevice().map(key.input()::equals).orElse(true)
        && rule.outputDevice()
            .map(device -> key.output().filter(device::equals).isPresent())
            .orElse(true)
        && matchesMark(rule, key)
        && matches(rule.tos(), key.tos())
        && matches(rule.protocol(), key.protocol())
        && rule.sourcePorts().map(ports -> inside(key.sourcePort(), ports::contains)).orElse(true)
        && rule.destinationPorts()
            .map(ports -> inside(key.destinationPort(), ports::contains))
            .orElse(true);
  }

  private static boolean matchesMark(RoutingRule rule, FlowKey key) {
    return rule.mark().isEmpty() || ((rule.mark().getAsInt() ^ key.mark()) & rule.markMask()) == 0;
  }

  private static boolean matches(OptionalInt wanted, int actual) {
    return wanted.isEmpty() || wanted.getAsInt() == actual;
  }

  private static boolean inside(OptionalInt port, IntPredicate range) {
    return port.isPresent() && range.test(port.getAsInt());
  }
}
