package io.packetwalk.correlate.clock;

/**
 * How far a clock is ahead, and how far that may be wrong, in nanoseconds.
 *
 * @param bound {@link #UNBOUNDED} where only one side is known
 */
public record Offset(long ahead, long bound) {
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /** Nothing is known; the clocks are taken to agree. */
  public static final Offset UNKNOWN = new Offset(0, UNBOUNDED);

  public static final Offset EXACT = new Offset(0, 0);

  public boolean isBounded() {
    return bound != UNBOUNDED;
  }

  /** The offset of a clock to a third, by way of one in the middle. */
  Offset plus(Offset further) {
    boolean bounded = isBounded() && further.isBounded();
    return new Offset(ahead + further.ahead, bounded ? bound + further.bound : UNBOUNDED);
  }

  Offset negated() {
    return new Offset(-ahead, bound);
  }
}
