package io.packetwalk.correlate.match;

import java.util.Arrays;

/** A list of slots of the ring. */
final class Slots {
  private int[] slots = new int[16];
  private int count;

  void clear() {
    count = 0;
  }

  void add(int slot) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, count * 2);
    }
    slots[count++] = slot;
  }

  int at(int index) {
    return slots[index];
  }

  void set(int index, int slot) {
    slots[index] = slot;
  }

  int count() {
    return count;
  }
}
