package io.packetwalk.gather;

import java.time.Duration;

/**
 * How much a command may take.
 *
 * @param time until it is ended
 * @param bytes of output that are kept; the rest is read and thrown away until the time is up
 */
public record Limits(Duration time, int bytes) {
  /** Enough for the tables of a large node. */
  public static final Limits GENEROUS = new Limits(Duration.ofSeconds(60), 256 << 20);

  /** Enough for a question whose answer is a line or two. */
  public static final Limits SHORT = new Limits(Duration.ofSeconds(10), 1 << 20);

  public Limits {
    if (time.isNegative() || time.isZero() || bytes <= 0) {
      throw new IllegalArgumentException("a limit must be positive: " + time + ", " + bytes);
    }
  }
}
