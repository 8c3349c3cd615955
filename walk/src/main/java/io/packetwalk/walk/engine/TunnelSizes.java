package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What VXLAN and Geneve do with frames that are too large for the way to the other end: under a
 * bridge they tell who sent in the name of the receiver and drop the frame, since Linux 5.9
 * (skb_tunnel_check_pmtu, iptunnel_pmtud_check_icmp); elsewhere the outer packet is fragmented
 * where its header lets it be.
 */
final class TunnelSizes {
  /** The smallest MTUs that anybody is told of. */
  private static final int SMALLEST_VERSION_4 = 576;

  private static final int SMALLEST_VERSION_6 = 1280;

  private TunnelSizes() {}

  /** Whether the outer header says that the packet may not be fragmented. */
  static boolean dontFragment(DeviceKind.DontFragment told, Packet frame) {
    return switch (told) {
      case UNSET -> false;
      case SET -> true;
      case INHERIT ->
          Headers.ethernet(frame).map(Ethernet::etherType).filter(TunnelSizes::isIp).isPresent()
              && Headers.ip(frame).map(Mtu::mayNotFragment).orElse(false);
    };
  }

  private static boolean isIp(int etherType) {
    return etherType == EtherType.IPV4 || etherType == EtherType.IPV6;
  }

  /**
   * What becomes of a frame that is refused; empty for others.
   *
   * @param outer the frame with the tunnel's headers in front of it
   */
  static Optional<List<Branch>> refused(
      Engine engine,
      Trail trail,
      Stack stack,
      InFlight frame,
      InFlight outer,
      String device,
      Optional<String> underlay) {
    Optional<Ip> inner =
        Headers.ip(frame.packet()).filter(header -> isTold(header, frame.packet()));
    if (inner.isEmpty() || Bridges.bridgeOf(stack.namespace(), device).isEmpty()) {
      return Optional.empty();
    }
    int headers = Sizes.ofIp(outer.packet()) - Sizes.ofIp(frame.packet());
    int size = trail.sizeOf(frame.packet());
    List<Way> ways = ways(stack, outer, underlay);
    List<Way> small = ways.stream().filter(way -> size > way.mtu() - headers).toList();
    if (small.isEmpty()) {
      return Optional.empty();
    }
    if (small.size() < ways.size()) {
      return Optional.of(trail.undetermined(whichWay(stack, device)));
    }
    int mtu = small.getFirst().mtu() - headers;
    int smallest = inner.get() instanceof Ipv4 ? SMALLEST_VERSION_4 : SMALLEST_VERSION_6;
    return mtu < smallest
        ? Optional.empty()
        : Optional.of(end(engine, trail, stack, frame, device, mtu, small.getFirst().evidence()));
  }

  /** Whether somebody is told: IPv4 with nothing but its flag set, and about no error. */
  private static boolean isTold(Ip header, Packet packet) {
    boolean whole =
        switch (header) {
          case Ipv4 ipv4 -> ipv4.dontFragment() && ipv4.fragmentOffset() == 0;
          case Ipv6 ipv6 -> true;
        };
    boolean oneSender =
        !header.source().isMulticast()
            && !header.source().isUnspecified()
            && !header.source().isLoopback();
    boolean many =
        header.destination().isIpv4()
            && (header.destination().isMulticast() || header.destination().isLimitedBroadcast());
    return whole && oneSender && !many && !ErrorMessages.isError(Headers.withoutLink(packet));
  }

  /** A next hop and the largest packet that it takes. */
  private record Way(int mtu, List<Source> evidence) {}

  private static List<Way> ways(Stack stack, InFlight outer, Optional<String> underlay) {
    FlowKey key =
        FlowKey.of(outer.packet(), Headers.ip(outer), FlowKey.LOCALLY, outer.mark())
            .boundTo(underlay);
    List<Way> ways = new ArrayList<>();
    if (RouteLookup.decide(stack, key) instanceof RouteDecision.Found found) {
      for (NextHop hop : found.hops()) {
        Optional<Device> exit = hop.device().flatMap(stack::device);
        OptionalInt mtu = Mtu.of(Optional.of(found.route()), exit);
        Optional<Integer> learned =
            Mtu.learned(stack, outer, Optional.of(found.route())).map(one -> one.mtu().orElse(0));
        if (mtu.isPresent()) {
          ways.add(
              new Way(
                  Math.min(mtu.getAsInt(), learned.orElse(mtu.getAsInt())),
                  Mtu.evidence(Optional.of(found.route()), exit)));
        }
      }
    }
    return ways;
  }

  private static Assumption whichWay(Stack stack, String device) {
    return new Assumption(
        "which next hop the packets of "
            + device
            + " of "
            + stack.id()
            + " take decides about their size, and isn't in the state",
        Commands.in(stack.id(), "ip route; ip link"));
  }

  private static List<Branch> end(
      Engine engine,
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      int mtu,
      List<Source> evidence) {
    List<Source> all = new ArrayList<>(TunnelEgress.sources(stack, device));
    all.addAll(evidence);
    Ip header = Headers.ip(frame.packet()).orElseThrow();
    String decision =
        device
            + " is a bridge's port and the frame too large for the tunnel: the sender is told in"
            + " the name of "
            + header.destination()
            + " that "
            + mtu
            + " bytes fit";
    Step step =
        new Step(stack.id(), device, Stage.TUNNEL, Action.REJECT, decision, all, frame.packet());
    return engine.refusals.endByTunnel(
        trail.then(step),
        stack,
        frame,
        device,
        Notice.tooBig(header.source().family(), mtu),
        stack.id() + ": " + decision);
  }
}
