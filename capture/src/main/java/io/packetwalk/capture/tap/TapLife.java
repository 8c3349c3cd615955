package io.packetwalk.capture.tap;

import io.packetwalk.wire.LinkType;
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
 * @param link what its frames begin with
 */
public record TapLife(
    long frames,
    long first,
    long last,
    long lastFrame,
    OptionalLong dropped,
    long cut,
    boolean damaged,
    String filter,
    LinkType link) {

  /** Whether it says itself that it still ran at that time. */
  public boolean isSaidToRun(long time) {
    return last > lastFrame && last >= time;
  }
}
