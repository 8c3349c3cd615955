package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a listing without {@code -v} doesn't show: the devices that a rule tests. */
final class Hidden {
  private static final Match NO_DEVICE =
      new Match.Presumed(
          "devices",
          true,
          "the rules that iptables -L lists without -v test no device",
          "iptables-save -c");

  private Hidden() {}

  /** The rule with the presumption that it tests no device, in front of what it does. */
  static Rule devices(Rule rule, boolean hidden) {
    if (!hidden) {
      return rule;
    }
    List<RulePart> parts = new ArrayList<>();
    boolean presumed = false;
    for (RulePart part : rule.parts()) {
      if (part instanceof Statement && !presumed) {
        parts.add(NO_DEVICE);
        presumed = true;
      }
      parts.add(part);
    }
    return new Rule(parts, rule.comments(), rule.counter(), rule.source());
  }
}
