package io.packetwalk.correlate;

import io.packetwalk.capture.tap.TapLife;
import java.util.Arrays;
import java.util.OptionalLong;

/** What was learned of each tap while its frames went by. */
final class TapLives {
  private long[] frames = new long[0];
  private long[] first = new long[0];
  private long[] last = new long[0];
  private long[] cut = new long[0];

  void frame(int tap, long stamp, boolean recognisable) {
    if (tap >= frames.length) {
      grow(tap + 16);
    }
    frames[tap]++;
    first[tap] = Math.min(first[tap], stamp);
    last[tap] = Math.max(last[tap], stamp);
    cut[tap] += recognisable ? 0 : 1;
  }

  private void grow(int size) {
    int old = frames.length;
    frames = Arrays.copyOf(frames, size);
    first = Arrays.copyOf(first, size);
    last = Arrays.copyOf(last, size);
    cut = Arrays.copyOf(cut, size);
    Arrays.fill(first, old, size, Long.MAX_VALUE);
    Arrays.fill(last, old, size, Long.MIN_VALUE);
  }

  TapLife of(int tap, OptionalLong dropped, boolean damaged, String filter) {
    return tap < frames.length && frames[tap] > 0
        ? new TapLife(
            frames[tap], first[tap], last[tap], last[tap], dropped, cut[tap], damaged, filter)
        : new TapLife(
            0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, dropped, 0, damaged, filter);
  }
}
