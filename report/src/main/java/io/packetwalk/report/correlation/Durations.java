package io.packetwalk.report.correlation;

import io.packetwalk.correlate.clock.Offset;
import java.util.Locale;

/** Times of packets as people read them: three digits and a unit. */
final class Durations {
  private Durations() {}

  /** A duration in nanoseconds, with its sign if it is negative. */
  static String of(long nanoseconds) {
    double size = Math.abs((double) nanoseconds);
    String sign = nanoseconds < 0 ? "−" : "";
    if (size < 1_000) {
      return sign + (long) size + " ns";
    }
    if (size < 1e6) {
      return sign + digits(size / 1e3) + " µs";
    }
    return sign + (size < 1e9 ? digits(size / 1e6) + " ms" : digits(size / 1e9) + " s");
  }

  private static String digits(double number) {
    return number < 10
        ? String.format(Locale.ROOT, "%.2f", number)
        : number < 100
            ? String.format(Locale.ROOT, "%.1f", number)
            : String.format(Locale.ROOT, "%.0f", number);
  }

  /** How far something may be off. */
  static String bound(long nanoseconds) {
    return nanoseconds == 0
        ? ""
        : nanoseconds == Offset.UNBOUNDED ? " ± ?" : " ± " + of(nanoseconds);
  }
}
