package io.packetwalk.correlate.match;

import java.util.Arrays;

/** Whether two sightings with the same contents can be of one packet. */
final class Exclusion {
  private final Sightings sightings;
  private final FlowTable flows;
  private final Kinship kinship;
  private boolean[] crowds = new boolean[0];

  Exclusion(Sightings sightings, FlowTable flows, Kinship kinship) {
    this.sightings = sightings;
    this.flows = flows;
    this.kinship = kinship;
  }

  /** Says that a tap shows all devices of a node at once: a packet passes it several times. */
  void crowd(int tap) {
    if (tap >= crowds.length) {
      crowds = Arrays.copyOf(crowds, tap + 8);
    }
    crowds[tap] = true;
  }

  private boolean isCrowd(int tap) {
    return tap < crowds.length && crowds[tap];
  }

  /** Whether the two may be one packet at two devices of a node, or two packets at one. */
  boolean areUntold(int first, int second) {
    return isCrowd(sightings.tap[first])
        && areHere(first, second)
        && sightings.flow[first] == sightings.flow[second];
  }

  /** Whether one packet can't be in both of these sightings. */
  boolean excludes(int first, int second) {
    return areHere(first, second)
        && !isCrowd(sightings.tap[first])
        && (sightings.flow[first] == sightings.flow[second]
            ? sightings.look[first] == sightings.look[second]
            : !isReturned(first, second));
  }

  /**
   * Whether the flows of two sightings with the same contents can't be one, whatever the contents:
   * nobody translates what stays on a link, and contents without an identification are no proof of
   * translation that changes both ends.
   */
  boolean areStrangers(int first, int second) {
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
   * Whether a bridge may have sent the packet out of the port that it came in by, translated: it
   * has an identification of its own, and keeps one of its ends.
   */
  private boolean isReturned(int first, int second) {
    return sightings.number[first] != 0
        && sightings.look[first] != sightings.look[second]
        && flows.shareAnEnd(sightings.flow[first], sightings.flow[second]);
  }

  /** Whether the two look alike in everything that one place shows of a packet. */
  boolean isAlike(int first, int second) {
    return sightings.tap[first] == sightings.tap[second]
        && sightings.hopLimit[first] == sightings.hopLimit[second]
        && sightings.flow[first] == sightings.flow[second]
        && sightings.look[first] == sightings.look[second];
  }

  /** Whether one place saw both, with one hop limit. */
  boolean areHere(int first, int second) {
    return sightings.tap[first] == sightings.tap[second]
        && sightings.hopLimit[first] == sightings.hopLimit[second];
  }
}
