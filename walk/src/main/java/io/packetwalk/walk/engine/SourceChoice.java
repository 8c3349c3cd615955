package io.packetwalk.walk.engine;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A source address that may be chosen for what a stack sends, in this proportion. */
record SourceChoice(LocalAddress address, double weight) {

  /** Those of a question's packet, by the way that it is asked for. */
  static List<SourceChoice> of(Stack stack, Question question) {
    if (question.source().isPresent()) {
      IpAddress asked = question.source().get();
      return one(stack.own(asked).or(() -> bound(stack, asked)));
    }
    List<SourceChoice> routed = of(stack, unspecified(question).boundTo(question.device()));
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
  static List<SourceChoice> of(Stack stack, FlowKey key) {
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
  private static List<SourceChoice> along(
      Stack stack, RouteDecision.Found found, IpAddress destination) {
    if (found.hops().size() < 2) {
      Optional<NextHop> hop = found.hops().stream().findFirst();
      List<SourceChoice> equal = equallyGood(stack, found.route(), hop, destination);
      return equal.size() > 1
          ? equal
          : one(SourceSelection.select(stack, found.route(), hop, destination));
    }
    Map<IpAddress, SourceChoice> candidates = new LinkedHashMap<>();
    for (NextHop hop : found.hops()) {
      SourceSelection.select(stack, found.route(), Optional.of(hop), destination)
          .ifPresent(address ->
              candidates.merge(
                  address.address(),
                  new SourceChoice(address, hop.weight()),
                  SourceChoice::joined));
    }
    return List.copyOf(candidates.values());
  }

  /** Where an order that isn't shown decides, each may be it. */
  private static List<SourceChoice> equallyGood(
      Stack stack, Route route, Optional<NextHop> hop, IpAddress destination) {
    boolean open =
        destination.isIpv6()
            && route.preferredSource().isEmpty()
            && route.type() == RouteType.UNICAST;
    return hop.filter(way -> open)
        .flatMap(NextHop::device)
        .map(device ->
            SourceSelection.equallyGood(stack, device, destination).stream()
                .map(address -> new SourceChoice(address, 1))
                .toList())
        .orElse(List.of());
  }

  private static SourceChoice joined(SourceChoice one, SourceChoice other) {
    return new SourceChoice(one.address(), one.weight() + other.weight());
  }

  private static List<SourceChoice> one(Optional<LocalAddress> address) {
    return address.map(known -> new SourceChoice(known, 1)).stream().toList();
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
}
