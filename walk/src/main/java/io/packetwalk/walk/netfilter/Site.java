package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.walk.meaning.Decided;
import io.packetwalk.walk.meaning.Meaning;
import io.packetwalk.walk.meaning.Meanings;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hook, table and base chain that a rule is asked at.
 *
 * @param meanings what rules stand for; empty when nobody asks
 */
record Site(
    NamespaceId place, Hook hook, RuleTable table, BaseHook base, Optional<Meanings> meanings) {
  /** What a rule did, as a sentence, and the lines that show it. */
  record Decision(String text, List<Source> evidence) {}

  /** {@code nat PREROUTING → KUBE-SERVICES → …}. */
  String path(Position position) {
    String chains = String.join(" → ", position.path());
    return Wording.table(table) + " " + chains;
  }

  /** Whether translations at this hook change the destination, rather than the source. */
  boolean isForDestination() {
    return hook == Hook.PREROUTING || hook == Hook.OUTPUT;
  }

  /** That the rule did this, and what it stands for or what its comment says. */
  Decision decision(String done, Rule rule, Position position) {
    return decision(done, rule, position, Optional.empty());
  }

  /**
   * The same of a rule that translates.
   *
   * @param to the address that it chose
   */
  Decision decision(String done, Rule rule, Position position, Optional<IpAddress> to) {
    Optional<Meaning> meaning = meaning(rule, position, to);
    List<Source> evidence = new ArrayList<>(position.evidence(rule));
    meaning.ifPresent(known -> evidence.addAll(known.evidence()));
    String why = meaning.map(known -> ", " + known.text()).orElseGet(() -> Wording.because(rule));
    return new Decision(path(position) + ": " + done + why, List.copyOf(evidence));
  }

  Optional<Meaning> meaning(Rule rule, Position position) {
    return meaning(rule, position, Optional.empty());
  }

  private Optional<Meaning> meaning(Rule rule, Position position, Optional<IpAddress> to) {
    return meanings.flatMap(
        known -> known.of(new Decided(place, table, position.path(), rule, position.jumps(), to)));
  }
}
