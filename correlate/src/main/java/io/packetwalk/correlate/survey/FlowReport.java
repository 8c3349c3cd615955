package io.packetwalk.correlate.survey;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * A flow, and how it compares with its prediction.
 *
 * @param predicted the verdict of the branch that fits best; empty where nothing was predicted
 * @param reason what differs or isn't known, or how the prediction ends; empty where it arrives
 * @param evidence the line that decides how the prediction ends
 */
public record FlowReport(
    FlowUse use,
    Conformity conformity,
    Optional<Verdict> predicted,
    String reason,
    Optional<Source> evidence,
    List<DropPoint> drops) {
  public FlowReport {
    drops = List.copyOf(drops);
  }

  /** Whether it ends on the way, as the state says that it does. */
  public boolean endsAsPredicted() {
    return conformity == Conformity.FOLLOWS && predicted.filter(FlowReport::isEnd).isPresent();
  }

  private static boolean isEnd(Verdict verdict) {
    return switch (verdict) {
      case DROPPED, REJECTED, LOOPED -> true;
      case DELIVERED, LEFT, UNDETERMINED -> false;
    };
  }

  /** The point where most of its packets were lost. */
  public Optional<DropPoint> worst() {
    return drops.stream().max(java.util.Comparator.comparingLong(DropPoint::packets));
  }
}
