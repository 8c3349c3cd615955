package io.packetwalk.walk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The predicted way of a packet, of the answer to it, and of the errors about it; of TCP's
 * handshake all three segments.
 *
 * @param reply empty when no branch of the request arrives anywhere that answers
 * @param error the way of the ICMP errors and TCP resets by which other stacks than the sender's
 *     refuse the packet; empty when none does
 * @param completion the way of the ACK that completes TCP's handshake; empty where no answer to a
 *     SYN reaches its sender, and for senders that the state doesn't show
 */
public record Walk(
    Question question,
    Direction forward,
    Optional<Direction> reply,
    Optional<Direction> error,
    Optional<Direction> completion) {
  /** A walk of a packet about which no error is sent, and of no handshake. */
  public Walk(Question question, Direction forward, Optional<Direction> reply) {
    this(question, forward, reply, Optional.empty(), Optional.empty());
  }

  /** How the request ends. */
  public Verdict verdict() {
    return forward.verdict();
  }

  /** All ways that were walked. */
  public Stream<Direction> directions() {
    return Stream.of(Optional.of(forward), reply, error, completion).flatMap(Optional::stream);
  }

  /** What was taken for granted in the question and in all directions, each thing once. */
  public List<Assumption> assumptions() {
    Map<String, Assumption> distinct = new LinkedHashMap<>();
    question.premises().forEach(premise -> distinct.putIfAbsent(premise.identity(), premise));
    directions()
        .flatMap(direction -> direction.branches().stream())
        .forEach(branch -> collect(branch, distinct));
    return List.copyOf(distinct.values());
  }

  private static void collect(Branch branch, Map<String, Assumption> distinct) {
    branch
        .assumptions()
        .forEach(assumption -> distinct.putIfAbsent(assumption.identity(), assumption));
  }
}
