package io.packetwalk.report.walk;

import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.Verdict;
import java.util.Locale;

/** How verdicts are shown. */
final class Verdicts {
  private Verdicts() {}

  static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static String capitals(Verdict verdict) {
    return verdict.name();
  }

  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case DELIVERED -> Tone.GOOD;
      case DROPPED, REJECTED, LOOPED -> Tone.BAD;
      case LEFT, UNDETERMINED -> Tone.DOUBTFUL;
    };
  }

  /** Where the rail of the picture ends. */
  static String mark(Verdict verdict) {
    return switch (verdict) {
      case DELIVERED -> "▼";
      case DROPPED, REJECTED -> "✗";
      case LEFT -> "▶";
      case LOOPED -> "↻";
      case UNDETERMINED -> "?";
    };
  }

  /** A share of packets as people write it. */
  static String percent(double weight) {
    double percent = weight * 100;
    return Math.abs(percent - Math.rint(percent)) < 0.05
        ? "%d %%".formatted(Math.round(percent))
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
