package io.packetwalk.walk;

import java.util.List;

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
}
