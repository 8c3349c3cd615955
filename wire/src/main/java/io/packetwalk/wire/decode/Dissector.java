package io.packetwalk.wire.decode;

import io.packetwalk.wire.LinkType;

/**
 * The walk over a frame's headers, outermost first: it finds where each one is and judges nothing
 * but lengths.
 *
 * <p>It doesn't recurse, doesn't allocate, and follows at most {@link Dissection#MAXIMUM_DEPTH}
 * headers. Every kind of header has one step, which records its header and says what follows.
 */
public final class Dissector {
  private final TunnelPorts ports;

  public Dissector(TunnelPorts ports) {
    this.ports = ports;
  }

  /**
   * Dissects the frame of {@code captured} bytes at {@code offset}.
   *
   * @param original the frame's length on the wire, in bytes
   */
  public void dissect(
      LinkType link, byte[] bytes, int offset, int captured, int original, Dissection result) {
    result.begin(bytes, offset, captured, original);
    LayerKind next = LinkSteps.first(link, result);
    while (next != LayerKind.PAYLOAD) {
      if (result.isFull()) {
        result.fault(
            Fault.Reason.TOO_DEEP,
            next,
            result.position,
            Dissection.MAXIMUM_DEPTH,
            Dissection.MAXIMUM_DEPTH);
        return;
      }
      next = step(next, result);
    }
  }

  private LayerKind step(LayerKind kind, Dissection result) {
    return switch (kind) {
      case ETHERNET -> LinkSteps.ethernet(result);
      case VLAN -> LinkSteps.vlan(result);
      case LLC -> LinkSteps.llc(result);
      case LINUX_COOKED -> CookedSteps.linuxCooked(result);
      case LINUX_COOKED_2 -> CookedSteps.linuxCooked2(result);
      case LOOPBACK -> CookedSteps.loopback(result);
      case NETFILTER_LOG -> CookedSteps.netfilterLog(result);
      case PPP -> LinkSteps.ppp(result);
      case PPPOE -> LinkSteps.pppoe(result);
      case MPLS -> LinkSteps.mpls(result);
      case ARP -> LinkSteps.arp(result);
      case IPV4 -> IpSteps.ipv4(result);
      case IPV6 -> IpSteps.ipv6(result);
      case AUTHENTICATION_HEADER -> IpSteps.authenticationHeader(result);
      case ESP -> IpSteps.esp(result);
      case ICMP -> TransportSteps.icmp(result);
      case ICMPV6 -> TransportSteps.icmpv6(result);
      case TCP -> TransportSteps.tcp(result, ports);
      case UDP -> TransportSteps.udp(result, ports);
      case SCTP -> TransportSteps.sctp(result);
      case PARTIAL -> TransportSteps.partial(result);
      case VXLAN -> TunnelSteps.vxlan(result);
      case GENEVE -> TunnelSteps.geneve(result);
      case GRE -> GreSteps.gre(result);
      case ERSPAN -> GreSteps.erspan(result);
      case STT -> TunnelSteps.stt(result);
      case GTP -> TunnelSteps.gtp(result);
      case GUE -> TunnelSteps.gue(result);
      case NSH -> TunnelSteps.nsh(result);
      case WIREGUARD -> TunnelSteps.wireGuard(result);
      case PAYLOAD -> LayerKind.PAYLOAD;
    };
  }
}
