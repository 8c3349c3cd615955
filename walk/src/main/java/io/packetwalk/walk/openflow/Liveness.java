package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Group.Bucket;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether ports and what watches them are up, as far as their state was shown (Open vSwitch, {@code
 * bucket_is_alive}).
 */
final class Liveness {
  /** As deep as groups may watch groups ({@code MAX_LIVENESS_RECURSION}). */
  private static final int DEEPEST = 128;

  private final SwitchTables tables;

  /** What is known of groups so far; one that watches itself isn't up by that. */
  private final Map<Long, Boolean> groups = new LinkedHashMap<>();

  Liveness(SwitchTables tables) {
    this.tables = tables;
  }

  /** False only for a port that is known to be down, or known not to be there. */
  static boolean mayBeUp(SwitchTables tables, PortId id) {
    Optional<SwitchPort> port = tables.ports().port(tables.ports().number(id));
    if (port.isEmpty()) {
      return !tables.bridge().ports().isComplete();
    }
    SwitchPort.PortState state = port.get().state();
    return !state.shown()
        || (!state.state().contains("LINK_DOWN") && !state.configuration().contains("PORT_DOWN"));
  }

  /** A bucket that watches nothing is up; of a port and a group one suffices. */
  boolean mayBeUp(Bucket bucket) {
    return mayBeUp(bucket, 0);
  }

  private boolean mayBeUp(Bucket bucket, int depth) {
    boolean watches = bucket.watchPort().isPresent() || bucket.watchGroup().isPresent();
    boolean port = bucket.watchPort().filter(id -> mayBeUp(tables, id)).isPresent();
    return depth < DEEPEST
        && (!watches
            || port
            || (bucket.watchGroup().isPresent()
                && groupMayBeUp(bucket.watchGroup().getAsLong(), depth + 1)));
  }

  /** A group is up when one of its buckets is; one that nobody showed may be. */
  private boolean groupMayBeUp(long id, int depth) {
    Boolean known = groups.putIfAbsent(id, false);
    if (known != null) {
      return known;
    }
    boolean up =
        tables
            .group(id)
            .map(group -> group.buckets().stream().anyMatch(bucket -> mayBeUp(bucket, depth)))
            .orElse(!tables.bridge().groups().isComplete());
    groups.put(id, up);
    return up;
  }

  /** Whether the state of what the bucket watches was shown. */
  boolean isKnown(Bucket bucket) {
    return bucket.watchPort().map(this::isKnown).orElse(true)
        && (bucket.watchGroup().isEmpty()
            || bucket.watchPort().isPresent()
            || tables.group(bucket.watchGroup().getAsLong()).isPresent());
  }

  private boolean isKnown(PortId id) {
    return tables
        .ports()
        .port(tables.ports().number(id))
        .map(port -> port.state().shown())
        .orElse(tables.bridge().ports().isComplete());
  }

  /** What the bucket watches, as an assumption calls it. */
  static String watched(Bucket bucket) {
    return bucket
        .watchPort()
        .map(port -> "port " + port)
        .orElse("group " + bucket.watchGroup().orElse(0));
  }
}
