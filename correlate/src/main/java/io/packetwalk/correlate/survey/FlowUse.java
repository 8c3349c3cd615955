package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.match.Flow;
import java.util.Comparator;
import java.util.List;

/**
 * What was seen of one flow, as the first place on its way shows it.
 *
 * @param hopLimit of its first packet
 * @param packets all of them
 * @param repeated those that only carry bytes that were sent before
 * @param ambiguous those that couldn't be told from others for certain
 * @param paths the ways that they took, the most used first
 */
public record FlowUse(
    Flow flow, int hopLimit, long packets, long repeated, long ambiguous, List<PathUse> paths) {
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

  /** The longest of its paths. */
  public PathUse longest() {
    return paths.stream().max(Comparator.comparingInt(path -> path.taps().size())).orElseThrow();
  }
}
