package io.packetwalk.correlate.match;

/**
 * The look-up of packets that are pieces of one another: TCP segments that share acknowledgment and
 * timestamps and whose sequence numbers overlap, and IP fragments of one identification.
 *
 * <p>TCP's are filed by blocks of sequence numbers, so that a long burst without timestamps, all
 * with one acknowledgment, isn't a single long chain.
 */
final class Trains {
  private static final int BLOCK_BITS = 17;
  private static final int LONGEST = 1 << 16;
  private static final int MOST_STEPS = 8192;
  private static final int MOST_MEMBERS = 2048;

  private final Sightings sightings;
  private final FlowTable flows;
  private final Kinship kinship;
  private final Chains chains;
  private final Slots group = new Slots();

  Trains(Sightings sightings, FlowTable flows, Kinship kinship) {
    this.sightings = sightings;
    this.flows = flows;
    this.kinship = kinship;
    this.chains = new Chains(sightings.mask + 1);
  }

  private static long key(long train, int block) {
    long mixed = (train ^ block) * 0x9e37_79b9_7f4a_7c15L;
    return mixed ^ mixed >>> 29;
  }

  void add(int head) {
    if (sightings.train[head] != 0) {
      chains.add(key(sightings.train[head], sightings.from[head] >>> BLOCK_BITS), head);
    }
  }

  void remove(int head) {
    if (sightings.train[head] != 0) {
      chains.remove(key(sightings.train[head], sightings.from[head] >>> BLOCK_BITS), head);
    }
  }

  /**
   * These sightings, and all those of packets that they are pieces of or that are pieces of them.
   */
  Slots group(Slots slots) {
    group.clear();
    for (int index = 0; index < slots.count(); index++) {
      group.add(slots.at(index));
    }
    int steps = 0;
    for (int index = 0; index < group.count() && group.count() < MOST_MEMBERS; index++) {
      int slot = group.at(index);
      if (sightings.train[slot] != 0 && steps < MOST_STEPS) {
        int first = (sightings.from[slot] - LONGEST) >>> BLOCK_BITS;
        int last = (sightings.from[slot] + sightings.length[slot]) >>> BLOCK_BITS;
        steps = collect(slot, first, steps);
        steps = last == first ? steps : collect(slot, last, steps);
      }
    }
    return group;
  }

  private int collect(int slot, int block, int taken) {
    int steps = taken;
    int head = chains.first(key(sightings.train[slot], block));
    while (head != Sightings.NONE && steps++ < MOST_STEPS) {
      int next = chains.after(head);
      if (isRelated(slot, head) && !isMember(head)) {
        for (int more = head; more != Sightings.NONE; more = sightings.next[more]) {
          group.add(more);
        }
      }
      head = next;
    }
    return steps;
  }

  private boolean isMember(int head) {
    for (int index = 0; index < group.count(); index++) {
      if (group.at(index) == head) {
        return true;
      }
    }
    return false;
  }

  private boolean isRelated(int slot, int head) {
    if (sightings.train[slot] != sightings.train[head]) {
      return false;
    }
    int flow = sightings.flow[slot];
    int other = sightings.flow[head];
    boolean kin = kinship.areOne(flow, other);
    if (flows.isTcp(flow)) {
      return overlap(slot, head) && (kin || (isAlone(flow) && isAlone(other)));
    }
    return kin || flows.haveSameEnds(flow, other);
  }

  private boolean isAlone(int flow) {
    return !kinship.hasBefore(flow) && !kinship.hasAfter(flow);
  }

  /** Whether the two carry a byte in common; sequence numbers wrap around. */
  private boolean overlap(int first, int second) {
    int distance = sightings.from[second] - sightings.from[first];
    return distance >= 0
        ? distance < sightings.length[first]
        : -distance < sightings.length[second];
  }
}
