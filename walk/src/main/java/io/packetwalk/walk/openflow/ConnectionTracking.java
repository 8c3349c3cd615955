package io.packetwalk.walk.openflow;

import java.util.List;

/** The connection tracker, as far as anybody knows what it holds. */
public interface ConnectionTracking {
  /**
   * What may happen to a packet in it: at least one answer, whose weights add up to 1.
   *
   * <p>Asked again with the same request it must answer the same.
   */
  List<TrackingAnswer> track(TrackingRequest request);
}
