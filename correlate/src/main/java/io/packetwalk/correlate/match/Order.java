package io.packetwalk.correlate.match;

import java.util.Arrays;

/**
 * The order of a packet's sightings along its way: by time where one clock stamped them. Where the
 * clocks differ, by hop limit before time, since routers only lower it. At equal hop limits it is
 * by time where the clocks are known to agree; elsewhere the node comes first that also saw a
 * higher one, and last that also saw a lower one.
 */
final class Order {
  private final Sightings sightings;
  private int[] clocks = new int[64];
  private int[] circles = new int[64];

  Order(Sightings sightings) {
    this.sightings = sightings;
  }

  /**
   * Says what stamps a tap's frames.
   *
   * @param circle the same for clocks that are known to agree
   */
  void clock(int tap, int clock, int circle) {
    if (tap >= clocks.length) {
      int size = Math.max(tap + 1, clocks.length * 2);
      clocks = Arrays.copyOf(clocks, size);
      circles = Arrays.copyOf(circles, size);
    }
    clocks[tap] = clock;
    circles[tap] = circle;
  }

  /** Whether one clock stamped both. */
  boolean isOneClock(int first, int second) {
    return clocks[sightings.tap[first]] == clocks[sightings.tap[second]];
  }

  private boolean agree(int first, int second) {
    return circles[sightings.tap[first]] == circles[sightings.tap[second]];
  }

  /** Sorts in place; what is equal stays in the order in which it came. */
  void sort(Slots slots) {
    for (int index = 1; index < slots.count(); index++) {
      int slot = slots.at(index);
      int at = index;
      while (at > 0 && isBefore(slot, slots.at(at - 1), slots)) {
        slots.set(at, slots.at(at - 1));
        at--;
      }
      slots.set(at, slot);
    }
  }

  private boolean isBefore(int first, int second, Slots all) {
    if (!isOneClock(first, second)) {
      int hops = sightings.hopLimit[first] & 0xff;
      int others = sightings.hopLimit[second] & 0xff;
      if (hops != others) {
        return hops > others;
      }
      int rank = agree(first, second) ? 0 : rank(first, all) - rank(second, all);
      if (rank != 0) {
        return rank > 0;
      }
    }
    return sightings.time[first] < sightings.time[second];
  }

  /** Higher for a node that also saw the packet before a router, lower for one that did behind. */
  private int rank(int slot, Slots all) {
    int hops = sightings.hopLimit[slot] & 0xff;
    int highest = hops;
    int lowest = hops;
    for (int index = 0; index < all.count(); index++) {
      int other = all.at(index);
      if (isOneClock(slot, other)) {
        highest = Math.max(highest, sightings.hopLimit[other] & 0xff);
        lowest = Math.min(lowest, sightings.hopLimit[other] & 0xff);
      }
    }
    return (highest > hops ? 1 : 0) - (lowest < hops ? 1 : 0);
  }
}
