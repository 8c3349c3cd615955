package io.packetwalk.correlate;

import io.packetwalk.wire.decode.Fingerprint;
import java.util.Arrays;

/**
 * Frames that two captures of one device hold both, which ran there at the same time. The kernel
 * stamps a frame once for all of them; their files may keep the stamp in other units.
 */
final class Copies {
  /** How many frames may be captured at one place within a microsecond. */
  private static final int REMEMBERED = 8;

  private long[] micros = new long[0];
  private long[] hashes = new long[0];
  private int[] captures = new int[0];
  private int[] next = new int[0];

  /**
   * Whether another capture of the place held this frame already.
   *
   * @param place the tap that stands for the place
   * @param own the tap of the capture that holds the frame
   */
  boolean isCopy(int place, int own, long stamp, Fingerprint print) {
    if (place >= next.length) {
      grow(place + 16);
    }
    long micro = Math.floorDiv(stamp, 1000);
    long hash = print.hash() + print.hopLimit() * 31L + print.look();
    int from = place * REMEMBERED;
    for (int at = from; at < from + REMEMBERED; at++) {
      if (micros[at] == micro && hashes[at] == hash && captures[at] != own) {
        // Each frame has one copy in each other capture.
        captures[at] = own;
        return true;
      }
    }
    int at = from + next[place];
    micros[at] = micro;
    hashes[at] = hash;
    captures[at] = own;
    next[place] = (next[place] + 1) % REMEMBERED;
    return false;
  }

  private void grow(int places) {
    int old = micros.length;
    micros = Arrays.copyOf(micros, places * REMEMBERED);
    hashes = Arrays.copyOf(hashes, places * REMEMBERED);
    captures = Arrays.copyOf(captures, places * REMEMBERED);
    next = Arrays.copyOf(next, places);
    Arrays.fill(micros, old, micros.length, Long.MIN_VALUE);
  }
}
