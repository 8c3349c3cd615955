package io.packetwalk.capture.tap;

import java.util.OptionalLong;

/**
 * What a capture shows of itself: from when to when it ran for certain, and what it missed. Times
 * are those of its own clock, in nanoseconds since 1970.
 *
 * @param frames how many it holds
 * @param first the earliest time at which it was running: its first frame, or what it says
 * @param last the latest time
 * @param lastFrame when its last frame was captured
 * @param dropped frames that were lost for want of room; empty when the capture doesn't say
 * @param cut frames of which too little was kept to recognise them
 * @param damaged whether the file ends before it should
 * @param filter the capture filter that it names; empty when it names none
 */
public record TapLife(
    long frames,
    long first,
    long last,
    long lastFrame,
    OptionalLong dropped,
    long cut,
    boolean damaged,
    String filter) {

  /** A tap that nothing is known of. */
  public static final TapLife EMPTY =
      new TapLife(
          0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, OptionalLong.empty(), 0, false, "");

  public boolean isRunning(long from, long to) {
    return first <= from && last >= to;
  }
}
