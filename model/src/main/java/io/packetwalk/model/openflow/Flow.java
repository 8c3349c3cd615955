package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;
import java.util.List;
import java.util.OptionalLong;

/**
 * A flow of a table.
 *
 * @param packets how many it has met; empty when the dump had no statistics
 */
public record Flow(
    TableId table,
    int priority,
    long cookie,
    FlowMatch match,
    List<FlowAction> actions,
    OptionalLong packets,
    Source source) {
  public static final int DEFAULT_PRIORITY = 32768;

  public Flow {
    actions = List.copyOf(actions);
  }

  /** Whether it is a part of conjunctive matches. */
  public boolean isConjunctive() {
    return actions.stream().anyMatch(FlowAction.Conjunction.class::isInstance);
  }
}
