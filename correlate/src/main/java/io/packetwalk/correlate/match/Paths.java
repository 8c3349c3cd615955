package io.packetwalk.correlate.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of taps that packets passed, numbered in the order of their first packet. */
public final class Paths {
  private final List<int[]> paths = new ArrayList<>();
  private int[] table = new int[64];

  Paths() {}

  int number(int[] taps, int count) {
    int slot = slot(table, taps, count);
    if (table[slot] != 0) {
      return table[slot] - 1;
    }
    paths.add(Arrays.copyOf(taps, count));
    table[slot] = paths.size();
    if (paths.size() * 2 > table.length) {
      grow();
    }
    return paths.size() - 1;
  }

  private int slot(int[] slots, int[] taps, int count) {
    int mask = slots.length - 1;
    int hash = count;
    for (int index = 0; index < count; index++) {
      hash = (hash ^ taps[index]) * 0x9e37_79b1;
      hash ^= hash >>> 15;
    }
    int slot = hash & mask;
    while (slots[slot] != 0 && !isPath(paths.get(slots[slot] - 1), taps, count)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static boolean isPath(int[] path, int[] taps, int count) {
    return Arrays.equals(path, 0, path.length, taps, 0, count);
  }

  private void grow() {
    int[] larger = new int[table.length * 2];
    for (int number = 0; number < paths.size(); number++) {
      int[] path = paths.get(number);
      larger[slot(larger, path, path.length)] = number + 1;
    }
    table = larger;
  }

  /** The taps of a path, in the order in which packets passed them. */
  public List<Integer> taps(int path) {
    return Arrays.stream(paths.get(path)).boxed().toList();
  }

  int length(int path) {
    return paths.get(path).length;
  }

  public int count() {
    return paths.size();
  }
}
