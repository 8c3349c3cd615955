package io.packetwalk.correlate.survey;

/**
 * How long packets took from one tap to the next: counts by size, eight steps to each power of two,
 * so that a percentile is right within a tenth. A negative delay, which unequal clocks make, counts
 * as the shortest.
 */
public final class DelayHistogram {
  private static final int STEPS = 8;
  private static final int STEP_BITS = 3;

  private final long[] counts = new long[64 * STEPS];
  private long count;
  private long least = Long.MAX_VALUE;
  private long most = Long.MIN_VALUE;

  DelayHistogram() {}

  void add(long nanoseconds) {
    counts[step(Math.max(0, nanoseconds))]++;
    count++;
    least = Math.min(least, nanoseconds);
    most = Math.max(most, nanoseconds);
  }

  private static int step(long nanoseconds) {
    if (nanoseconds < STEPS) {
      return (int) nanoseconds;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(nanoseconds);
    int within = (int) (nanoseconds >>> (exponent - STEP_BITS)) & (STEPS - 1);
    return (exponent - STEP_BITS + 1) * STEPS + within;
  }

  private static long middle(int step) {
    if (step < STEPS) {
      return step;
    }
    int shift = step / STEPS - 1;
    long low = (long) (STEPS + step % STEPS) << shift;
    return low + (1L << shift) / 2;
  }

  /** How many packets. */
  public long count() {
    return count;
  }

  /** The shortest delay, in nanoseconds. */
  public long least() {
    return least;
  }

  /** The longest delay, in nanoseconds. */
  public long most() {
    return most;
  }

  /** The delay that this share of the packets doesn't exceed, in nanoseconds. */
  public long percentile(double share) {
    long wanted = (long) Math.ceil(share * count);
    long passed = 0;
    for (int step = 0; step < counts.length; step++) {
      passed += counts[step];
      if (passed >= wanted) {
        return Math.clamp(middle(step), Math.min(least, most), most);
      }
    }
    return most;
  }
}
