package io.packetwalk.walk;

import io.packetwalk.model.Source;
import java.util.List;
import java.util.Optional;

/**
 * One way that a packet may take from its start to an end.
 *
 * @param weight the share of packets that take it, above 0 and at most 1; the weights of a
 *     direction's branches add up to 1
 * @param reason why it ends as it does: one sentence without a full stop
 * @param assumptions what was taken for granted on this way, in order
 */
public record Branch(
    double weight, Verdict verdict, String reason, List<Step> steps, List<Assumption> assumptions) {
  public Branch {
    steps = List.copyOf(steps);
    assumptions = List.copyOf(assumptions);
  }

  /** The lines that decide how it ends: where it is first dropped or refused, else at its end. */
  public List<Source> decisive() {
    return steps.stream()
        .filter(step -> step.action() == Action.DROP || step.action() == Action.REJECT)
        .findFirst()
        .or(() -> steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast()))
        .map(Step::evidence)
        .orElse(List.of());
  }
}
