package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.RuleTable;

/** The hook, table and base chain that a rule is asked at. */
record Site(NamespaceId place, Hook hook, RuleTable table, BaseHook base) {

  /** {@code nat PREROUTING → KUBE-SERVICES → …}. */
  String path(Position position) {
    String chains = String.join(" → ", position.path());
    return table.name() + " " + chains;
  }

  /** Whether translations at this hook change the destination, rather than the source. */
  boolean isForDestination() {
    return hook == Hook.PREROUTING || hook == Hook.OUTPUT;
  }
}
