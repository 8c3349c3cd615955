package io.packetwalk.correlate.match;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.Fingerprint;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Recognises each packet at all places where it was captured, as the frames come in the order of
 * their times, and hands it on when the time window has passed over it. Memory is that of the
 * window, and of the flows and paths.
 *
 * <p>Frames with one hash are taken for one packet, unless one place shows two of them with equal
 * hop limits; {@link Separation} tells those apart. What isn't seen everywhere where its flow is
 * seen may have been cut into pieces or joined: {@link Trains} looks for that.
 */
public final class Matcher {
  /** Of more sightings with the same contents only the oldest are compared with each other. */
  private static final int MOST_ALIKE = 96;

  private final Limits limits;
  private final PacketSink sink;
  private final LongConsumer leaving;
  private final Sightings sightings;
  private final FlowTable flows = new FlowTable();
  private final Kinship kinship = new Kinship();
  private final Paths paths = new Paths();
  private final Chains contents;
  private final Trains trains;
  private final Order order;
  private final Separation separation;
  private final SeenPacket packet;
  private final Slots members = new Slots();
  private int[] row = new int[16];
  private long packets;

  /**
   * What is held at most.
   *
   * @param window how long a packet may take from the first place to the last, in nanoseconds
   * @param sightings how many sightings are held; where that is too few for the window, the window
   *     is shorter
   */
  public record Limits(long window, int sightings) {
    /** Two seconds, and half a million sightings. */
    public static final Limits USUAL = new Limits(2_000_000_000L, 1 << 19);
  }

  /** A matcher that tells only about packets. */
  public Matcher(Limits limits, PacketSink sink) {
    this(limits, sink, packet -> {});
  }

  /**
   * A matcher.
   *
   * @param leaving told the packet of every frame, in the order in which the frames came; zero for
   *     a frame that no packet was found for
   */
  public Matcher(Limits limits, PacketSink sink, LongConsumer leaving) {
    this.limits = limits;
    this.sink = sink;
    this.leaving = leaving;
    this.sightings = new Sightings(limits.sightings());
    this.contents = new Chains(sightings.mask + 1);
    this.order = new Order(sightings);
    this.separation = new Separation(sightings, flows, kinship, order);
    this.trains = new Trains(sightings, flows, kinship);
    this.packet = new SeenPacket(sightings, flows);
  }

  /** Says which clock stamps a tap's frames; taps of one node share its clock. */
  public void clock(int tap, int clock) {
    order.clock(tap, clock, clock);
  }

  /**
   * The same, of clocks that are known to agree.
   *
   * @param circle the same number for all clocks that agree
   */
  public void clock(int tap, int clock, int circle) {
    order.clock(tap, clock, circle);
  }

  /**
   * Takes the next frame.
   *
   * @param stamp when it was captured, as the capture says, in nanoseconds
   * @param time the same by the common clock
   */
  public void see(int tap, long frame, long stamp, long time, Fingerprint print) {
    int slot = begin(tap, frame, stamp, time);
    int flow = flows.number(print.tuple());
    kinship.reserve(flow);
    kinship.seenAt(flow, tap);
    sightings.hash[slot] = print.hash();
    sightings.train[slot] = print.train();
    sightings.flow[slot] = flow;
    sightings.look[slot] = print.look();
    sightings.from[slot] = print.from();
    sightings.length[slot] = print.length();
    sightings.number[slot] = print.number();
    sightings.hopLimit[slot] = (byte) print.hopLimit();
    sightings.error[slot] = print.isError();
    sightings.earlier[slot] = kinship.newest(flow);
    kinship.newest(flow, sightings.newest());
    if (print.isError()) {
      sightings.cause[slot] = cause(print);
    }
    join(slot, print.hash());
  }

  /** Takes a frame that can't be recognised: without IP, or cut too short. */
  public void pass(int tap, long frame, long stamp, long time) {
    sightings.settled[begin(tap, frame, stamp, time)] = true;
  }

  private int begin(int tap, long frame, long stamp, long time) {
    long past = time - limits.window();
    while (!sightings.isEmpty()
        && (sightings.isFull() || sightings.time[sightings.oldest()] < past)) {
      release();
    }
    int slot = sightings.add();
    sightings.tap[slot] = tap;
    sightings.frame[slot] = frame;
    sightings.stamp[slot] = stamp;
    sightings.time[slot] = time;
    return slot;
  }

  private void join(int slot, long hash) {
    int first = contents.first(hash);
    while (first != Sightings.NONE && sightings.hash[first] != hash) {
      first = contents.after(first);
    }
    if (first == Sightings.NONE) {
      sightings.head[slot] = true;
      contents.add(hash, slot);
      trains.add(slot);
    } else {
      sightings.next[sightings.last[first]] = slot;
      sightings.last[first] = slot;
    }
  }

  /** The newest sighting of the packet that an error quotes. */
  private long cause(Fingerprint print) {
    int flow = flows.find(print.quotedTuple());
    long at = flow < 0 ? Sightings.NONE : kinship.newest(flow);
    for (int step = 0; step < 1024 && sightings.holds(at); step++) {
      int slot = (int) at & sightings.mask;
      if (sightings.number[slot] == print.quotedNumber()) {
        return at;
      }
      at = sightings.earlier[slot];
    }
    return Sightings.NONE;
  }

  /** Settles everything that is still held. */
  public void finish() {
    while (!sightings.isEmpty()) {
      release();
    }
  }

  private void release() {
    int slot = sightings.oldest();
    if (!sightings.settled[slot]) {
      settle(slot);
    }
    leaving.accept(sightings.packet(sightings.oldestNumber()));
    sightings.drop();
  }

  private void settle(int head) {
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

  /** The flow with this number. */
  public Flow flow(int number) {
    return flows.flow(number);
  }

  /** The flow that this one answers, as it was before any translation, when it was seen. */
  public Optional<Flow> request(int flow) {
    int answered = flows.reverse(flow);
    return answered < 0 ? Optional.empty() : Optional.of(flows.flow(kinship.start(answered)));
  }

  /** The address of two words of a fingerprint's tuple. */
  public static IpAddress address(boolean ipv6, long high, long low) {
    return FlowTable.address(ipv6, high, low);
  }

  /** The flow of the answers to this one. */
  public static Flow reversed(Flow flow) {
    boolean ping = flow.protocol() == 1 || flow.protocol() == 58;
    return new Flow(
        flow.destination(),
        flow.source(),
        flow.protocol(),
        ping ? FlowTable.answerType(flow.sourcePort()) : flow.destinationPort(),
        ping ? flow.destinationPort() : flow.sourcePort());
  }

  /** How many flows were seen. */
  public int flows() {
    return flows.count();
  }

  public Paths paths() {
    return paths;
  }
}
