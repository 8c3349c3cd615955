package io.packetwalk.correlate.match;

/**
 * Packets of one connection with the same contents, one after the other: they keep their order from
 * place to place.
 */
final class Succession {
  private static final long CLOCK_SLACK = 10_000_000;

  private final Sightings sightings;
  private final Order order;
  private final Exclusion exclusion;

  Succession(Sightings sightings, Order order, Exclusion exclusion) {
    this.sightings = sightings;
    this.order = order;
    this.exclusion = exclusion;
  }

  /** Which packet a later sighting is of: the first one for certain, probably, or another. */
  enum Choice {
    SURE,
    LIKELY,
    ANOTHER
  }

  /** Whether the sighting at this index is of the first packet or of one that came after it. */
  Choice choice(Slots own, int index) {
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
      count += exclusion.isAlike(own.at(index), slot) ? 1 : 0;
    }
    return count;
  }

  private int secondOf(Slots own, int first) {
    for (int index = 1; index < own.count(); index++) {
      if (exclusion.isAlike(own.at(index), first)) {
        return own.at(index);
      }
    }
    return first;
  }
}
