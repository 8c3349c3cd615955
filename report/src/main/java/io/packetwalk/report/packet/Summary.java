package io.packetwalk.report.packet;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.PartialHeader;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Trailer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A packet in the few words that tell it from others: for each nesting level who sends to whom,
 * what it carries and how far it may still go.
 *
 * @param ends {@code 10.0.0.1:40000 → 10.0.0.2:80}
 * @param contents such as {@code TCP SYN} or {@code VXLAN 4096}
 * @param limit {@code ttl 64}; empty where there is none
 */
public record Summary(String ends, String contents, String limit) {
  /** One for each level, outermost first. */
  public static List<Summary> of(Packet packet) {
    return Envelope.of(packet).stream().map(Summary::of).toList();
  }

  /** Everything on one line. */
  public String text() {
    List<String> parts = new ArrayList<>(List.of(ends));
    Optional.of(contents).filter(text -> !text.isEmpty()).ifPresent(parts::add);
    Optional.of(limit).filter(text -> !text.isEmpty()).ifPresent(parts::add);
    return String.join("  ", parts);
  }

  /** Whether the other one differs in nothing but how far it may go. */
  public boolean isLike(Summary other) {
    return ends.equals(other.ends) && contents.equals(other.contents);
  }

  private static Summary of(Envelope envelope) {
    for (Layer layer : envelope.layers()) {
      if (layer instanceof Ip ip) {
        return ofIp(envelope, ip);
      }
      if (layer instanceof Arp arp) {
        return ofArp(arp);
      }
    }
    return ofLink(envelope);
  }

  private static Summary ofIp(Envelope envelope, Ip ip) {
    List<String> contents = new ArrayList<>();
    String sourcePort = "";
    String destinationPort = "";
    for (int index = envelope.start(); index < envelope.end(); index++) {
      Layer layer = envelope.packet().layers().get(index);
      if (layer instanceof Tcp tcp) {
        boolean unknown = Unknowns.isUnknownPort(envelope.packet(), index);
        sourcePort = unknown ? "?" : Integer.toString(tcp.sourcePort());
        destinationPort = Integer.toString(tcp.destinationPort());
      } else if (layer instanceof Sctp sctp) {
        sourcePort = Integer.toString(sctp.sourcePort());
        destinationPort = Integer.toString(sctp.destinationPort());
      } else if (layer instanceof Udp udp) {
        boolean unknown = Unknowns.isUnknownPort(envelope.packet(), index);
        sourcePort = unknown ? "?" : Integer.toString(udp.sourcePort());
        destinationPort = Integer.toString(udp.destinationPort());
      }
      // How a frame was captured is no part of what it is.
      if (!(layer instanceof LinuxCooked) && !(layer instanceof LinuxCooked2)) {
        words(layer).ifPresent(contents::add);
      }
    }
    if (contents.isEmpty()) {
      contents.add(carried(ip));
    } else if (contents.size() > 1) {
      contents.removeIf(word -> word.equals("UDP") || word.startsWith("TCP"));
    }
    return new Summary(
        end(ip.source(), sourcePort) + " → " + end(ip.destination(), destinationPort),
        String.join(" ", contents),
        "ttl " + ip.hopLimit());
  }

  private static String end(IpAddress address, String port) {
    if (port.isEmpty()) {
      return address.toString();
    }
    return address.isIpv6() ? "[" + address + "]:" + port : address + ":" + port;
  }

  private static Summary ofArp(Arp arp) {
    String text =
        arp.operation() == Arp.REQUEST
            ? "who has " + arp.targetAddress() + "? tell " + arp.senderAddress()
            : arp.senderAddress() + " is at " + mac(arp.senderMac());
    return new Summary("ARP", text, "");
  }

  private static Summary ofLink(Envelope envelope) {
    for (Layer layer : envelope.layers()) {
      if (layer instanceof Ethernet ethernet) {
        String type = "type 0x%04x".formatted(ethernet.etherType());
        return new Summary(mac(ethernet.source()) + " → " + mac(ethernet.destination()), type, "");
      }
    }
    List<String> contents =
        envelope.layers().stream().map(Summary::words).flatMap(Optional::stream).toList();
    return new Summary("", String.join(" ", contents), "");
  }

  static String mac(MacAddress mac) {
    return Unknowns.isUnknown(mac, false) ? "?" : mac.toString();
  }

  /** The layer in a word or two; empty where the ends of the level say it all. */
  private static Optional<String> words(Layer layer) {
    return switch (layer) {
      case Ethernet ethernet -> Optional.empty();
      case Vlan vlan -> Optional.of("VLAN " + vlan.identifier());
      case Arp arp -> Optional.empty();
      case Ipv4 ipv4 -> ipv4.isFragment() ? Optional.of("fragment") : Optional.empty();
      case Ipv6 ipv6 -> Optional.empty();
      case Icmp icmp -> Optional.of("ICMP " + IcmpNames.of(false, icmp.type(), icmp.code()));
      case Icmpv6 icmp -> Optional.of("ICMPv6 " + IcmpNames.of(true, icmp.type(), icmp.code()));
      case Tcp tcp -> Optional.of(("TCP " + String.join(" ", TcpFlags.names(tcp.flags()))).strip());
      case Udp udp -> Optional.of("UDP");
      case Vxlan vxlan -> Optional.of("VXLAN " + vxlan.vni());
      case Geneve geneve -> Optional.of("Geneve " + geneve.vni());
      case Gre gre ->
          Optional.of(gre.key().isPresent() ? "GRE key " + gre.key().getAsLong() : "GRE");
      case Sctp sctp -> Optional.of("SCTP");
      case Mpls mpls -> Optional.of("MPLS " + mpls.label());
      case LinkHeader link -> Optional.of(LinkHeaders.words(link));
      case Encapsulation encapsulation -> Optional.of(EncapsulationHeaders.words(encapsulation));
      case PartialHeader header -> Optional.empty();
      case Payload payload -> Optional.empty();
      case Trailer trailer -> Optional.empty();
    };
  }

  /** What an IP header without a known header behind it carries. */
  private static String carried(Ip ip) {
    return switch (ip.protocol()) {
      case IpProtocol.IPV4 -> "IP-in-IP";
      case IpProtocol.IPV6 -> "IPv6 inside";
      case IpProtocol.SCTP -> "SCTP";
      default -> "protocol " + ip.protocol();
    };
  }
}
