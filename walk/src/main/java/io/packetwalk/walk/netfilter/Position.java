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
 * @param led the lines of the rules and of the elements that led here, the last ones first
 * @param grounds the lines of elements by which a packet fits the rule that is being asked
 */
record Position(
    Chain chain,
    int next,
    Optional<Position> caller,
    List<String> path,
    List<Rule> jumps,
    List<Source> led,
    List<Source> grounds) {

  static Position at(Chain base) {
    return new Position(
        base, 0, Optional.empty(), List.of(base.name()), List.of(), List.of(), List.of());
  }

  Position after(int rule) {
    return new Position(chain, rule + 1, caller, path, jumps, led, List.of());
  }

  /** With more elements by which the packet fits the rule. */
  Position on(List<Source> elements) {
    if (elements.isEmpty()) {
      return this;
    }
    List<Source> more = new ArrayList<>(grounds);
    elements.stream().filter(element -> !more.contains(element)).forEach(more::add);
    return new Position(chain, next, caller, path, jumps, led, List.copyOf(more));
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
    List<Rule> jumped = new ArrayList<>(jumps.size() + 1);
    jumped.add(rule);
    jumped.addAll(jumps);
    return new Position(
        target,
        0,
        back,
        List.copyOf(longer),
        List.copyOf(jumped),
        List.copyOf(evidence(rule)),
        List.of());
  }

  /** The rule with the elements by which the packet fits it, and what led to it. */
  List<Source> evidence(Rule rule) {
    List<Source> evidence = new ArrayList<>();
    evidence.add(rule.source());
    grounds.stream().filter(element -> !element.equals(rule.source())).forEach(evidence::add);
    evidence.addAll(led);
    return evidence;
  }
}
