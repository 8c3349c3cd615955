package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import java.util.List;

/**
 * A flow in a table's index.
 *
 * @param order its place in the listing
 * @param certain whether all of its conditions are understood
 * @param conjunctions those that it is a part of
 */
record IndexedFlow(
    Flow flow, int order, boolean certain, List<FlowAction.Conjunction> conjunctions) {
  static IndexedFlow of(Flow flow, int order, boolean certain) {
    List<FlowAction.Conjunction> conjunctions =
        flow.isConjunctive()
            ? flow.actions().stream()
                .filter(FlowAction.Conjunction.class::isInstance)
                .map(FlowAction.Conjunction.class::cast)
                .toList()
            : List.of();
    return new IndexedFlow(flow, order, certain, conjunctions);
  }

  int priority() {
    return flow.priority();
  }

  boolean isConjunctive() {
    return !conjunctions.isEmpty();
  }
}
