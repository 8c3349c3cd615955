package io.packetwalk.correlate.match;

/** The parting of sightings with the same contents by the connections that they belong to. */
final class Connections {
  private final Sightings sightings;
  private final FlowTable flows;
  private final Kinship kinship;
  private final Exclusion exclusion;

  Connections(Sightings sightings, FlowTable flows, Kinship kinship, Exclusion exclusion) {
    this.sightings = sightings;
    this.flows = flows;
    this.kinship = kinship;
    this.exclusion = exclusion;
  }

  /**
   * Parts the sightings into those of the first one's connection and the others.
   *
   * @return whether it is certain that the others are no part of it
   */
  boolean part(Slots slots, Slots own, Slots rest) {
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
              && !exclusion.areStrangers(slots.at(0), slot)
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
        boolean here = sightings.flow[second] == flow && exclusion.areHere(slot, second);
        if (here) {
          return true;
        }
      }
    }
    return false;
  }
}
