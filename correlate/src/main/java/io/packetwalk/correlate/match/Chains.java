package io.packetwalk.correlate.match;

import java.util.Arrays;

/** Slots of the ring by a hash: short chains behind a fixed table, the newest first. */
final class Chains {
  private final int[] heads;
  private final int[] next;
  private final int[] previous;

  Chains(int capacity) {
    heads = new int[capacity];
    next = new int[capacity];
    previous = new int[capacity];
    Arrays.fill(heads, Sightings.NONE);
  }

  private int bin(long hash) {
    return (int) (hash ^ hash >>> 32) & heads.length - 1;
  }

  /** The newest slot whose hash may be this one. */
  int first(long hash) {
    return heads[bin(hash)];
  }

  int after(int slot) {
    return next[slot];
  }

  void add(long hash, int slot) {
    int bin = bin(hash);
    int second = heads[bin];
    next[slot] = second;
    previous[slot] = Sightings.NONE;
    if (second != Sightings.NONE) {
      previous[second] = slot;
    }
    heads[bin] = slot;
  }

  void remove(long hash, int slot) {
    if (previous[slot] == Sightings.NONE) {
      heads[bin(hash)] = next[slot];
    } else {
      next[previous[slot]] = next[slot];
    }
    if (next[slot] != Sightings.NONE) {
      previous[next[slot]] = previous[slot];
    }
  }
}
