package io.packetwalk.correlate;

import io.packetwalk.correlate.clock.ClockSurvey;
import java.util.Arrays;

/**
 * Sightings that are compared whatever their times are, to learn how far clocks are apart. Only
 * contents count that no tap saw twice.
 */
final class CommonContents {
  private static final int NONE = -1;

  private long[] hashes = new long[1 << 12];
  private long[] stamps = new long[1 << 12];
  private int[] taps = new int[1 << 12];
  private int[] nodes = new int[1 << 12];
  private int[] hops = new int[1 << 12];
  private int[] next = new int[1 << 12];
  private int[] heads = filled(1 << 13);
  private int count;

  private static int[] filled(int size) {
    int[] array = new int[size];
    Arrays.fill(array, NONE);
    return array;
  }

  void add(long hash, int tap, int node, int hopLimit, long stamp) {
    if (count == hashes.length) {
      grow();
    }
    hashes[count] = hash;
    stamps[count] = stamp;
    taps[count] = tap;
    nodes[count] = node;
    hops[count] = hopLimit;
    file(count++);
  }

  private void file(int index) {
    int bin = (int) (hashes[index] ^ hashes[index] >>> 32) & heads.length - 1;
    next[index] = heads[bin];
    heads[bin] = index;
  }

  private void grow() {
    int size = count * 2;
    hashes = Arrays.copyOf(hashes, size);
    stamps = Arrays.copyOf(stamps, size);
    taps = Arrays.copyOf(taps, size);
    nodes = Arrays.copyOf(nodes, size);
    hops = Arrays.copyOf(hops, size);
    next = Arrays.copyOf(next, size);
    heads = filled(size * 2);
    for (int index = 0; index < count; index++) {
      file(index);
    }
  }

  /** Tells the survey about every packet that was seen at several nodes. */
  void compare(ClockSurvey survey) {
    int[] members = new int[64];
    for (int head : heads) {
      for (int start = head; start != NONE; start = next[start]) {
        int size = members(start, members);
        if (size > 1) {
          compare(members, size, survey);
        }
      }
    }
  }

  /** The sightings of this one's contents, when it is the newest of them; 0 when it isn't. */
  private int members(int start, int[] members) {
    int bin = (int) (hashes[start] ^ hashes[start] >>> 32) & heads.length - 1;
    for (int at = heads[bin]; at != start; at = next[at]) {
      if (hashes[at] == hashes[start]) {
        return 0;
      }
    }
    int size = 0;
    for (int at = start; at != NONE; at = next[at]) {
      if (hashes[at] == hashes[start]) {
        if (size == members.length || isTwice(members, size, at)) {
          return 0;
        }
        members[size++] = at;
      }
    }
    return size;
  }

  private boolean isTwice(int[] members, int size, int at) {
    for (int index = 0; index < size; index++) {
      int other = members[index];
      if (taps[other] == taps[at] && hops[other] == hops[at]) {
        return true;
      }
    }
    return false;
  }

  /** The direction of a packet between two nodes is that of its hop limit. */
  private void compare(int[] members, int size, ClockSurvey survey) {
    for (int first = 0; first < size; first++) {
      for (int second = 0; second < size; second++) {
        int from = members[first];
        int to = members[second];
        if (nodes[from] != nodes[to] && isUpstream(members, size, nodes[from], nodes[to])) {
          survey.sample(nodes[from], nodes[to], stamps[from], stamps[to]);
        }
      }
    }
  }

  private boolean isUpstream(int[] members, int size, int first, int second) {
    int highest = extreme(members, size, first, true) - extreme(members, size, second, true);
    int lowest = extreme(members, size, first, false) - extreme(members, size, second, false);
    return highest >= 0 && lowest >= 0 && highest + lowest > 0;
  }

  private int extreme(int[] members, int size, int node, boolean highest) {
    int found = highest ? 0 : 255;
    for (int index = 0; index < size; index++) {
      int at = members[index];
      if (nodes[at] == node) {
        found = highest ? Math.max(found, hops[at]) : Math.min(found, hops[at]);
      }
    }
    return found;
  }
}
