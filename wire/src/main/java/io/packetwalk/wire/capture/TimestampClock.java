package io.packetwalk.wire.capture;

import java.math.BigInteger;

/**
 * How a capture's timestamps count: the length of a tick, and the offset from 1970.
 *
 * @param binary whether a second has 2 to the power of {@code exponent} ticks, instead of 10
 * @param offset in seconds, added to every timestamp
 */
public record TimestampClock(boolean binary, int exponent, long offset) {
  public static final TimestampClock MICROSECONDS = new TimestampClock(false, 6, 0);
  public static final TimestampClock NANOSECONDS = new TimestampClock(false, 9, 0);

  private static final long SECOND = 1_000_000_000L;

  public TimestampClock {
    if (exponent < 0 || exponent > 127) {
      throw new IllegalArgumentException("exponent " + exponent);
    }
  }

  /** The clock of pcapng's if_tsresol option: the highest bit says binary. */
  public static TimestampClock ofResolution(int resolution, long offset) {
    return new TimestampClock((resolution & 0x80) != 0, resolution & 0x7f, offset);
  }

  /** Nanoseconds since 1970 after this many ticks; what doesn't fit is the largest value. */
  public long nanoseconds(long ticks) {
    if (!binary && exponent == 6 && offset == 0 && ticks >= 0 && ticks < Long.MAX_VALUE / 1000) {
      return ticks * 1000;
    }
    if (!binary && exponent == 9 && offset == 0 && ticks >= 0) {
      return ticks;
    }
    return exactly(ticks);
  }

  private long exactly(long ticks) {
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(ticks));
    BigInteger second = binary ? BigInteger.TWO.pow(exponent) : BigInteger.TEN.pow(exponent);
    BigInteger nanoseconds =
        unsigned
            .multiply(BigInteger.valueOf(SECOND))
            .divide(second)
            .add(BigInteger.valueOf(offset).multiply(BigInteger.valueOf(SECOND)));
    return nanoseconds
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .longValue();
  }
}
