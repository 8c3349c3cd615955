package io.packetwalk.correlate;

import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.capture.tap.TapLog;
import io.packetwalk.wire.LinkType;
import java.util.Arrays;

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

  /**
   * A tap's life.
   *
   * @param log what is said beside its frames
   */
  TapLife of(int tap, TapLog log, boolean damaged, LinkType link) {
    boolean any = tap < frames.length && frames[tap] > 0;
    long begun = any ? first[tap] : Long.MAX_VALUE;
    long newest = any ? last[tap] : Long.MIN_VALUE;
    long from = Math.min(begun, log.started().orElse(Long.MAX_VALUE));
    // Of a file that ends before it should nobody knows what else it lacks.
    long to = damaged ? newest : Math.max(newest, log.ended().orElse(Long.MIN_VALUE));
    return new TapLife(
        any ? frames[tap] : 0,
        from,
        to,
        newest,
        log.lost(),
        any ? cut[tap] : 0,
        damaged,
        log.filter().orElse(""),
        link);
  }
}
