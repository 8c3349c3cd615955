package io.packetwalk.correlate.match;

import java.util.Arrays;

/**
 * The sightings of the time window: a ring of parallel arrays. A sighting's number counts from the
 * first one ever; its slot is the number modulo the ring's size.
 */
final class Sightings {
  static final int NONE = -1;

  final int mask;
  final long[] hash;
  final long[] time;
  final long[] stamp;
  final long[] frame;
  final long[] train;
  final int[] flow;
  final int[] tap;
  final int[] look;
  final int[] from;
  final int[] length;
  final int[] number;
  final byte[] hopLimit;
  final boolean[] error;

  /** The next sighting of the same contents; {@link #NONE} at the last. */
  final int[] next;

  /** At the first sighting of its contents: the last one. */
  final int[] last;

  /** The earlier sighting of the same flow at any place, by its number; negative without one. */
  final long[] earlier;

  /** The sighting of the packet that this ICMP error is about, by its number. */
  final long[] cause;

  /** Whether it is the first of its contents. */
  final boolean[] head;

  /** Whether it was assigned to a packet. */
  final boolean[] settled;

  /** The packet that each was assigned to: of twice as many as the ring holds. */
  private final long[] packet;

  private long oldest;
  private long end;

  Sightings(int capacity) {
    int size = Integer.highestOneBit(Math.max(capacity, 16) - 1) * 2;
    mask = size - 1;
    hash = new long[size];
    time = new long[size];
    stamp = new long[size];
    frame = new long[size];
    train = new long[size];
    flow = new int[size];
    tap = new int[size];
    look = new int[size];
    from = new int[size];
    length = new int[size];
    number = new int[size];
    hopLimit = new byte[size];
    error = new boolean[size];
    next = new int[size];
    last = new int[size];
    earlier = new long[size];
    cause = new long[size];
    head = new boolean[size];
    settled = new boolean[size];
    packet = new long[size * 2];
    Arrays.fill(next, NONE);
  }

  boolean isFull() {
    return end - oldest > mask;
  }

  boolean isEmpty() {
    return end == oldest;
  }

  /** Takes the next slot, clean. */
  int add() {
    int slot = (int) end++ & mask;
    next[slot] = NONE;
    last[slot] = slot;
    cause[slot] = NONE;
    head[slot] = false;
    settled[slot] = false;
    packet[(int) (end - 1) & packet.length - 1] = 0;
    return slot;
  }

  /** The slot of the oldest sighting. */
  int oldest() {
    return (int) oldest & mask;
  }

  long oldestNumber() {
    return oldest;
  }

  /** Remembers which packet the sighting in this slot is of. */
  void assign(int slot, long id) {
    packet[(int) number(slot) & packet.length - 1] = id;
  }

  /** The number of the sighting in this slot. */
  private long number(int slot) {
    return oldest + (slot - (int) oldest & mask);
  }

  boolean isNewer(int slot, int other) {
    return number(slot) > number(other);
  }

  /** The packet of a sighting by its number, while it is remembered; otherwise zero. */
  long packet(long sighting) {
    return sighting >= 0 && sighting > end - packet.length
        ? packet[(int) sighting & packet.length - 1]
        : 0;
  }

  void drop() {
    oldest++;
  }

  /** The number of the newest sighting. */
  long newest() {
    return end - 1;
  }

  /** Whether the sighting with this number is still in the ring. */
  boolean holds(long sighting) {
    return sighting >= oldest && sighting < end;
  }
}
