package io.packetwalk.correlate.match;

/**
 * The telling apart of packets with the same contents. At one place and with one hop limit a packet
 * is of one flow, and is seen once.
 *
 * <p>Flows that are known to be one connection go together. Several packets of one connection keep
 * their order from place to place; that is taken for certain where the counts agree, or where the
 * times leave no other choice.
 */
final class Separation {
  private static final long CLOCK_SLACK = 10_000_000;

  /** What without a number takes longer from the first tap to the last is doubted. */
  private static final long LONGEST_WAY = 20_000_000;

  private final Sightings sightings;
  private final FlowTable flows;
  private final Kinship kinship;
  private final Order order;

  Separation(Sightings sightings, FlowTable flows, Kinship kinship, Order order) {
    this.sightings = sightings;
    this.flows = flows;
    this.kinship = kinship;
    this.order = order;
  }

  /** The earliest packet, and the sightings of the others in the order in which they came. */
  record Result(Slots packet, Slots rest, Quality quality) {}

  /** Whether these can only be sightings of one packet. */
  boolean isOne(Slots slots) {
    int count = slots.count();
    boolean translated = false;
    for (int index = 1; index < count; index++) {
      int slot = slots.at(index);
      for (int other = 0; other < index; other++) {
        if (excludes(slot, slots.at(other)) || areStrangers(slot, slots.at(other))) {
          return false;
        }
      }
      translated |= sightings.flow[slot] != sightings.flow[slots.at(0)];
    }
    return !translated || !contradicts(slots);
  }

  /** Whether one packet can't be in both of these sightings. */
  private boolean excludes(int first, int second) {
    boolean here =
        sightings.tap[first] == sightings.tap[second]
            && sightings.hopLimit[first] == sightings.hopLimit[second];
    return here
        && (sightings.flow[first] == sightings.flow[second]
            ? sightings.look[first] == sightings.look[second]
            : !isReturned(first, second));
  }

  /**
   * Whether the flows of two sightings with the same contents can't be one, whatever the contents:
   * nobody translates what stays on a link, and contents without an identification are no proof of
   * translation that changes both ends.
   */
  private boolean areStrangers(int first, int second) {
    int flow = sightings.flow[first];
    int other = sightings.flow[second];
    if (flow == other || kinship.areOne(flow, other)) {
      return false;
    }
    return flows.staysOnLink(flow)
        || flows.staysOnLink(other)
        || (sightings.number[first] == 0 && !flows.shareAnEnd(flow, other));
  }

  /**
   * Whether others could as well be meant: nothing numbers the packet, and its sightings are so far
   * apart that one of them may be of the next that looks the same.
   */
  boolean isScattered(Slots slots) {
    if (slots.count() < 2 || sightings.number[slots.at(0)] != 0) {
      return false;
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int index = 0; index < slots.count(); index++) {
      first = Math.min(first, sightings.time[slots.at(index)]);
      last = Math.max(last, sightings.time[slots.at(index)]);
    }
    return last - first > LONGEST_WAY;
  }

  /**
   * Whether a bridge may have sent the packet out of the port that it came in by, translated: it
   * has an identification of its own, and keeps one of its ends.
   */
  private boolean isReturned(int first, int second) {
    return sightings.number[first] != 0
        && sightings.look[first] != sightings.look[second]
        && flows.shareAnEnd(sightings.flow[first], sightings.flow[second]);
  }

  /** Whether translation between these flows would be another than the one that is known. */
  private boolean contradicts(Slots slots) {
    for (int index = 1; index < slots.count(); index++) {
      int flow = sightings.flow[slots.at(index)];
      int before = sightings.flow[slots.at(index - 1)];
      boolean known =
          flow == before || flows.isTcp(flow) || kinship.areOne(before, flow) || !isTaken(before);
      if (!known) {
        return true;
      }
    }
    return false;
  }

  /** Whether the flow became another one only a while ago. */
  private boolean isTaken(int flow) {
    return kinship.hasAfter(flow) && sightings.holds(kinship.newest(kinship.after(flow)));
  }

  /** Takes the earliest packet out. */
  Result first(Slots slots) {
    Slots packet = new Slots();
    Slots rest = new Slots();
    Slots own = new Slots();
    boolean sure = kin(slots, own, rest);
    Quality quality = sure ? Quality.UNIQUE : Quality.AMBIGUOUS;
    for (int index = 0; index < own.count(); index++) {
      int slot = own.at(index);
      if (index > 0 && isTwice(packet, slot)) {
        rest.add(slot);
        quality = worse(quality, Quality.ORDERED);
        continue;
      }
      Choice choice = index == 0 ? Choice.SURE : choice(own, index);
      if (choice == Choice.ANOTHER) {
        rest.add(slot);
        quality = worse(quality, Quality.ORDERED);
      } else {
        packet.add(slot);
        quality = worse(quality, choice == Choice.SURE ? Quality.UNIQUE : Quality.AMBIGUOUS);
      }
    }
    sortByAge(rest);
    return new Result(packet, rest, quality);
  }

