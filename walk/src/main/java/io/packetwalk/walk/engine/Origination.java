package io.packetwalk.walk.engine;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.Tracking;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Begins a walk: a program sends, or a packet comes in from a machine that the state doesn't show.
 */
final class Origination {
  private final Engine engine;

  Origination(Engine engine) {
    this.engine = engine;
  }

  List<Branch> begin(Trail trail, Question question) {
    return switch (question.from()) {
      case Origin.Inside inside -> fromInside(trail, engine.stack(inside.namespace()), question);
      case Origin.Outside outside -> fromOutside(trail, outside.address(), question);
    };
  }

  private List<Branch> fromInside(Trail trail, Stack stack, Question question) {
    Optional<String> missing =
        question
            .device()
            .filter(device -> stack.device(device).isEmpty())
            .filter(device -> stack.namespace().links().devices().isComplete());
    if (missing.isPresent()) {
      return withoutDevice(trail, stack, question, missing.get());
    }
    boolean cannotBind =
        question.source().filter(address -> !mayBind(stack, question, address)).isPresent()
            && stack.namespace().links().addresses().isComplete();
    if (cannotBind) {
      return withoutAddress(trail, stack, question);
    }
    List<Candidate> candidates = sources(stack, question);
    if (candidates.isEmpty() && stack.namespace().links().addresses().isComplete()) {
      return withoutSource(trail, stack, question);
    }
    if (candidates.isEmpty()) {
      return trail.undetermined(
          new Assumption(
              "which addresses " + stack.id() + " has isn't in the state",
              Commands.in(stack.id(), "ip addr")));
    }
    double total = candidates.stream().mapToDouble(Candidate::weight).sum();
    List<Branch> branches = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Trail chosen = trail.weighing(candidate.weight() / total);
      branches.addAll(fromAddress(chosen, stack, question, candidate.address()));
    }
    return branches;
  }

  /** An address counts in the domain of the device that the socket is bound to (inet_bind). */
  private static boolean mayBind(Stack stack, Question question, IpAddress address) {
    String device = question.device().orElse(FlowKey.LOCALLY);
    return Vrfs.own(stack, address, device)
        .filter(
            own -> own.device().map(holder -> Vrfs.areTogether(stack, holder, device)).orElse(true))
        .isPresent();
  }

  private List<Branch> fromAddress(
      Trail trail, Stack stack, Question question, LocalAddress source) {
    Packet packet = Probes.packet(question, source.address());
    Step step =
        new Step(
            stack.id(),
            source.device().orElse(""),
            Stage.SEND,
            Action.CLASSIFY,
            "a program sends to " + question.to() + " from " + source.address(),
            List.of(source.source()),
            packet);
    return engine.output.send(
        trail.then(step), stack, inFlight(packet), key -> routed(key, question, source.address()));
  }

  /** What the way of a packet with this source is looked up by. */
  static FlowKey routed(FlowKey key, Question question, IpAddress source) {
    IpAddress routedFrom =
        isRoutedOnce(question) ? IpAddress.unspecified(question.to().family()) : source;
    return key.withSource(routedFrom).boundTo(question.device());
  }

  /**
   * Whether the look-up that chooses the source also chooses the way. Connecting over IPv4 looks
   * again with the source (ip_route_connect); raw sockets and IPv6 don't (raw_sendmsg,
   * ip6_dst_lookup_tail).
   */
  private static boolean isRoutedOnce(Question question) {
    return question.source().isEmpty()
        && (question.to().isIpv6() || question.probe() instanceof Probe.IcmpMessage);
  }

  /** Without any address of the family nothing can be sent (ip6_dst_lookup_tail). */
  private static List<Branch> withoutSource(Trail trail, Stack stack, Question question) {
    String family = question.to().isIpv4() ? "IPv4" : "IPv6";
    Step step =
        new Step(
            stack.id(),
            "",
            Stage.SEND,
            Action.REJECT,
            stack.id() + " has no " + family + " address to send to " + question.to() + " from",
            stack.namespace().links().addresses().seenAt(),
            Probes.packet(question, IpAddress.unspecified(question.to().family())));
    return trail.then(step).end(Verdict.REJECTED, step.decision());
  }

  /** A program can't bind to a device that isn't there (sock_bindtoindex, ENODEV). */
  private static List<Branch> withoutDevice(
      Trail trail, Stack stack, Question question, String device) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.SEND,
            Action.REJECT,
            stack.id() + " has no device " + device + " to send by: no such device",
            stack.namespace().links().devices().seenAt(),
            Probes.packet(question, IpAddress.unspecified(question.to().family())));
    return trail.then(step).end(Verdict.REJECTED, step.decision());
  }

  /**
   * A program can't send from an address that its namespace doesn't have (inet_bind,
   * EADDRNOTAVAIL).
   */
  private static List<Branch> withoutAddress(Trail trail, Stack stack, Question question) {
    IpAddress address = question.source().orElseThrow();
    Step step =
        new Step(
            stack.id(),
            "",
            Stage.SEND,
            Action.REJECT,
            stack.id() + " doesn't have " + address + " to send from: cannot assign address",
            stack.namespace().links().addresses().seenAt(),
            Probes.packet(question, address));
    return trail.then(step).end(Verdict.REJECTED, step.decision());
  }

  static InFlight inFlight(Packet packet) {
    return new InFlight(packet, 0, Optional.empty(), Optional.empty(), Tracking.NONE);
  }

  /** A source address that may be chosen, in this proportion. */
  record Candidate(LocalAddress address, double weight) {}

  private static List<Candidate> sources(Stack stack, Question question) {
    if (question.source().isPresent()) {
      IpAddress asked = question.source().get();
      return one(stack.own(asked).or(() -> bound(stack, asked)));
    }
    List<Candidate> routed = sources(stack, unspecified(question).boundTo(question.device()));
    return routed.isEmpty()
        ? one(
            question
                .device()
                .filter(device -> question.to().isIpv4())
                .flatMap(
                    device -> SourceSelection.onDevice(stack, device, question.to(), question.to()))
                .or(() -> any(stack, question.to())))
        : routed;
  }

  /** The source addresses that routing may choose; none where it finds no way. */
  static List<Candidate> sources(Stack stack, FlowKey key) {
    return switch (RouteLookup.decide(stack, key)) {
      case RouteDecision.Found found ->
          leaking(stack, key, found)
              .map(vrf ->
                  one(SourceSelection.onDevice(stack, vrf, key.destination(), key.destination())))
              .orElseGet(() -> along(stack, found, key.destination()));
      case RouteDecision.OwnAddress own -> one(Optional.of(own.address()));
      case RouteDecision.Broadcast broadcast -> one(Optional.of(broadcast.subnet()));
      case RouteDecision.RefusedByRule refused -> List.of();
      case RouteDecision.NoRoute none -> List.of();
      case RouteDecision.Unknown unknown -> List.of();
    };
  }

  /**
   * The VRF that a sender is in, where the way leads out of it: its own addresses count then
   * (fib_select_path, ip6_route_get_saddr; since Linux 6.1.103, 6.6.44 and 6.11).
   */
  private static Optional<String> leaking(Stack stack, FlowKey key, RouteDecision.Found found) {
    return key.output()
        .filter(device -> Vrfs.isVrf(stack, device))
        .filter(vrf -> found.route().type() == RouteType.UNICAST)
        .filter(vrf ->
            found.hops().stream()
                .flatMap(hop -> hop.device().stream())
                .noneMatch(device -> Vrfs.areTogether(stack, device, vrf)));
  }

  /**
   * One of several next hops chooses the source, and then the source takes part in the choice of
   * the next hop again: connecting looks twice (ip_route_connect).
   */
  private static List<Candidate> along(
      Stack stack, RouteDecision.Found found, IpAddress destination) {
    if (found.hops().size() < 2) {
      Optional<NextHop> hop = found.hops().stream().findFirst();
      List<Candidate> equal = equallyGood(stack, found.route(), hop, destination);
      return equal.size() > 1
          ? equal
          : one(SourceSelection.select(stack, found.route(), hop, destination));
    }
    Map<IpAddress, Candidate> candidates = new LinkedHashMap<>();
    for (NextHop hop : found.hops()) {
      SourceSelection.select(stack, found.route(), Optional.of(hop), destination)
          .ifPresent(address ->
              candidates.merge(
                  address.address(), new Candidate(address, hop.weight()), Origination::joined));
    }
    return List.copyOf(candidates.values());
  }

  /** Where an order that isn't shown decides, each may be it. */
  private static List<Candidate> equallyGood(
      Stack stack, Route route, Optional<NextHop> hop, IpAddress destination) {
    boolean open =
        destination.isIpv6()
            && route.preferredSource().isEmpty()
            && route.type() == RouteType.UNICAST;
    return hop.filter(way -> open)
        .flatMap(NextHop::device)
        .map(device ->
            SourceSelection.equallyGood(stack, device, destination).stream()
                .map(address -> new Candidate(address, 1))
                .toList())
        .orElse(List.of());
  }

  private static Candidate joined(Candidate one, Candidate other) {
    return new Candidate(one.address(), one.weight() + other.weight());
  }

  private static List<Candidate> one(Optional<LocalAddress> address) {
    return address.map(known -> new Candidate(known, 1)).stream().toList();
  }

  /** What chooses the source is asked with the protocol and the ports (flowi4_init_output). */
  private static FlowKey unspecified(Question question) {
    Ports ports = Ports.of(question.probe());
    return FlowKey.to(question.to())
        .carrying(
            question.probe().protocol(question.to().family()), ports.source(), ports.destination());
  }

  private record Ports(OptionalInt source, OptionalInt destination) {
    static Ports of(Probe probe) {
      return switch (probe) {
        case Probe.TcpSyn tcp -> of(tcp.sourcePort(), tcp.destinationPort());
        case Probe.UdpDatagram udp -> of(udp.sourcePort(), udp.destinationPort());
        case Probe.SctpInit sctp -> of(sctp.sourcePort(), sctp.destinationPort());
        case Probe.IcmpMessage icmp -> new Ports(OptionalInt.empty(), OptionalInt.empty());
      };
    }

    private static Ports of(int source, int destination) {
      return new Ports(OptionalInt.of(source), OptionalInt.of(destination));
    }
  }

  /** An address that the question names though the namespace isn't known to have it. */
  private static Optional<LocalAddress> bound(Stack stack, IpAddress address) {
    return stack.addresses().stream()
        .findFirst()
        .map(any ->
            new LocalAddress(
                address,
                Optional.empty(),
                OptionalInt.empty(),
                LocalAddress.Origin.OBJECT,
                any.source()));
  }

  /** Where routing refuses there is no source to choose; one is needed to show the packet. */
  private static Optional<LocalAddress> any(Stack stack, IpAddress destination) {
    return stack.addresses().stream()
        .filter(address -> address.address().family() == destination.family())
        .filter(address -> !address.address().isLoopback() && !address.address().isLinkLocal())
        .findFirst();
  }

  private List<Branch> fromOutside(Trail trail, IpAddress source, Question question) {
    Packet packet = Probes.packet(question, source);
    return engine
        .underlay
        .enter(trail, packet, question.to())
        .orElseGet(() ->
            trail.undetermined(
                new Assumption(
                    "by which node a packet from outside to "
                        + question.to()
                        + " comes in isn't in the state",
                    "ask for a node's address, or trace from the node: packetwalk trace node/NAME "
                        + question.to())));
  }
}
