package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Llc;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Ppp;
import io.packetwalk.wire.layer.Pppoe;
import io.packetwalk.wire.layer.Vlan;

/** The steps over headers of the link: Ethernet and what stands between it and IP. */
final class LinkSteps {
  /** LLC's service point of a raw IPX packet on Ethernet: there is no LLC header then. */
  private static final int RAW_IPX = 0xffff;

  private LinkSteps() {}

  static LayerKind first(LinkType link, Dissection result) {
    return switch (link.number()) {
      case 0, 108 -> LayerKind.LOOPBACK;
      case 1 -> LayerKind.ETHERNET;
      case 9, 50 -> LayerKind.PPP;
      case 12, 14, 101 -> byVersion(result);
      case 51 -> LayerKind.PPPOE;
      case 113 -> LayerKind.LINUX_COOKED;
      case 228 -> LayerKind.IPV4;
      case 229 -> LayerKind.IPV6;
      case 239 -> LayerKind.NETFILTER_LOG;
      case 276 -> LayerKind.LINUX_COOKED_2;
      default -> {
        result.fault(Fault.Reason.LINK_TYPE, LayerKind.PAYLOAD, result.position, 0, link.number());
        yield LayerKind.PAYLOAD;
      }
    };
  }

  static LayerKind ethernet(Dissection result) {
    if (result.available() < Ethernet.HEADER_LENGTH) {
      return result.missing(LayerKind.ETHERNET, Ethernet.HEADER_LENGTH);
    }
    int type = shortAt(result.bytes(), result.position + 12);
    result.add(LayerKind.ETHERNET, Ethernet.HEADER_LENGTH);
    return byTypeOrLength(result, type);
  }

  static LayerKind vlan(Dissection result) {
    if (result.available() < Vlan.HEADER_LENGTH) {
      return result.missing(LayerKind.VLAN, Vlan.HEADER_LENGTH);
    }
    int type = shortAt(result.bytes(), result.position + 2);
    result.add(LayerKind.VLAN, Vlan.HEADER_LENGTH);
    return byTypeOrLength(result, type);
  }

  private static LayerKind byTypeOrLength(Dissection result, int type) {
    if (type >= EtherType.LOWEST) {
      return byEtherType(type);
    }
    result.claim((long) result.headerLength(result.count() - 1) + type);
    boolean ipx = result.available() >= 2 && shortAt(result.bytes(), result.position) == RAW_IPX;
    return ipx ? LayerKind.PAYLOAD : LayerKind.LLC;
  }

  static LayerKind byEtherType(int type) {
    return switch (type) {
      case EtherType.IPV4 -> LayerKind.IPV4;
      case EtherType.IPV6 -> LayerKind.IPV6;
      case EtherType.ARP -> LayerKind.ARP;
      case EtherType.VLAN, EtherType.SERVICE_VLAN, EtherType.OLD_SERVICE_VLAN -> LayerKind.VLAN;
      case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> LayerKind.MPLS;
      case EtherType.TRANSPARENT_ETHERNET_BRIDGING -> LayerKind.ETHERNET;
      case EtherType.NSH -> LayerKind.NSH;
      case EtherType.PPPOE_DISCOVERY, EtherType.PPPOE_SESSION -> LayerKind.PPPOE;
      case EtherType.PPP -> LayerKind.PPP;
      default -> LayerKind.PAYLOAD;
    };
  }

  /** An IP packet of either version, told by its first four bits. */
  static LayerKind byVersion(Dissection result) {
    int version = result.available() > 0 ? byteAt(result.bytes(), result.position) >>> 4 : 0;
    return switch (version) {
      case 4 -> LayerKind.IPV4;
      case 6 -> LayerKind.IPV6;
      default -> LayerKind.PAYLOAD;
    };
  }

  static LayerKind llc(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    int available = result.available();
    if (available < Llc.HEADER_LENGTH) {
      return result.missing(LayerKind.LLC, Llc.HEADER_LENGTH);
    }
    boolean unnumbered = (byteAt(bytes, at + 2) & 3) == 3;
    int header = Llc.HEADER_LENGTH + (unnumbered ? 0 : 1);
    boolean snap =
        unnumbered
            && byteAt(bytes, at) == Llc.SNAP_POINT
            && byteAt(bytes, at + 1) == Llc.SNAP_POINT;
    int length = header + (snap ? Llc.SNAP_LENGTH : 0);
    if (available < length) {
      return result.missing(LayerKind.LLC, length);
    }
    int organization = snap ? intAt(bytes, at + 2) & 0xff_ffff : -1;
    int type = snap ? shortAt(bytes, at + 6) : 0;
    result.add(LayerKind.LLC, length);
    return organization == 0 ? byEtherType(type) : LayerKind.PAYLOAD;
  }

  static LayerKind mpls(Dissection result) {
    if (result.available() < Mpls.HEADER_LENGTH) {
      return result.missing(LayerKind.MPLS, Mpls.HEADER_LENGTH);
    }
    boolean bottom = (byteAt(result.bytes(), result.position + 2) & 1) != 0;
    result.add(LayerKind.MPLS, Mpls.HEADER_LENGTH);
    return bottom ? byVersion(result) : LayerKind.MPLS;
  }

  static LayerKind arp(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    if (result.available() < 8) {
      return result.missing(LayerKind.ARP, 8);
    }
    boolean ethernetAndIpv4 =
        intAt(bytes, at) == (1 << 16 | EtherType.IPV4) && shortAt(bytes, at + 4) == 0x0604;
    if (!ethernetAndIpv4) {
      return LayerKind.PAYLOAD;
    }
    if (result.available() < Arp.HEADER_LENGTH) {
      return result.missing(LayerKind.ARP, Arp.HEADER_LENGTH);
    }
    result.add(LayerKind.ARP, Arp.HEADER_LENGTH);
    result.claim(Arp.HEADER_LENGTH);
    return LayerKind.PAYLOAD;
  }

  static LayerKind ppp(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    int available = result.available();
    boolean framed = available >= 2 && shortAt(bytes, at) == 0xff03;
    int start = framed ? 2 : 0;
    boolean compressed = available > start && (byteAt(bytes, at + start) & 1) != 0;
    int length = start + (compressed ? 1 : 2);
    if (available < length) {
      return result.missing(LayerKind.PPP, length);
    }
    int protocol = compressed ? byteAt(bytes, at + start) : shortAt(bytes, at + start);
    result.add(LayerKind.PPP, length);
    return switch (protocol) {
      case Ppp.IPV4 -> LayerKind.IPV4;
      case Ppp.IPV6 -> LayerKind.IPV6;
      case Ppp.MPLS -> LayerKind.MPLS;
      default -> LayerKind.PAYLOAD;
    };
  }

  static LayerKind pppoe(Dissection result) {
    if (result.available() < Pppoe.HEADER_LENGTH) {
      return result.missing(LayerKind.PPPOE, Pppoe.HEADER_LENGTH);
    }
    int code = byteAt(result.bytes(), result.position + 1);
    int length = shortAt(result.bytes(), result.position + 4);
    result.add(LayerKind.PPPOE, Pppoe.HEADER_LENGTH);
    result.claim((long) Pppoe.HEADER_LENGTH + length);
    return code == 0 ? LayerKind.PPP : LayerKind.PAYLOAD;
  }
}
