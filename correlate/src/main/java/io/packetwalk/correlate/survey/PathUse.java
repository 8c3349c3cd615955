package io.packetwalk.correlate.survey;

import java.util.List;

/**
 * The packets of one flow that took one path.
 *
 * @param taps the numbers of the taps, in order
 * @param firstStamp when the first of them was seen at the last tap, by that tap's clock
 * @param lastStamp when the last of them was
 */
public record PathUse(List<Integer> taps, long packets, long firstStamp, long lastStamp) {
  public PathUse {
    taps = List.copyOf(taps);
  }

  /** The same packets on this row of taps. */
  PathUse along(List<Integer> others) {
    return new PathUse(others, packets, firstStamp, lastStamp);
  }

  /** These packets and those, which took the same path. */
  PathUse and(PathUse other) {
    return new PathUse(
        taps,
        packets + other.packets,
        Math.min(firstStamp, other.firstStamp),
        Math.max(lastStamp, other.lastStamp));
  }

  /** Whether the other path goes on where this one ends. */
  boolean isStartOf(PathUse other) {
    return other.taps.size() > taps.size() && other.taps.subList(0, taps.size()).equals(taps);
  }
}
