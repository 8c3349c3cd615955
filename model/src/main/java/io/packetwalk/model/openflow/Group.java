package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;
import java.util.List;
import java.util.OptionalLong;

/**
 * A group of buckets of actions (OpenFlow 1.3, 5.6).
 *
 * @param selection how a select group hashes ({@code dp_hash}, {@code hash}); empty for its default
 * @param hashed the fields that {@code hash} looks at; none for its default
 */
public record Group(
    long id,
    Type type,
    String selection,
    List<FlowField> hashed,
    List<Bucket> buckets,
    Source source) {
  public Group {
    hashed = List.copyOf(hashed);
    buckets = List.copyOf(buckets);
  }

  /** How buckets are chosen. */
  public enum Type {
    ALL,
    SELECT,
    INDIRECT,
    FAST_FAILOVER
  }

  /**
   * A list of actions.
   *
   * @param weight its share in a select group
   * @param watchPort the port that must be up for it
   * @param watchGroup the group that must have a live bucket for it
   */
  public record Bucket(
      long id,
      int weight,
      java.util.Optional<PortId> watchPort,
      OptionalLong watchGroup,
      List<FlowAction> actions) {
    public Bucket {
      actions = List.copyOf(actions);
    }
  }
}
