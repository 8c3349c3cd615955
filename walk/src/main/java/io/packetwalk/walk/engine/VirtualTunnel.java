package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Sysctl;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.VirtualSending;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts what IPVS sends to a real server behind a network into a packet of its own (the kernel's
 * ip_vs_tunnel_xmit, ip_vs_prepare_tunneled_skb): no device is involved, and connection tracking
 * meets the outer packet as a new one.
 */
final class VirtualTunnel {
  private static final String PATH_MTU = "net/ipv4/vs/pmtu_disc";

  private final Engine engine;

  VirtualTunnel(Engine engine) {
    this.engine = engine;
  }

  /** What fits into the tunnel's packets, where there is a tunnel. */
  static OptionalInt within(OptionalInt mtu, VirtualSending sending) {
    if (sending.how() != Forwarding.TUNNEL || mtu.isEmpty()) {
      return mtu;
    }
    int header = sending.to().isIpv4() ? Ipv4.HEADER_LENGTH : Ipv6.HEADER_LENGTH;
    return OptionalInt.of(mtu.getAsInt() - header);
  }

  /** Whether the outer packet has the inner one's flag, as is the default. */
  static boolean keepsDontFragment(Stack stack) {
    return stack
        .namespace()
        .setting(PATH_MTU)
        .map(Sysctl::value)
        .filter(value -> value.strip().equals("0"))
        .isEmpty();
  }

  List<Branch> send(Trail trail, Stack stack, InFlight packet, IpAddress to) {
    Optional<IpAddress> source =
        TunnelEgress.localEnd(stack, Optional.empty(), to, Optional.empty());
    if (source.isEmpty()) {
      return trail.undetermined(TunnelEgress.sourceMissing(stack, "IPVS", to));
    }
    Ip outer = outer(Headers.ip(packet), source.get(), to, keepsDontFragment(stack));
    Packet wrapped = packet.packet().within(outer.asLayer());
    InFlight sent = packet.withPacket(wrapped).withTracking(packet.tracking().wrapped());
    Step step =
        new Step(
            stack.id(),
            "",
            Stage.TUNNEL,
            Action.ENCAPSULATE,
            "IPVS puts it into a packet from " + source.get() + " to " + to,
            List.of(),
            wrapped);
    int added = outer.headerLength();
    return engine.output.send(trail.then(step).grownBy(added), stack, sent);
  }

  private static Ip outer(Ip inner, IpAddress source, IpAddress to, boolean keepsDontFragment) {
    int protocol = inner.source().isIpv4() ? IpProtocol.IPV4 : IpProtocol.IPV6;
    if (to.isIpv6()) {
      return ofClass(Ipv6.of(source, to, protocol, inner.hopLimit()), inner.trafficClass());
    }
    boolean dontFragment = keepsDontFragment && inner instanceof Ipv4 ipv4 && ipv4.dontFragment();
    Ipv4 header =
        TunnelEgress.withFragmentFlag(
            Ipv4.of(source, to, protocol, inner.hopLimit()), dontFragment);
    return ofClass(header, inner.trafficClass());
  }

  private static Ipv4 ofClass(Ipv4 header, int trafficClass) {
    return new Ipv4(
        trafficClass,
        header.identification(),
        header.flags(),
        header.fragmentOffset(),
        header.ttl(),
        header.protocol(),
        header.source(),
        header.destination(),
        header.options(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static Ipv6 ofClass(Ipv6 header, int trafficClass) {
    return new Ipv6(
        trafficClass,
        header.flowLabel(),
        header.firstHeader(),
        header.protocol(),
        header.hopLimit(),
        header.source(),
        header.destination(),
        header.extensions(),
        OptionalInt.empty());
  }
}
