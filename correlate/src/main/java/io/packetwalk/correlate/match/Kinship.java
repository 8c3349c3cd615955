package io.packetwalk.correlate.match;

import java.util.Arrays;

/**
 * Which flows are one connection before and after translation, as packets showed it that could be
 * told apart, and what else is remembered of each flow.
 */
final class Kinship {
  private static final int FARTHEST = 8;
  private static final int NONE = -1;

  private int[] before = new int[0];
  private int[] after = new int[0];
  private long[] places = new long[0];
  private int[] usualPath = new int[0];
  private long[] newest = new long[0];

  void reserve(int flow) {
    int old = before.length;
    if (flow < old) {
      return;
    }
    int size = Math.max(256, Math.max(flow + 1, old * 2));
    before = grown(before, size);
    after = grown(after, size);
    usualPath = grown(usualPath, size);
    places = Arrays.copyOf(places, size);
    newest = Arrays.copyOf(newest, size);
    Arrays.fill(newest, old, size, NONE);
  }

  private static int[] grown(int[] array, int size) {
    int[] larger = Arrays.copyOf(array, size);
    Arrays.fill(larger, array.length, size, NONE);
    return larger;
  }

  /** Translation was seen to make the second flow of the first. */
  void link(int first, int second) {
    after[first] = second;
    before[second] = first;
  }

  /** Whether packets of this flow are also seen earlier on their way, as another flow. */
  boolean hasBefore(int flow) {
    return before[flow] != NONE;
  }

  /** Whether packets of this flow are also seen later on their way, as another flow. */
  boolean hasAfter(int flow) {
    return after[flow] != NONE;
  }

  /** The flow that it was before any translation that was seen. */
  int start(int flow) {
    int at = flow;
    for (int step = 0; step < FARTHEST && before[at] != NONE; step++) {
      at = before[at];
    }
    return at;
  }

  /** The flow that translation makes of this one; negative when none was seen. */
  int after(int flow) {
    return after[flow];
  }

  /** Whether these are known to be one connection. */
  boolean areOne(int first, int second) {
    return first == second || leads(first, second) || leads(second, first);
  }

  private boolean leads(int from, int to) {
    int at = from;
    for (int step = 0; step < FARTHEST && at != NONE; step++) {
      at = after[at];
      if (at == to) {
        return true;
      }
    }
    return false;
  }

  /**
   * Remembers that this tap saw the flow; the last bit of the set stands for all taps that have
   * none of their own.
   */
  void seenAt(int flow, int tap) {
    places[flow] |= 1L << Math.min(tap, 63);
  }

  /** The set of taps that saw the flow. */
  long places(int flow) {
    return places[flow];
  }

  int usualPath(int flow) {
    return usualPath[flow];
  }

  void usualPath(int flow, int path) {
    usualPath[flow] = path;
  }

  /** The number of the flow's newest sighting; negative before the first. */
  long newest(int flow) {
    return newest[flow];
  }

  void newest(int flow, long sighting) {
    newest[flow] = sighting;
  }
}
