package io.packetwalk.correlate.match;

/**
 * The decision which sightings are one packet, once the oldest of them leaves the window, and what
 * is learned from it about flows.
 */
final class Settling {
  /** Of more sightings with the same contents only the oldest are compared with each other. */
  private static final int MOST_ALIKE = 96;

  private final PacketSink sink;
  private final Sightings sightings;
  private final Kinship kinship;
  private final Paths paths = new Paths();
  private final Chains contents;
  private final Trains trains;
  private final Order order;
  private final Separation separation;
  private final SeenPacket packet;
  private final Slots members = new Slots();
  private int[] row = new int[16];
  private long packets;

  Settling(
      PacketSink sink,
      Sightings sightings,
      FlowTable flows,
      Kinship kinship,
      Chains contents,
      Trains trains,
      Order order) {
    this.sink = sink;
    this.sightings = sightings;
    this.kinship = kinship;
    this.contents = contents;
    this.trains = trains;
    this.order = order;
    this.separation = new Separation(sightings, flows, kinship, order);
    this.packet = new SeenPacket(sightings, flows);
  }

  /** Says that a tap shows all devices of a node at once. */
  void crowd(int tap) {
    separation.crowd(tap);
  }

  Paths paths() {
    return paths;
  }

  /** Settles the packet that the first of these sightings is of. */
  void settle(int head) {
    members.clear();
    int behind = head;
    for (;
        behind != Sightings.NONE && members.count() < MOST_ALIKE;
        behind = sightings.next[behind]) {
      members.add(behind);
    }
    int last = sightings.last[head];
    forget(head);
    boolean all = behind == Sightings.NONE;
    if (all && (members.count() == 1 || separation.isOne(members))) {
      one(members, separation.isScattered(members) ? Quality.AMBIGUOUS : Quality.UNIQUE);
      return;
    }
    Separation.Result apart = separation.first(members);
    rejoin(apart.rest(), behind, last);
    boolean scattered = separation.isScattered(apart.packet());
    one(apart.packet(), scattered ? Quality.AMBIGUOUS : apart.quality());
  }

  /** Takes the contents out of what is looked up; their sightings stay in the ring. */
  private void forget(int head) {
    contents.remove(sightings.hash[head], head);
    trains.remove(head);
    sightings.head[head] = false;
  }

  /** What remains waits for its own time, and with it what wasn't looked at. */
  private void rejoin(Slots rest, int behind, int last) {
    if (rest.count() == 0 && behind == Sightings.NONE) {
      return;
    }
    int head = rest.count() == 0 ? behind : rest.at(0);
    for (int index = 0; index < rest.count(); index++) {
      boolean end = index + 1 == rest.count();
      sightings.next[rest.at(index)] = end ? behind : rest.at(index + 1);
    }
    sightings.last[head] = behind == Sightings.NONE ? rest.at(rest.count() - 1) : last;
    sightings.head[head] = true;
    contents.add(sightings.hash[head], head);
    trains.add(head);
  }

  private void one(Slots slots, Quality quality) {
    order.sort(slots);
    int path = path(slots);
    int flow = sightings.flow[slots.at(0)];
    boolean usual = kinship.usualPath(flow) == path;
    if (!(usual && isComplete(slots))) {
      Slots group = trains.group(slots);
      if (group.count() > slots.count()) {
        group(group);
        return;
      }
      usual(flow, path);
    }
    learn(slots, quality);
    emit(slots, quality, path);
  }

  private void usual(int flow, int path) {
    int known = kinship.usualPath(flow);
    if (known < 0 || paths.length(path) >= paths.length(known)) {
      kinship.usualPath(flow, path);
    }
  }

  /** Whether every place that knows these flows saw the packet. */
  private boolean isComplete(Slots slots) {
    if (kinship.hasBefore(sightings.flow[slots.at(0)])) {
      return false;
    }
    int index = 0;
    while (index < slots.count()) {
      int flow = sightings.flow[slots.at(index)];
      long seen = 0;
      for (; index < slots.count() && sightings.flow[slots.at(index)] == flow; index++) {
        seen |= 1L << Math.min(sightings.tap[slots.at(index)], 63);
      }
      if (seen != kinship.places(flow) || seen < 0) {
        return false;
      }
    }
    return true;
  }

  /** Translation is learned from packets that can't be confused. */
  private void learn(Slots slots, Quality quality) {
    for (int index = 1; index < slots.count() && quality.isSure(); index++) {
      int before = sightings.flow[slots.at(index - 1)];
      int after = sightings.flow[slots.at(index)];
      if (before != after && !kinship.areOne(before, after)) {
        kinship.link(before, after);
      }
    }
  }

  private int path(Slots slots) {
    if (row.length < slots.count()) {
      row = new int[slots.count() * 2];
    }
    for (int index = 0; index < slots.count(); index++) {
      row[index] = sightings.tap[slots.at(index)];
    }
    return paths.number(row, slots.count());
  }

  private void emit(Slots slots, Quality quality, int path) {
    packet.begin(++packets, quality);
    for (int index = 0; index < slots.count(); index++) {
      packet.add(slots.at(index), Part.SAME);
    }
    finish(path);
  }

  private void finish(int path) {
    packet.path(path);
    for (int index = 0; index < packet.count(); index++) {
      int slot = packet.slot(index);
      sightings.settled[slot] = true;
      sightings.assign(slot, packet.id());
      if (sightings.cause[slot] != Sightings.NONE) {
        packet.cause(sightings.packet(sightings.cause[slot]));
      }
    }
    sink.packet(packet);
  }

  /** Pieces and wholes: one packet for each that the first place saw. */
  private void group(Slots group) {
    for (int index = 0; index < group.count(); index++) {
      if (sightings.head[group.at(index)]) {
        forget(group.at(index));
      }
    }
    order.sort(group);
    Pieces pieces = new Pieces(sightings, order, group);
    for (Pieces.Assigned assigned : pieces.assign()) {
      learn(assigned.slots(), assigned.quality());
      packet.begin(++packets, assigned.quality());
      for (int index = 0; index < assigned.slots().count(); index++) {
        packet.add(assigned.slots().at(index), assigned.parts().get(index));
      }
      finish(path(assigned.slots()));
    }
  }
}
