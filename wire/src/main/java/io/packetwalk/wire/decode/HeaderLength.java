package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Llc;
import io.packetwalk.wire.layer.Loopback;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.NetfilterLog;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.PartialHeader;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Ppp;
import io.packetwalk.wire.layer.Pppoe;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Trailer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;

/** How many bytes a layer itself takes on the wire, without what it carries. */
public final class HeaderLength {
  private HeaderLength() {}

  /** In bytes. */
  public static int of(Layer layer) {
    return switch (layer) {
      case Ethernet _ -> Ethernet.HEADER_LENGTH;
      case Vlan _ -> Vlan.HEADER_LENGTH;
      case Arp _ -> Arp.HEADER_LENGTH;
      case Ipv4 ipv4 -> ipv4.headerLength();
      case Ipv6 ipv6 -> ipv6.headerLength();
      case Icmp _ -> Icmp.HEADER_LENGTH;
      case Icmpv6 _ -> Icmpv6.HEADER_LENGTH;
      case Tcp tcp -> Tcp.HEADER_LENGTH + tcp.options().length();
      case Udp _ -> Udp.HEADER_LENGTH;
      case Sctp _ -> Sctp.HEADER_LENGTH;
      case Vxlan _ -> Vxlan.HEADER_LENGTH;
      case Geneve geneve -> Geneve.HEADER_LENGTH + geneve.options().length();
      case Gre gre -> gre.headerLength();
      case Mpls _ -> Mpls.HEADER_LENGTH;
      case LinkHeader header -> ofLink(header);
      case Encapsulation encapsulation -> ofEncapsulation(encapsulation);
      case PartialHeader partial -> partial.content().length();
      case Payload payload -> payload.length();
      case Trailer trailer -> trailer.content().length();
    };
  }

  private static int ofLink(LinkHeader header) {
    return switch (header) {
      case Llc llc ->
          Llc.HEADER_LENGTH
              + (llc.unnumbered() ? 0 : 1)
              + (llc.type().isPresent() ? Llc.SNAP_LENGTH : 0);
      case LinuxCooked _ -> LinuxCooked.HEADER_LENGTH;
      case LinuxCooked2 _ -> LinuxCooked2.HEADER_LENGTH;
      case Loopback _ -> Loopback.HEADER_LENGTH;
      case NetfilterLog log -> NetfilterLog.HEADER_LENGTH + log.attributes().length();
      case Ppp ppp -> ppp.headerLength();
      case Pppoe _ -> Pppoe.HEADER_LENGTH;
    };
  }

  private static int ofEncapsulation(Encapsulation encapsulation) {
    return switch (encapsulation) {
      case AuthenticationHeader header ->
          AuthenticationHeader.HEADER_LENGTH + header.check().length();
      case Erspan erspan -> 4 + erspan.rest().length();
      case Esp _ -> Esp.HEADER_LENGTH;
      case Gtp gtp -> Gtp.HEADER_LENGTH + gtp.further().length();
      case Gue gue -> Gue.HEADER_LENGTH + gue.options().length();
      case Nsh nsh -> Nsh.HEADER_LENGTH + nsh.context().length();
      case Stt _ -> Stt.HEADER_LENGTH;
      case WireGuard wireGuard ->
          wireGuard.counter().isPresent() ? WireGuard.DATA_HEADER_LENGTH : WireGuard.HEADER_LENGTH;
    };
  }
}
