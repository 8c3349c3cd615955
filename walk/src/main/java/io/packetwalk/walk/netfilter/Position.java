package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a table's chains.
 *
 * @param next number of the rule that is asked next
 * @param caller where {@code RETURN} leads; empty in a base chain
 * @param path the chains' names from the base chain on
 * @param jumps the rules that led here, the last one first
 */
record Position(
    Chain chain, int next, Optional<Position> caller, List<String> path, List<Rule> jumps) {

  static Position at(Chain base) {
    return new Position(base, 0, Optional.empty(), List.of(base.name()), List.of());
  }

  Position after(int rule) {
    return new Position(chain, rule + 1, caller, path, jumps);
  }

  /** At the beginning of a chain that comes back here. */
  Position jumping(Chain target, Rule rule, int number) {
    return entering(target, rule, Optional.of(after(number)));
  }

  /** At the beginning of a chain that comes back to where this one would. */
  Position going(Chain target, Rule rule) {
    return entering(target, rule, caller);
  }

  private Position entering(Chain target, Rule rule, Optional<Position> back) {
    List<String> longer = new ArrayList<>(path);
    longer.add(target.name());
    List<Rule> led = new ArrayList<>(jumps.size() + 1);
    led.add(rule);
    led.addAll(jumps);
    return new Position(target, 0, back, List.copyOf(longer), List.copyOf(led));
  }

  /** The rule, and those that led to it. */
  List<Source> evidence(Rule rule) {
    List<Source> evidence = new ArrayList<>();
    evidence.add(rule.source());
    jumps.forEach(jump -> evidence.add(jump.source()));
    return evidence;
  }
}
