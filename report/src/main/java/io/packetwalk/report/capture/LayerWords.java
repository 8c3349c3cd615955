package io.packetwalk.report.capture;

import io.packetwalk.report.packet.IcmpNames;
import io.packetwalk.report.packet.TcpFlags;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.GeneveOption;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.PartialHeader;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.TcpOption;
import io.packetwalk.wire.layer.Trailer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A captured header in the words of a line: its title, its ends, and what is worth knowing of it.
 */
final class LayerWords {
  private static final long UNSIGNED = 0xffff_ffffL;

  private final Function<IpAddress, Optional<String>> names;

  /**
   * @param names whose address something is, when that is known
   */
  LayerWords(Function<IpAddress, Optional<String>> names) {
    this.names = names;
  }

  String title(Layer layer) {
    return switch (layer) {
      case Ethernet _ -> "Ethernet";
      case Vlan _ -> "VLAN";
      case Arp _ -> "ARP";
      case Ipv4 _ -> "IPv4";
      case Ipv6 _ -> "IPv6";
      case Icmp _ -> "ICMP";
      case Icmpv6 _ -> "ICMPv6";
      case Tcp _ -> "TCP";
      case Udp _ -> "UDP";
      case Sctp _ -> "SCTP";
      case Vxlan _ -> "VXLAN";
      case Geneve _ -> "Geneve";
      case Gre _ -> "GRE";
      case Mpls _ -> "MPLS";
      case LinkHeader header -> upper(LinkFields.of(header));
      case Encapsulation encapsulation -> upper(TunnelFields.of(encapsulation));
      case PartialHeader _ -> "cut header";
      case Payload _ -> "payload";
      case Trailer _ -> "trailer";
    };
  }

  private static String upper(Map<String, Object> fields) {
    return switch (fields.getOrDefault("type", "").toString()) {
      case "llc" -> "LLC";
      case "linux_cooked" -> "Linux cooked";
      case "linux_cooked_2" -> "Linux cooked";
      case "loopback" -> "loopback";
      case "nflog" -> "NFLOG";
      case "ppp" -> "PPP";
      case "pppoe" -> "PPPoE";
      case "ah" -> "AH";
      case "esp" -> "ESP";
      case "erspan" -> "ERSPAN";
      case "gtp" -> "GTP-U";
      case "gue" -> "GUE";
      case "nsh" -> "NSH";
      case "stt" -> "STT";
      default -> "WireGuard";
    };
  }

  String detail(Layer layer) {
    return switch (layer) {
      case Ethernet ethernet ->
          ethernet.source() + " → " + ethernet.destination() + etherType(ethernet.etherType());
      case Vlan vlan ->
          vlan.identifier() + (vlan.priority() == 0 ? "" : ", priority " + vlan.priority());
      case Arp arp -> arp(arp);
      case Ipv4 ipv4 -> ends(ipv4) + ipv4(ipv4);
      case Ipv6 ipv6 -> ends(ipv6) + ipv6(ipv6);
      case Icmp icmp -> icmp(false, icmp.type(), icmp.code(), icmp.rest());
      case Icmpv6 icmp -> icmp(true, icmp.type(), icmp.code(), icmp.rest());
      case Tcp tcp -> tcp(tcp);
      case Udp udp -> udp.sourcePort() + " → " + udp.destinationPort();
      case Sctp sctp -> sctp.sourcePort() + " → " + sctp.destinationPort();
      case Vxlan vxlan -> vxlan(vxlan);
      case Geneve geneve -> geneve(geneve);
      case Gre gre -> gre(gre);
      case Mpls mpls ->
          "label " + mpls.label() + (mpls.bottom() ? ", bottom" : "") + ", ttl " + mpls.ttl();
      case LinkHeader header -> others(LinkFields.of(header));
      case Encapsulation encapsulation -> others(TunnelFields.of(encapsulation));
      case PartialHeader partial -> partial(partial);
      case Payload payload -> bytes(payload.length());
      case Trailer trailer -> bytes(trailer.content().length());
    };
  }

  private static String bytes(int count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }

  private static String others(Map<String, Object> fields) {
    List<String> words = new ArrayList<>();
    fields.forEach((name, value) -> {
      if (!name.equals("type") && !value.equals(false)) {
        words.add(name.replace('_', ' ') + (value.equals(true) ? "" : " " + value));
      }
    });
    return String.join(", ", words);
  }

  private static String etherType(int type) {
    return switch (type) {
      case 0x0800, 0x86dd, 0x0806, 0x8100, 0x88a8, 0x8847 -> "";
      default -> type < 0x600 ? ", length " + type : ", type 0x%04x".formatted(type);
    };
  }

  /** {@code 10.0.0.1 (pod shop/cart) → 10.0.0.2}. */
  String ends(Ip ip) {
    return named(ip.source()) + " → " + named(ip.destination());
  }

  private String named(IpAddress address) {
    return address + names.apply(address).map(name -> " (" + name + ")").orElse("");
  }

