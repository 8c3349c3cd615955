package io.packetwalk.correlate;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.clock.Offset;

/**
 * The judgement whether a packet may be called absent at a tap: only where the capture ran before
 * and after, lost nothing, could have shown the packet, and showed a later one.
 */
public final class Absence {
  /** What a packet may take from one place to the next while captures run, in nanoseconds. */
  private static final long PATIENCE = 1_000_000;

  private final Taps taps;

  public Absence(Taps taps) {
    this.taps = taps;
  }

  /**
   * What is to be said of a tap that didn't see a packet.
   *
   * @param from the tap that saw it last
   * @param stamp when, by that tap's clock
   * @param rival whether the tap saw another packet that can't be told from this one
   */
  public Sight at(int number, int from, long stamp, boolean rival) {
    Tap tap = taps.tap(number);
    TapLife life = taps.life(number);
    Offset offset = taps.between(from, number, stamp);
    long bound = offset.isBounded() ? offset.bound() : 0;
    long expected = stamp + offset.ahead();
    if (rival) {
      return unknown("a packet with the same contents was seen there, which can't be told from it");
    }
    if (!tap.isSure()) {
      return unknown("it is only guessed that " + tap.capture() + " was captured there");
    }
    if (life.frames() == 0 && life.first() == Long.MAX_VALUE) {
      return unknown("the capture there is empty, and doesn't say when it ran");
    }
    if (!offset.isBounded() && isNearEdge(life, expected)) {
      return unknown("how far the clocks are apart isn't known, and the capture is short");
    }
    if (life.first() > expected - bound) {
      return unknown("the capture there shows nothing from before that time");
    }
    if (life.lastFrame() < expected + bound + PATIENCE) {
      return unknown("no later packet was captured there, so that the capture may have ended");
    }
    if (life.dropped().orElse(0) > 0) {
      return unknown("the capture there lost " + life.dropped().getAsLong() + " packets");
    }
    if (life.cut() > 0) {
      return unknown(
          life.cut() + " packets in the capture there are cut too short to be recognised");
    }
    if (!life.filter().isEmpty()) {
      return unknown("the capture there has a filter: " + life.filter());
    }
    String lossless = life.dropped().isPresent() ? "lost none" : "doesn't say that it lost any";
    return new Sight.Absent(
        number,
        "the capture there holds packets from before and after, %d in all, and %s"
            .formatted(life.frames(), lossless));
  }

  /** Whether a clock that is off by a tenth of the capture's length would make a difference. */
  private static boolean isNearEdge(TapLife life, long expected) {
    long margin = (life.lastFrame() - life.first()) / 10;
    return expected - life.first() < margin || life.lastFrame() - expected < margin;
  }

  private static Sight unknown(String reason) {
    return new Sight.Unknown(reason);
  }
}
