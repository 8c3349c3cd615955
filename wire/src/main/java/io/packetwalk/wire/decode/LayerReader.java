package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.macAt;

import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Llc;
import io.packetwalk.wire.layer.Loopback;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.NetfilterLog;
import io.packetwalk.wire.layer.PartialHeader;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Ppp;
import io.packetwalk.wire.layer.Pppoe;
import io.packetwalk.wire.layer.Vlan;
import java.util.List;
import java.util.OptionalInt;

/** The making of a layer's value from the place where a dissection found it. */
final class LayerReader {
  private LayerReader() {}

  /**
   * The value of one layer.
   *
   * @param outer the values of the layers around it
   */
  static Layer read(Dissection dissection, int index, List<Layer> outer) {
    View view = new View(dissection, index);
    return switch (dissection.kind(index)) {
      case ETHERNET -> ethernet(view);
      case VLAN -> vlan(view);
      case LLC -> llc(view);
      case LINUX_COOKED -> linuxCooked(view);
      case LINUX_COOKED_2 -> linuxCooked2(view);
      case LOOPBACK -> new Loopback(view.word(0));
      case NETFILTER_LOG -> netfilterLog(view);
      case PPP -> ppp(view);
      case PPPOE -> pppoe(view);
      case MPLS -> mpls(view);
      case ARP -> arp(view);
      case IPV4 -> IpReader.ipv4(view);
      case IPV6 -> IpReader.ipv6(view);
      case ICMP -> IpReader.icmp(view);
      case ICMPV6 -> IpReader.icmpv6(view, outer);
      case TCP -> IpReader.tcp(view, outer);
      case UDP -> IpReader.udp(view, outer);
      case SCTP -> IpReader.sctp(view);
      case VXLAN -> TunnelReader.vxlan(view);
      case GENEVE -> TunnelReader.geneve(view);
      case GRE -> TunnelReader.gre(view);
      case ERSPAN -> TunnelReader.erspan(view);
      case STT -> TunnelReader.stt(view);
      case GTP -> TunnelReader.gtp(view);
      case GUE -> TunnelReader.gue(view);
      case NSH -> TunnelReader.nsh(view);
      case ESP -> TunnelReader.esp(view);
      case AUTHENTICATION_HEADER -> TunnelReader.authenticationHeader(view);
      case WIREGUARD -> TunnelReader.wireGuard(view);
      case PARTIAL -> new PartialHeader(dissection.protocol, view.bytes(0, view.header()));
      case PAYLOAD -> new Payload(view.bytes(0, view.header()));
    };
  }

  private static Ethernet ethernet(View view) {
    return new Ethernet(
        macAt(view.array(), view.start()), macAt(view.array(), view.start() + 6), view.half(12));
  }

  private static Vlan vlan(View view) {
    int tag = view.half(0);
    return new Vlan(tag >>> 13, (tag >>> 12 & 1) != 0, tag & 0xfff, view.half(2));
  }

  private static Llc llc(View view) {
    boolean unnumbered = (view.octet(2) & 3) == 3;
    int control = unnumbered ? view.octet(2) : view.half(2);
    boolean snap = view.header() == Llc.HEADER_LENGTH + Llc.SNAP_LENGTH;
    return new Llc(
        view.octet(0),
        view.octet(1),
        unnumbered,
        control,
        snap ? OptionalInt.of(view.word(2) & 0xff_ffff) : OptionalInt.empty(),
        snap ? OptionalInt.of(view.half(6)) : OptionalInt.empty());
  }

  private static LinuxCooked linuxCooked(View view) {
    return new LinuxCooked(
        view.half(0), view.half(2), view.half(4), view.bytes(6, 8), view.half(14));
  }

  private static LinuxCooked2 linuxCooked2(View view) {
    return new LinuxCooked2(
        view.half(0),
        view.half(2),
        view.word(4),
        view.half(8),
        view.octet(10),
        view.octet(11),
        view.bytes(12, 8));
  }

  private static NetfilterLog netfilterLog(View view) {
    return new NetfilterLog(view.octet(0), view.octet(1), view.half(2), view.rest(4));
  }

  private static Ppp ppp(View view) {
    boolean framed = view.header() > 2;
    boolean compressed = view.header() % 2 != 0;
    int at = framed ? 2 : 0;
    return new Ppp(framed, compressed, compressed ? view.octet(at) : view.half(at));
  }

  private static Pppoe pppoe(View view) {
    OptionalInt declared = View.unless(view.length() - Pppoe.HEADER_LENGTH, view.half(4));
    return new Pppoe(view.octet(0), view.octet(1), view.half(2), declared);
  }

  private static Mpls mpls(View view) {
    int word = view.word(0);
    return new Mpls(word >>> 12, word >>> 9 & 7, (word >>> 8 & 1) != 0, word & 0xff);
  }

  private static Arp arp(View view) {
    return new Arp(
        view.half(6),
        macAt(view.array(), view.start() + 8),
        Octets.ipv4At(view.array(), view.start() + 14),
        macAt(view.array(), view.start() + 18),
        Octets.ipv4At(view.array(), view.start() + 24));
  }
}
