package io.packetwalk.correlate;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * The judgement whether a packet may be called absent at a tap: only where the capture ran before
 * and after, lost nothing, could have shown the packet, and showed a later one or says itself how
 * long it ran.
 */
public final class Absence {
  /** What a packet may take from one place to the next while captures run, in nanoseconds. */
  private static final long PATIENCE = 1_000_000;

  private final Taps taps;

  public Absence(Taps taps) {
    this.taps = taps;
  }

  /**
   * A packet that a tap didn't see.
   *
   * @param from the tap that saw it last
   * @param stamp when, by that tap's clock
   * @param rival whether the tap saw another packet that can't be told from this one
   * @param frame what the tap would have seen; empty when that isn't known
   * @param shown whether the tap saw another packet of the same flow
   */
  public record Missing(
      int from, long stamp, boolean rival, Optional<Packet> frame, boolean shown) {}

  /** What is to be said of a place, which this tap stands for. */
  public Sight at(int first, Missing missing) {
    List<Integer> here = taps.together(first);
    Optional<Sight> unknown = Optional.empty();
    for (int number : here) {
      Sight sight = atOne(number, missing);
      if (sight instanceof Sight.Absent || here.size() == 1) {
        return sight;
      }
      boolean ranThen = isWithin(number, missing);
      if (unknown.isEmpty() || ranThen) {
        unknown = Optional.of(sight);
      }
    }
    return unknown.orElseGet(() -> unknown("there is no capture of it"));
  }

  private boolean isWithin(int number, Missing missing) {
    TapLife life = taps.life(number);
    long expected = missing.stamp + taps.between(missing.from, number, missing.stamp).ahead();
    return life.first() <= expected && life.last() >= expected;
  }

  private Sight atOne(int number, Missing missing) {
    Tap tap = taps.tap(number);
    TapLife life = taps.life(number);
    if (missing.rival) {
      return unknown("a packet with the same contents was seen there, which can't be told from it");
    }
    if (!tap.isSure()) {
      return unknown("it is only guessed that " + tap.capture() + " was captured there");
    }
    return outOfTime(number, missing)
        .or(() -> incomplete(life))
        .or(() -> filtered(life, missing))
        .orElseGet(() -> new Sight.Absent(number, proof(number, missing)));
  }

  private Optional<Sight> outOfTime(int number, Missing missing) {
    TapLife life = taps.life(number);
    Offset offset = taps.between(missing.from, number, missing.stamp);
    long bound = offset.isBounded() ? offset.bound() : 0;
    long expected = missing.stamp + offset.ahead();
    if (life.first() == Long.MAX_VALUE) {
      return Optional.of(unknown("the capture there is empty, and doesn't say when it ran"));
    }
    if (!offset.isBounded() && isNearEdge(life, expected)) {
      return Optional.of(
          unknown("how far the clocks are apart isn't known, and the capture is short"));
    }
    if (life.first() > expected - bound) {
      return Optional.of(unknown("the capture there shows nothing from before that time"));
    }
    if (life.last() < expected + bound + PATIENCE) {
      return Optional.of(
          unknown("no later packet was captured there, so that the capture may have ended"));
    }
    return Optional.empty();
  }

  private static Optional<Sight> incomplete(TapLife life) {
    if (life.dropped().orElse(0) > 0) {
      return Optional.of(
          unknown("the capture there lost %d packets".formatted(life.dropped().getAsLong())));
    }
    if (life.cut() > 0) {
      return Optional.of(
          unknown(life.cut() + " packets in the capture there are cut too short to be recognised"));
    }
    return Optional.empty();
  }

  private Optional<Sight> filtered(TapLife life, Missing missing) {
    String filter = life.filter();
    if (filter.isEmpty() || (missing.shown && FlowFilter.is(filter))) {
      return Optional.empty();
    }
    Optional<Boolean> admitted =
        missing.frame.flatMap(frame -> taps.admission().admits(filter, life.link(), frame));
    if (admitted.isEmpty()) {
      return Optional.of(
          unknown("the capture there has a filter, which may not let it through: " + filter));
    }
    return admitted.get()
        ? Optional.empty()
        : Optional.of(unknown("the filter of the capture there doesn't let it through: " + filter));
  }

  private String proof(int number, Missing missing) {
    TapLife life = taps.life(number);
    long expected = missing.stamp + taps.between(missing.from, number, missing.stamp).ahead();
    String lossless = life.dropped().isPresent() ? "lost none" : "doesn't say that it lost any";
    String filter = life.filter().isEmpty() ? "" : "; its filter would have let it through";
    return life.lastFrame() > expected && life.first() <= expected
        ? "the capture there holds packets from before and after, %d in all, and %s%s"
            .formatted(life.frames(), lossless, filter)
        : "the capture there ran before and after, as its log says, holds %d packets, and %s%s"
            .formatted(life.frames(), lossless, filter);
  }

  /** Whether a clock that is off by a tenth of the capture's length would make a difference. */
  private static boolean isNearEdge(TapLife life, long expected) {
    long margin = (life.last() - life.first()) / 10;
    return expected - life.first() < margin || life.last() - expected < margin;
  }

  private static Sight unknown(String reason) {
    return new Sight.Unknown(reason);
  }
}
