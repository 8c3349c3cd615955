package io.packetwalk.proof;

import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.Rule;
import java.util.List;

/** The rules of what a command showed. */
final class Rulesets {
  private Rulesets() {}

  static List<Rule> rules(FilterDump dump) {
    return dump.tables().stream()
        .flatMap(table -> table.chains().values().stream())
        .flatMap(chain -> chain.rules().stream())
        .toList();
  }
}
