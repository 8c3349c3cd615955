package io.packetwalk.walk.engine;

import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hooks;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.Passage;
import io.packetwalk.walk.netfilter.Tracking;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the packet filters let neighbour discovery pass: over IPv6 questions and answers are
 * packets like any others (ndisc_send_skb, ndisc_rcv); ARP isn't.
 */
final class DiscoveryFilter {
  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;
  private static final int HOP_LIMIT = 255;

  /** The address that is asked for, and one option with a link-layer address (RFC 4861, 4.3). */
  private static final int TARGET_AND_OPTION = 16 + 8;

  private static final long SOLICITED_NODE_HIGH = 0xff02_0000_0000_0000L;
  private static final long SOLICITED_NODE_LOW = 0x0000_0001_ff00_0000L;
  private static final long LAST_BITS = 0xff_ffffL;
  private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;
  private static final long MIDDLE = 0xff_fe00_0000L;
  private static final long UNIVERSAL = 0x02_0000L;

  private DiscoveryFilter() {}

  /** What becomes of messages at packet filters. */
  sealed interface Outcome {
    /** What becomes of them where this and something else decide. */
    default Outcome and(Supplier<Outcome> other) {
      return switch (this) {
        case Passing passing -> other.get();
        case Stopped stopped -> this;
        case Open open -> other.get() instanceof Stopped stopped ? stopped : this;
      };
    }
  }

  /** They get through. */
  record Passing() implements Outcome {}

  /** Some filter drops one of them. */
  record Stopped() implements Outcome {}

  /** The state doesn't show what decides. */
  record Open(Assumption missing) implements Outcome {}

  /**
   * Whether a stack's question leaves it, and the stack hears the answer.
   *
   * @param answering who answers, where that is known
   */
  static Outcome atAsker(
      Stack stack, String device, Answering.Request request, Optional<MacAddress> answering) {
    return isUnfiltered(stack)
        ? new Passing()
        : past(stack, HookPlace.outOf(device), solicitation(request))
            .and(() -> straight(stack, device, solicitation(request)))
            .and(() -> past(stack, HookPlace.into(device), advertisement(request, answering)));
  }

  /** Whether a stack hears the question, and its answer leaves it. */
  static Outcome atAsked(Stack stack, String device, Answering.Request request) {
    Packet answer = advertisement(request, stack.device(device).flatMap(known -> known.mac()));
    return isUnfiltered(stack)
        ? new Passing()
        : past(stack, HookPlace.into(device), solicitation(request))
            .and(() -> past(stack, HookPlace.outOf(device), answer))
            .and(() -> straight(stack, device, answer));
  }

  private static Outcome straight(Stack stack, String device, Packet packet) {
    return isStraight(stack, device, packet) ? new Passing() : new Stopped();
  }

  /**
   * Whether a message goes out by the device: a mark that OUTPUT writes may give it another route
   * (ip6_route_me_harder).
   */
  private static boolean isStraight(Stack stack, String device, Packet packet) {
    Ip header = Headers.ip(packet).orElseThrow();
    HookPlace output = HookPlace.outOf(device).getFirst();
    return hooks(stack).pass(output.hook(), output.of(flight(packet))).stream()
        .map(Passage::after)
        .filter(after -> after.mark() != 0)
        .map(after ->
            RouteLookup.decide(
                stack, key(Headers.withoutLink(packet), header, device, after.mark())))
        .allMatch(decision -> isOnLink(decision, device, header.destination()));
  }

  /** The way to a link-local address is bound to the device. */
  private static FlowKey key(Packet packet, Ip header, String device, int mark) {
    FlowKey key = FlowKey.of(packet, header, "", mark);
    return header.destination().isLinkLocal() || header.destination().isMulticast()
        ? key.boundTo(Optional.of(device))
        : key;
  }

  private static boolean isOnLink(RouteDecision decision, String device, IpAddress receiver) {
    return switch (decision) {
      case RouteDecision.Found found ->
          switch (found.route().type()) {
            case UNICAST, LOCAL, MULTICAST, ANYCAST, BROADCAST ->
                found.hops().stream()
                    .allMatch(hop ->
                        hop.gateway().filter(via -> !via.equals(receiver)).isEmpty()
                            && hop.device().filter(device::equals).isPresent());
            case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
          };
      case RouteDecision.RefusedByRule refused -> false;
      case RouteDecision.NoRoute none -> receiver.isMulticast();
      case RouteDecision.OwnAddress own -> true;
      case RouteDecision.Broadcast broadcast -> true;
      case RouteDecision.Unknown unknown -> true;
    };
  }

  /** Whether bridges on the way pass the question on, and the answer back. */
  static Outcome onTheWay(
      World world,
      List<Segment.Crossing> crossed,
      Answering.Request request,
      Optional<MacAddress> answering) {
    Outcome outcome = new Passing();
    for (Segment.Crossing crossing : crossed) {
      outcome =
          outcome.and(() -> at(world.stack(crossing.namespace()), crossing, request, answering));
    }
    return outcome;
  }

