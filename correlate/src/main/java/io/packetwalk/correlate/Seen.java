package io.packetwalk.correlate;

import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.match.Part;
import io.packetwalk.wire.decode.Decoded;
import java.util.Optional;

/**
 * One sighting of a packet.
 *
 * @param tap the number of the tap
 * @param frame the frame's number among those that were captured at the place
 * @param stamp when, as the capture says, in nanoseconds since 1970
 * @param time when, by the common clock
 * @param flow the innermost addresses and ports, as they were here
 * @param hopLimit of the innermost header
 * @param number TCP's sequence number; otherwise the identification
 * @param length of TCP its payload, of others what IP carries, in bytes
 * @param size of the frame on the wire, in bytes; zero where it wasn't kept
 * @param decoded the frame; empty where the frame wasn't kept
 */
public record Seen(
    int tap,
    long frame,
    long stamp,
    long time,
    Flow flow,
    int hopLimit,
    Part part,
    int number,
    int length,
    int size,
    Optional<Decoded> decoded) {
  /** The frame's number in its capture, from 1. */
  public long frameInCapture() {
    return frame & (1L << TapBook.FRAME_BITS) - 1;
  }

  /** Which of the place's captures that is, from 0. */
  public int capture() {
    return (int) (frame >>> TapBook.FRAME_BITS);
  }
}