  private static Quality worse(Quality first, Quality second) {
    return first.compareTo(second) > 0 ? first : second;
  }

  private boolean isTwice(Slots packet, int slot) {
    for (int index = 0; index < packet.count(); index++) {
      if (excludes(packet.at(index), slot)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Parts the sightings into those of the first one's connection and the others.
   *
   * @return whether it is certain that the others are no part of it
   */
  private boolean kin(Slots slots, Slots own, Slots rest) {
    int flow = sightings.flow[slots.at(0)];
    boolean sure = true;
    for (int index = 0; index < slots.count(); index++) {
      int slot = slots.at(index);
      int other = sightings.flow[slot];
      boolean related = kinship.areOne(flow, other);
      boolean onlyChoice =
          !related
              && !kinship.hasAfter(flow)
              && !kinship.hasBefore(other)
              && !areStrangers(slots.at(0), slot)
              && isOnly(slots, slot);
      if (related || onlyChoice) {
        own.add(slot);
      } else {
        rest.add(slot);
        sure &= kinship.hasAfter(flow) || isExcluded(slots, other);
      }
    }
    return sure;
  }

  /** Whether the first flow is the only one of these that shares an end with this sighting's. */
  private boolean isOnly(Slots slots, int slot) {
    int first = sightings.flow[slots.at(0)];
    int flow = sightings.flow[slot];
    if (!flows.shareAnEnd(first, flow) || isExcluded(slots, flow)) {
      return false;
    }
    for (int index = 0; index < slots.count(); index++) {
      int other = sightings.flow[slots.at(index)];
      boolean rival = other != first && other != flow && flows.shareAnEnd(flow, other);
      if (rival && !kinship.areOne(first, other)) {
        return false;
      }
    }
    return true;
  }

  /** Whether some place saw this flow and the first one's with the same hop limit. */
  private boolean isExcluded(Slots slots, int flow) {
    int first = sightings.flow[slots.at(0)];
    for (int index = 0; index < slots.count(); index++) {
      int slot = slots.at(index);
      for (int other = 0; sightings.flow[slot] == first && other < slots.count(); other++) {
        int second = slots.at(other);
        boolean here =
            sightings.flow[second] == flow
                && sightings.tap[slot] == sightings.tap[second]
                && sightings.hopLimit[slot] == sightings.hopLimit[second];
        if (here) {
          return true;
        }
      }
    }
    return false;
  }

  private enum Choice {
    SURE,
    LIKELY,
    ANOTHER
  }

  /** Whether the sighting at this index is of the first packet or of one that came after it. */
  private Choice choice(Slots own, int index) {
    int first = own.at(0);
    int slot = own.at(index);
    int sent = count(own, first);
    int arrived = count(own, slot);
    if (sent <= arrived) {
      return Choice.SURE;
    }
    int second = secondOf(own, first);
    long delay = sightings.time[slot] - sightings.time[first];
    long gap = sightings.time[second] - sightings.time[first];
    long slack = order.isOneClock(first, slot) ? 0 : CLOCK_SLACK;
    if (delay + slack < gap) {
      return 4 * (delay + slack) < gap ? Choice.SURE : Choice.LIKELY;
    }
    return delay - gap >= slack ? Choice.ANOTHER : Choice.LIKELY;
  }

  /** How often something that looks like this sighting is there. */
  private int count(Slots own, int slot) {
    int count = 0;
    for (int index = 0; index < own.count(); index++) {
      count += isAlike(own.at(index), slot) ? 1 : 0;
    }
    return count;
  }

  private int secondOf(Slots own, int first) {
    for (int index = 1; index < own.count(); index++) {
      if (isAlike(own.at(index), first)) {
        return own.at(index);
      }
    }
    return first;
  }

  private boolean isAlike(int first, int second) {
    return sightings.tap[first] == sightings.tap[second]
        && sightings.hopLimit[first] == sightings.hopLimit[second]
        && sightings.flow[first] == sightings.flow[second]
        && sightings.look[first] == sightings.look[second];
  }

  private void sortByAge(Slots slots) {
    for (int index = 1; index < slots.count(); index++) {
      int slot = slots.at(index);
      int at = index;
      while (at > 0 && sightings.isNewer(slots.at(at - 1), slot)) {
        slots.set(at, slots.at(at - 1));
        at--;
      }
      slots.set(at, slot);
    }
  }
}
