package io.packetwalk.walk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The predicted way of a packet, of the answer to it, and of the errors about it.
 *
 * @param reply empty when no branch of the request arrives anywhere that answers
 * @param error the way of the ICMP errors and TCP resets by which other stacks than the sender's
 *     refuse the packet; empty when none does
 */
public record Walk(
    Question question, Direction forward, Optional<Direction> reply, Optional<Direction> error) {
  /** A walk of a packet about which no error is sent. */
  public Walk(Question question, Direction forward, Optional<Direction> reply) {
    this(question, forward, reply, Optional.empty());
  }

  /** How the request ends. */
  public Verdict verdict() {
    return forward.verdict();
  }

  /** What was taken for granted in the question and in both directions, each thing once. */
  public List<Assumption> assumptions() {
    Map<String, Assumption> distinct = new LinkedHashMap<>();
    question.premises().forEach(premise -> distinct.putIfAbsent(premise.text(), premise));
    forward.branches().forEach(branch -> collect(branch, distinct));
    reply.ifPresent(direction -> direction.branches().forEach(branch -> collect(branch, distinct)));
    error.ifPresent(direction -> direction.branches().forEach(branch -> collect(branch, distinct)));
    return List.copyOf(distinct.values());
  }

  private static void collect(Branch branch, Map<String, Assumption> distinct) {
    branch.assumptions().forEach(assumption -> distinct.putIfAbsent(assumption.text(), assumption));
  }
}
