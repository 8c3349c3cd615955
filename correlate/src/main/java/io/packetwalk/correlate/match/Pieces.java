package io.packetwalk.correlate.match;

import java.util.ArrayList;
import java.util.List;

/**
 * The assignment of pieces and wholes to the packets that they are of: a packet for each sighting
 * at the first place of the way, with everything later that carries some of the same bytes.
 */
final class Pieces {
  private static final long SLACK = 1_000_000;

  private final Sightings sightings;
  private final Order order;
  private final Slots group;

  Pieces(Sightings sightings, Order order, Slots group) {
    this.sightings = sightings;
    this.order = order;
    this.group = group;
  }

  /** A packet's sightings, and what each of them shows of it. */
  record Assigned(Slots slots, List<Part> parts, Quality quality) {}

  List<Assigned> assign() {
    List<Slots> packets = new ArrayList<>();
    boolean[] placed = new boolean[group.count()];
    boolean doubtful = false;
    for (int start = 0; start < group.count(); start++) {
      if (!placed[start]) {
        doubtful |= gather(start, placed, packets);
      }
    }
    List<Assigned> assigned = new ArrayList<>();
    for (Slots packet : packets) {
      assigned.add(assigned(packet, doubtful ? Quality.AMBIGUOUS : Quality.UNIQUE));
    }
    return assigned;
  }

  /** Makes packets of the sightings at this one's place, and gives them what belongs to them. */
  private boolean gather(int start, boolean[] placed, List<Slots> packets) {
    int first = group.at(start);
    List<Slots> origins = new ArrayList<>();
    boolean[] isOrigin = new boolean[group.count()];
    for (int index = start; index < group.count(); index++) {
      int slot = group.at(index);
      boolean here =
          !placed[index]
              && sightings.tap[slot] == sightings.tap[first]
              && sightings.hopLimit[slot] == sightings.hopLimit[first];
      if (here) {
        Slots packet = new Slots();
        packet.add(slot);
        origins.add(packet);
        placed[index] = true;
        isOrigin[index] = true;
      }
    }
    boolean doubtful = false;
    for (int index = 0; index < group.count(); index++) {
      if (!isOrigin[index] && !placed[index]) {
        int found = give(group.at(index), origins);
        placed[index] = found > 0;
        doubtful |= found > 1;
      }
    }
    packets.addAll(origins);
    return doubtful;
  }

  /**
   * Gives a sighting to the packets whose bytes it carries. Of several with the same bytes, sent
   * again, the newest before it is meant.
   *
   * @return 0 for none, 1 when it was clear which, 2 otherwise
   */
  private int give(int slot, List<Slots> origins) {
    int found = 0;
    for (int index = 0; index < origins.size(); index++) {
      int origin = origins.get(index).at(0);
      if (!overlap(origin, slot)) {
        continue;
      }
      boolean again = false;
      for (int later = 0; later < origins.size(); later++) {
        int other = origins.get(later).at(0);
        boolean same = later != index && overlap(other, slot) && overlap(other, origin);
        again |= same && isBetter(other, origin, slot);
        found |= same && !isClear(origin, other, slot) ? 2 : 0;
      }
      if (!again) {
        origins.get(index).add(slot);
        found |= 1;
      }
    }
    return found > 1 ? 2 : found;
  }

  /** Whether the sighting is rather one of {@code other}: sent before it, and nearer to it. */
  private boolean isBetter(int other, int origin, int slot) {
    long toOther = sightings.time[slot] - sightings.time[other] + SLACK;
    long toOrigin = sightings.time[slot] - sightings.time[origin] + SLACK;
    if (toOther < 0 || toOrigin < 0) {
      return toOther > toOrigin;
    }
    return toOther < toOrigin || (toOther == toOrigin && other < origin);
  }

  /** Whether the times leave no doubt which of the two it is. */
  private boolean isClear(int origin, int other, int slot) {
    long gap = Math.abs(sightings.time[origin] - sightings.time[other]);
    long nearest =
        Math.min(
            Math.abs(sightings.time[slot] - sightings.time[origin]),
            Math.abs(sightings.time[slot] - sightings.time[other]));
    return order.isOneClock(origin, slot) ? gap > 4 * nearest : gap > 4 * nearest + 10 * SLACK;
  }

  private Assigned assigned(Slots packet, Quality quality) {
    int origin = packet.at(0);
    order.sort(packet);
    List<Part> parts = new ArrayList<>();
    for (int index = 0; index < packet.count(); index++) {
      parts.add(part(origin, packet.at(index)));
    }
    return new Assigned(packet, parts, quality);
  }

  private Part part(int origin, int slot) {
    int distance = sightings.from[slot] - sightings.from[origin];
    int end = distance + sightings.length[slot];
    int length = sightings.length[origin];
    if (distance == 0 && end == length) {
      return Part.SAME;
    }
    if (distance >= 0 && end <= length) {
      return Part.PIECE;
    }
    return distance <= 0 && end >= length ? Part.JOINED : Part.OVERLAPPING;
  }

  private boolean overlap(int first, int second) {
    int distance = sightings.from[second] - sightings.from[first];
    return distance >= 0
        ? distance < sightings.length[first]
        : -distance < sightings.length[second];
  }
}