  private static Outcome at(
      Stack stack,
      Segment.Crossing crossing,
      Answering.Request request,
      Optional<MacAddress> answering) {
    if (isUnfiltered(stack)) {
      return new Passing();
    }
    Optional<Assumption> unwalked = FrameRules.ofBridge(stack, crossing.bridge(), false);
    if (unwalked.isPresent()) {
      return new Open(unwalked.get());
    }
    String bridge = crossing.bridge();
    boolean called = crossing.isForwarding() && BridgeCalls.of(stack, bridge, IpFamily.IPV6).on();
    List<HookPlace> there = HookPlace.over(bridge, crossing.from(), crossing.to(), called);
    List<HookPlace> back = HookPlace.over(bridge, crossing.to(), crossing.from(), called);
    InFlight question = flight(solicitation(request));
    InFlight answer = flight(advertisement(request, answering));
    boolean through = crossing.isForwarding();
    return past(stack, there, through ? HookPlace.passedOn(question) : question)
        .and(() -> past(stack, back, through ? HookPlace.passedOn(answer) : answer));
  }

  private static boolean isUnfiltered(Stack stack) {
    return stack.namespace().netfilter().tables(IpFamily.IPV6).isEmpty()
        && stack.namespace().netfilter().tablesAtDevices().isEmpty()
        && stack.namespace().netfilter().tablesOfBridges().isEmpty();
  }

  /**
   * What becomes of a packet at all of the hooks, which share what is known of its connection. One
   * that gets through at times is sent again until it does.
   */
  private static Outcome past(Stack stack, List<HookPlace> places, Packet message) {
    return past(stack, places, flight(message));
  }

  private static Outcome past(Stack stack, List<HookPlace> places, InFlight message) {
    Hooks hooks = hooks(stack);
    List<InFlight> flights = List.of(message);
    Optional<Open> open = Optional.empty();
    for (HookPlace place : places) {
      List<Passage> passages =
          flights.stream()
              .flatMap(flight -> hooks.pass(place.hook(), place.of(flight)).stream())
              .toList();
      open = open.or(() -> undecided(stack, passages));
      flights =
          passages.stream()
              .filter(passage -> passage.ending().isEmpty())
              .map(Passage::after)
              .toList();
    }
    return flights.stream().anyMatch(DiscoveryFilter::isHeeded)
        ? new Passing()
        : open.<Outcome>map(missing -> missing).orElseGet(Stopped::new);
  }

  private static Optional<Open> undecided(Stack stack, List<Passage> passages) {
    return passages.stream()
        .filter(passage -> passage.ending().filter(DiscoveryFilter::isOpen).isPresent())
        .map(passage -> new Open(missing(stack, passage)))
        .findFirst();
  }

  private static boolean isOpen(Passage.Ending ending) {
    return ending.verdict() == Verdict.UNDETERMINED;
  }

  private static Assumption missing(Stack stack, Passage passage) {
    Optional<Assumption> remedy = passage.assumptions().stream().reduce((first, last) -> last);
    return new Assumption(
        "whether rules of "
            + stack.id()
            + " let neighbour discovery pass isn't clear: "
            + passage.ending().orElseThrow().reason(),
        remedy.map(Assumption::command).orElse(Commands.in(stack.id(), "nft monitor trace")),
        remedy.map(Assumption::grounds).orElse(List.of()));
  }

  /** Messages with a lower hop limit aren't from the link, or look so (ndisc_rcv). */
  private static boolean isHeeded(InFlight flight) {
    return Headers.ip(flight).hopLimit() == HOP_LIMIT;
  }

  private static Hooks hooks(Stack stack) {
    return new Hooks(stack.namespace(), new StackSurroundings(stack));
  }

  private static InFlight flight(Packet message) {
    return new InFlight(
        Headers.withoutLink(message),
        0,
        Optional.empty(),
        Optional.empty(),
        Tracking.NONE,
        InFlight.Arrival.of(Headers.ethernet(message)));
  }

  private static Packet solicitation(Answering.Request request) {
    IpAddress group =
        IpAddress.ofIpv6(
            SOLICITED_NODE_HIGH, SOLICITED_NODE_LOW | (request.asked().low() & LAST_BITS));
    return message(asker(request), group, SOLICITATION)
        .within(new Ethernet(MacAddress.ofMulticast(group), request.mac(), EtherType.IPV6));
  }

  private static Packet advertisement(Answering.Request request, Optional<MacAddress> answering) {
    Packet packet = message(request.asked(), asker(request), ADVERTISEMENT);
    return answering
        .filter(mac -> !mac.equals(MacAddress.ZERO))
        .map(mac -> packet.within(new Ethernet(request.mac(), mac, EtherType.IPV6)))
        .orElse(packet);
  }

  /**
   * Who asks: with an address that isn't the device's own the question comes from the device's
   * link-local one (ndisc_solicit), which is taken to be made of its MAC address (RFC 4291, 2.5.1).
   */
  private static IpAddress asker(Answering.Request request) {
    return request.sender().orElseGet(() -> linkLocal(request.mac()));
  }

  private static IpAddress linkLocal(MacAddress mac) {
    long bits = mac.bits();
    long upper = (bits >>> 24 & LAST_BITS) ^ UNIVERSAL;
    return IpAddress.ofIpv6(LINK_LOCAL, upper << 40 | MIDDLE | (bits & LAST_BITS));
  }

  private static Packet message(IpAddress from, IpAddress to, int type) {
    return new Packet(
        List.of(
            Ipv6.of(from, to, IpProtocol.ICMPV6, HOP_LIMIT),
            Icmpv6.of(type, 0, 0),
            Payload.zeros(TARGET_AND_OPTION)));
  }
}
