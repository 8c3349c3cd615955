package io.packetwalk.correlate.match;

import io.packetwalk.correlate.match.Succession.Choice;

/**
 * The telling apart of packets with the same contents. At one place and with one hop limit a packet
 * is of one flow, and is seen once.
 *
 * <p>Flows that are known to be one connection go together. Several packets of one connection keep
 * their order from place to place; that is taken for certain where the counts agree, or where the
 * times leave no other choice.
 */
final class Separation {
  /** What without a number takes longer from the first tap to the last is doubted. */
  private static final long LONGEST_WAY = 20_000_000;

  private final Sightings sightings;
  private final FlowTable flows;
  private final Kinship kinship;
  private final Exclusion exclusion;
  private final Connections connections;
  private final Succession succession;

  Separation(Sightings sightings, FlowTable flows, Kinship kinship, Order order) {
    this.sightings = sightings;
    this.flows = flows;
    this.kinship = kinship;
    this.exclusion = new Exclusion(sightings, flows, kinship);
    this.connections = new Connections(sightings, flows, kinship, exclusion);
    this.succession = new Succession(sightings, order, exclusion);
  }

  /** Says that a tap shows all devices of a node at once. */
  void crowd(int tap) {
    exclusion.crowd(tap);
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
        if (exclusion.excludes(slot, slots.at(other))
            || exclusion.areStrangers(slot, slots.at(other))) {
          return false;
        }
      }
      translated |= sightings.flow[slot] != sightings.flow[slots.at(0)];
    }
    return !translated || !contradicts(slots);
  }

  /**
   * Whether others could as well be meant: nothing numbers the packet, and its sightings are so far
   * apart that one of them may be of the next that looks the same, or a tap shows it twice that
   * doesn't tell its devices apart.
   */
  boolean isScattered(Slots slots) {
    if (slots.count() < 2 || sightings.number[slots.at(0)] != 0) {
      return false;
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int index = 0; index < slots.count(); index++) {
      int slot = slots.at(index);
      first = Math.min(first, sightings.time[slot]);
      last = Math.max(last, sightings.time[slot]);
      for (int other = 0; other < index; other++) {
        if (exclusion.areUntold(slot, slots.at(other))) {
          return true;
        }
      }
    }
    return last - first > LONGEST_WAY;
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
    boolean sure = connections.part(slots, own, rest);
    Quality quality = sure ? Quality.UNIQUE : Quality.AMBIGUOUS;
    for (int index = 0; index < own.count(); index++) {
      int slot = own.at(index);
      if (index > 0 && isTwice(packet, slot)) {
        rest.add(slot);
        quality = worse(quality, Quality.ORDERED);
        continue;
      }
      Choice choice = index == 0 ? Choice.SURE : succession.choice(own, index);
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
      if (exclusion.excludes(packet.at(index), slot)) {
        return true;
      }
    }
    return false;
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
