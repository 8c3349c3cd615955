package io.packetwalk.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time of a frame as text: UTC, as precise as the capture. */
final class CaptureTime {
  private static final long SECOND = 1_000_000_000L;
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private CaptureTime() {}

  /** Microseconds, or nanoseconds where there are any; a dash for no time. */
  static String of(long nanoseconds) {
    if (nanoseconds == 0) {
      return "-";
    }
    long fraction = Math.floorMod(nanoseconds, SECOND);
    Instant second = Instant.ofEpochSecond(Math.floorDiv(nanoseconds, SECOND));
    return FORMAT.format(second)
        + (fraction % 1000 == 0 ? ".%06d".formatted(fraction / 1000) : ".%09d".formatted(fraction));
  }
}
