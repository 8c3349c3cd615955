package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.match.Flow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one flow, as the first place on its way shows it.
 *
 * @param answered the flow that it answers, as the first place on that one's way shows it; empty
 *     where no such packets were seen
 * @param hopLimit of its first packet
 * @param packets all of them
 * @param repeated those that only carry bytes that were sent before
 * @param ambiguous those that couldn't be told from others for certain
 * @param paths the ways that they took, the most used first
 */
public record FlowUse(
    Flow flow,
    Optional<Flow> answered,
    int hopLimit,
    long packets,
    long repeated,
    long ambiguous,
    List<PathUse> paths) {
  public FlowUse {
    paths =
        paths.stream()
            .sorted(
                Comparator.comparingLong(PathUse::packets)
                    .reversed()
                    .thenComparingInt(path -> -path.taps().size())
                    .thenComparing(path -> path.taps().toString()))
            .toList();
  }

  /** Whether a connection that others began decides its way. */
  boolean isAnswer() {
    return answered.isPresent() || FlowQuestions.isAnswer(flow);
  }

  /** The longest of its paths. */
  public PathUse longest() {
    return paths.stream().max(Comparator.comparingInt(path -> path.taps().size())).orElseThrow();
  }

  /** Whether a packet of it passed that tap. */
  boolean wasSeenAt(int tap) {
    return paths.stream().anyMatch(path -> path.taps().contains(tap));
  }
}
