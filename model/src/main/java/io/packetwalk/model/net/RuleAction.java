package io.packetwalk.model.net;

/** What a routing policy rule does with a packet that it selects. */
public sealed interface RuleAction {
  /** Look up this table; go on with the next rule when it has no route. */
  record Lookup(String table) implements RuleAction {}

  /** Look up the table of the VRF that the packet's device belongs to. */
  record LookupVrf() implements RuleAction {}

  /** Go on at the rule with this priority. */
  record Goto(int priority) implements RuleAction {}

  /** Go on with the next rule. */
  record Nop() implements RuleAction {}

  /** End here as such a route would: blackhole, unreachable or prohibit. */
  record Refuse(RouteType type) implements RuleAction {}
}
