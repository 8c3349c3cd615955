package io.packetwalk.correlate.match;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.Fingerprint;
import java.util.OptionalInt;
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
  private final Limits limits;
  private final LongConsumer leaving;
  private final Sightings sightings;
  private final FlowTable flows = new FlowTable();
  private final Kinship kinship = new Kinship();
  private final Chains contents;
  private final Trains trains;
  private final Order order;
  private final Settling settling;

  /**
   * What is held at most.
   *
   * @param window how long a packet may take from the first place to the last, in nanoseconds
   * @param sightings how many sightings are held; where that is too few for the window, the window
   *     is shorter
   */
  public record Limits(long window, int sightings) {
    /**
     * Ten seconds, in which a neighbour is found or a switch asks its controller, and half a
     * million sightings.
     */
    public static final Limits USUAL = new Limits(10_000_000_000L, 1 << 19);
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
    this.leaving = leaving;
    this.sightings = new Sightings(limits.sightings());
    this.contents = new Chains(sightings.mask + 1);
    this.order = new Order(sightings);
    this.trains = new Trains(sightings, flows, kinship);
    this.settling = new Settling(sink, sightings, flows, kinship, contents, trains, order);
  }

  /** Says which clock stamps a tap's frames; taps of one node share its clock. */
  public void clock(int tap, int clock) {
    order.clock(tap, clock, clock);
  }

  /** Says that a tap shows all devices of a node at once, without telling them apart. */
  public void crowd(int tap) {
    settling.crowd(tap);
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
    int head = head(print.hash());
    int flow = flow(head, print.tuple());
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
    join(slot, head, print.hash());
  }

  /** Most packets are of the flow that the place before showed. */
  private int flow(int head, long[] tuple) {
    if (head != Sightings.NONE) {
      int likely = sightings.flow[sightings.last[head]];
      if (flows.is(likely, tuple)) {
        return likely;
      }
    }
    return flows.number(tuple);
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

  /** The first sighting with these contents. */
  private int head(long hash) {
    int first = contents.first(hash);
    while (first != Sightings.NONE && sightings.hash[first] != hash) {
      first = contents.after(first);
    }
    return first;
  }

  private void join(int slot, int head, long hash) {
    if (head == Sightings.NONE) {
      sightings.head[slot] = true;
      contents.add(hash, slot);
      trains.add(slot);
    } else {
      sightings.next[sightings.last[head]] = slot;
      sightings.last[head] = slot;
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
      settling.settle(slot);
    }
    leaving.accept(sightings.packet(sightings.oldestNumber()));
    sightings.drop();
  }

  /** The flow with this number. */
  public Flow flow(int number) {
    return flows.flow(number);
  }

  /**
   * The flow in the other direction, as it was before any translation, when it was seen. Of the two
   * the one with the lower number was seen first.
   */
  public OptionalInt counterpart(int flow) {
    int reversed = flows.reverse(flow);
    return reversed < 0 ? OptionalInt.empty() : OptionalInt.of(kinship.start(reversed));
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
    return settling.paths();
  }
}
