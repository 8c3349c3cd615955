package io.packetwalk.correlate.match;

import java.util.Arrays;

/**
 * A packet with its sightings in the order of its way. There is one, which is used for packet after
 * packet.
 */
public final class SeenPacket {
  private final Sightings sightings;
  private final FlowTable flows;
  private long id;
  private long cause;
  private Quality quality = Quality.UNIQUE;
  private int path;
  private int count;
  private int[] slots = new int[16];
  private Part[] parts = new Part[16];

  SeenPacket(Sightings sightings, FlowTable flows) {
    this.sightings = sightings;
    this.flows = flows;
  }

  void begin(long packet, Quality howSure) {
    id = packet;
    quality = howSure;
    cause = 0;
    count = 0;
  }

  void add(int slot, Part part) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, count * 2);
      parts = Arrays.copyOf(parts, count * 2);
    }
    slots[count] = slot;
    parts[count++] = part;
  }

  void path(int number) {
    path = number;
  }

  void cause(long packet) {
    cause = packet;
  }

  int slot(int index) {
    return slots[index];
  }

  /** The packet's number, from 1, the same at all places. */
  public long id() {
    return id;
  }

  public Quality quality() {
    return quality;
  }

  /** The packet that this one is an ICMP error about; zero when it is none. */
  public long cause() {
    return cause;
  }

  /** The number of its row of taps. */
  public int path() {
    return path;
  }

  /** How many sightings there are. */
  public int count() {
    return count;
  }

  public int tap(int index) {
    return sightings.tap[slots[index]];
  }

  /** When it was seen, by the common clock, in nanoseconds since 1970. */
  public long time(int index) {
    return sightings.time[slots[index]];
  }

  /** When it was seen, as the capture says. */
  public long stamp(int index) {
    return sightings.stamp[slots[index]];
  }

  /** The frame's number in its capture, from 1. */
  public long frame(int index) {
    return sightings.frame[slots[index]];
  }

  /** The number of the flow that it was part of at this place. */
  public int flow(int index) {
    return sightings.flow[slots[index]];
  }

  public int hopLimit(int index) {
    return sightings.hopLimit[slots[index]] & 0xff;
  }

  public Part part(int index) {
    return parts[index];
  }

  /** TCP's sequence number, or the identification of other packets. */
  public int number(int index) {
    return sightings.number[slots[index]];
  }

  /** Where its part of the stream begins. */
  public int from(int index) {
    return sightings.from[slots[index]];
  }

  /** How many bytes of the stream it carries. */
  public int length(int index) {
    return sightings.length[slots[index]];
  }

  /** The number of the protocol that the innermost IP header carries. */
  public int protocol(int index) {
    return flows.protocol(sightings.flow[slots[index]]);
  }

  /** The flow with this number. */
  public Flow flowOf(int flow) {
    return flows.flow(flow);
  }
}