  private String arp(Arp arp) {
    return switch (arp.operation()) {
      case Arp.REQUEST ->
          "who has " + named(arp.targetAddress()) + "? tell " + named(arp.senderAddress());
      case Arp.REPLY -> named(arp.senderAddress()) + " is at " + arp.senderMac();
      default -> "operation " + arp.operation();
    };
  }

  private static String ipv4(Ipv4 ipv4) {
    StringBuilder words = new StringBuilder(", ttl " + ipv4.ttl());
    if (ipv4.identification() != 0) {
      words.append(", id ").append(ipv4.identification());
    }
    if (ipv4.dontFragment()) {
      words.append(", don't fragment");
    }
    if (ipv4.isFragment()) {
      boolean more = (ipv4.flags() & Ipv4.MORE_FRAGMENTS) != 0;
      words.append(", fragment at ").append(ipv4.fragmentOffset() * 8);
      words.append(more ? ", more follow" : ", the last one");
    }
    if (ipv4.typeOfService() != 0) {
      words.append(", tos 0x%02x".formatted(ipv4.typeOfService()));
    }
    return words + carried(ipv4.protocol());
  }

  private static String ipv6(Ipv6 ipv6) {
    StringBuilder words = new StringBuilder(", hop limit " + ipv6.hopLimit());
    if (ipv6.trafficClass() != 0) {
      words.append(", class 0x%02x".formatted(ipv6.trafficClass()));
    }
    if (ipv6.isFragment()) {
      words.append(", a fragment");
    }
    return words + carried(ipv6.protocol());
  }

  private static String carried(int protocol) {
    return switch (protocol) {
      case IpProtocol.IPV4, IpProtocol.IPV6 -> ", IP-in-IP";
      case IpProtocol.ICMP,
          IpProtocol.TCP,
          IpProtocol.UDP,
          IpProtocol.GRE,
          IpProtocol.ESP,
          IpProtocol.AUTHENTICATION_HEADER,
          IpProtocol.ICMPV6,
          IpProtocol.SCTP ->
          "";
      default -> ", protocol " + protocol;
    };
  }

  static String icmp(boolean six, int type, int code, int rest) {
    boolean echo = six ? type == 128 || type == 129 : type == 8 || type == 0;
    String words =
        six
            ? discovery(type).orElse(IcmpNames.of(true, type, code))
            : IcmpNames.of(false, type, code);
    return echo ? words + ", id " + (rest >>> 16) + ", sequence " + (rest & 0xffff) : words;
  }

  private static Optional<String> discovery(int type) {
    return switch (type) {
      case 130 -> Optional.of("multicast listener query");
      case 133 -> Optional.of("router solicitation");
      case 134 -> Optional.of("router advertisement");
      case 135 -> Optional.of("neighbour solicitation");
      case 136 -> Optional.of("neighbour advertisement");
      case 137 -> Optional.of("redirect");
      case 143 -> Optional.of("multicast listener report");
      default -> Optional.empty();
    };
  }

  private static String tcp(Tcp tcp) {
    List<String> words = new ArrayList<>();
    words.add(tcp.sourcePort() + " → " + tcp.destinationPort());
    words.add(String.join(" ", TcpFlags.names(tcp.flags())));
    words.add("sequence " + (tcp.sequence() & UNSIGNED));
    if (tcp.has(Tcp.ACK)) {
      words.add("acknowledges " + (tcp.acknowledgment() & UNSIGNED));
    }
    words.add("window " + tcp.window());
    TcpOption.of(tcp.options()).forEach(option -> words.add(option.toString()));
    return String.join(", ", words);
  }

  private static String vxlan(Vxlan vxlan) {
    String policy =
        (vxlan.flags() & Vxlan.GROUP_POLICY) != 0
            ? ", group policy " + (vxlan.reserved() & 0xffff)
            : "";
    boolean generic = (vxlan.flags() & Vxlan.PROTOCOL_PRESENT) != 0;
    String next = generic ? ", GPE protocol " + (vxlan.reserved() & 0xff) : "";
    return "network " + vxlan.vni() + policy + next;
  }

  private static String geneve(Geneve geneve) {
    List<String> words = new ArrayList<>(List.of("network " + geneve.vni()));
    if (geneve.control()) {
      words.add("control");
    }
    GeneveOption.of(geneve.options()).forEach(option -> words.add(option.toString()));
    return String.join(", ", words);
  }

  private static String gre(Gre gre) {
    List<String> words = new ArrayList<>();
    boolean bridged = gre.protocolType() == 0x6558;
    words.add(bridged ? "Ethernet" : "protocol 0x%04x".formatted(gre.protocolType()));
    gre.key().ifPresent(key -> words.add("key " + key));
    if (bridged) {
      gre.virtualSubnet().ifPresent(subnet -> words.add("NVGRE subnet " + subnet));
    }
    gre.sequence().ifPresent(sequence -> words.add("sequence " + sequence));
    return String.join(", ", words);
  }

  private static String partial(PartialHeader partial) {
    String ports =
        partial.sourcePort().isPresent() && partial.destinationPort().isPresent()
            ? ", " + partial.sourcePort().getAsInt() + " → " + partial.destinationPort().getAsInt()
            : "";
    return "protocol " + partial.protocol() + ports + ", " + bytes(partial.content().length());
  }
}
