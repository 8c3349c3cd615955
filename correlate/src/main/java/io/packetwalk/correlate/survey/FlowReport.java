package io.packetwalk.correlate.survey;

import java.util.List;
import java.util.Optional;

/**
 * A flow, and how it compares with its prediction.
 *
 * @param reason what differs or isn't known; empty where it follows
 */
public record FlowReport(FlowUse use, Conformity conformity, String reason, List<DropPoint> drops) {
  public FlowReport {
    drops = List.copyOf(drops);
  }

  /** The point where most of its packets were lost. */
  public Optional<DropPoint> worst() {
    return drops.stream().max(java.util.Comparator.comparingLong(DropPoint::packets));
  }
}
