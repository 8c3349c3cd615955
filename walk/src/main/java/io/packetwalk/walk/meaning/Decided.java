package io.packetwalk.walk.meaning;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A rule that decided, and how the packet came to it.
 *
 * @param path the chains' names from the base chain to the rule's own
 * @param jumps the rules that led from one to the next, the last one first
 * @param translatedTo the address that it translates to, where it does
 */
public record Decided(
    NamespaceId place,
    RuleTable table,
    List<String> path,
    Rule rule,
    List<Rule> jumps,
    Optional<IpAddress> translatedTo) {
  public Decided {
    path = List.copyOf(path);
    jumps = List.copyOf(jumps);
  }

  /** The name of the rule's own chain. */
  String chain() {
    return path.getLast();
  }

  /** The last chain on the way whose name is such a one. */
  Optional<String> last(Predicate<String> name) {
    return path.reversed().stream().filter(name).findFirst();
  }

  boolean passed(String prefix) {
    return path.stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** The chain that led to the rule's own; empty in a base chain. */
  Optional<String> caller() {
    return path.size() < 2 ? Optional.empty() : Optional.of(path.get(path.size() - 2));
  }

  /** The rule and those that led to it, the nearest first. */
  Stream<Rule> rules() {
    return Stream.concat(Stream.of(rule), jumps.stream());
  }

  List<Rule> rulesOf(String name) {
    Chain found = table.chains().get(name);
    return found == null ? List.of() : found.rules();
  }

  boolean ends() {
    return rule.parts().stream()
        .anyMatch(part -> part instanceof Statement.Drop || part instanceof Statement.Reject);
  }

  boolean accepts() {
    return rule.parts().stream().anyMatch(Statement.Accept.class::isInstance);
  }

  Optional<Statement.Translate> translation() {
    return rule.parts().stream()
        .filter(Statement.Translate.class::isInstance)
        .map(Statement.Translate.class::cast)
        .findFirst();
  }

  /** What a map or calculation says that it translates to. */
  Optional<Statement.TranslateComputed> computed() {
    return rule.parts().stream()
        .filter(Statement.TranslateComputed.class::isInstance)
        .map(Statement.TranslateComputed.class::cast)
        .findFirst();
  }

  boolean masquerades() {
    return rule.parts().stream().anyMatch(Statement.Masquerade.class::isInstance);
  }

  /** The names of the ipsets that the rule looks into. */
  List<String> sets() {
    return rule.parts().stream()
        .flatMap(part ->
            part instanceof Match.Membership membership
                    && membership.set()
                        instanceof SetReference.IpSet(String name, boolean exceptions)
                ? Stream.of(name)
                : Stream.of())
        .distinct()
        .toList();
  }

  /** The chain that a rule leads to. */
  static Optional<String> target(Rule rule) {
    return rule.parts().stream()
        .flatMap(part ->
            switch (part) {
              case Statement.Jump(String chain) -> Stream.of(chain);
              case Statement.Goto(String chain) -> Stream.of(chain);
              default -> Stream.<String>of();
            })
        .findFirst();
  }
}
