package io.packetwalk.explain;

import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.List;
import java.util.Optional;

/** Packets as people name them in a sentence. */
final class PacketWords {
  private PacketWords() {}

  /**
   * The packet as the network between the nodes sees it: the outermost IP header and its content.
   */
  static String outer(Packet packet) {
    Optional<Ip> outermost =
        packet.layers().stream().filter(Ip.class::isInstance).map(Ip.class::cast).findFirst();
    return outermost
        .map(ip -> kind(packet, ip) + " " + ip.source() + " → " + ip.destination())
        .orElse("a frame without IP");
  }

  private static String kind(Packet packet, Ip outermost) {
    List<Layer> layers = packet.layers();
    Layer next = layers.get(Math.min(layers.indexOf(outermost.asLayer()) + 1, layers.size() - 1));
    return switch (next) {
      case Ip _ -> "IP-in-IP";
      case Gre _ -> "GRE";
      case Icmp _, Icmpv6 _ -> "ICMP";
      case Tcp tcp -> "TCP to port " + tcp.destinationPort();
      case Udp udp when packet.first(Vxlan.class).isPresent() ->
          "VXLAN (UDP port " + udp.destinationPort() + ")";
      case Udp udp when packet.first(Geneve.class).isPresent() ->
          "Geneve (UDP port " + udp.destinationPort() + ")";
      case Udp udp -> "UDP to port " + udp.destinationPort();
      case Layer _ -> "protocol " + outermost.protocol();
    };
  }

  /** What a filter between the nodes would have to pass. */
  static String carrier(Packet packet) {
    Optional<Ip> outermost =
        packet.layers().stream().filter(Ip.class::isInstance).map(Ip.class::cast).findFirst();
    int protocol = outermost.map(Ip::protocol).orElse(0);
    Optional<Udp> udp = packet.first(Udp.class);
    boolean tunnel =
        packet.first(Vxlan.class).isPresent() || packet.first(Geneve.class).isPresent();
    return tunnel && udp.isPresent()
        ? "UDP port " + udp.get().destinationPort()
        : switch (protocol) {
          case IpProtocol.IPV4, IpProtocol.IPV6 -> "IP protocol " + protocol + " (IP-in-IP)";
          case IpProtocol.GRE -> "IP protocol 47 (GRE)";
          case IpProtocol.TCP -> "TCP";
          case IpProtocol.UDP -> "UDP";
          case IpProtocol.ICMP, IpProtocol.ICMPV6 -> "ICMP";
          default -> "IP protocol " + protocol;
        };
  }

  /** Whether the packet is inside another one. */
  static boolean isTunnelled(Packet packet) {
    return packet.layers().stream()
            .takeWhile(layer -> !(layer instanceof Icmp) && !(layer instanceof Icmpv6))
            .filter(Ip.class::isInstance)
            .count()
        > 1;
  }

  /** An ICMP error's message. */
  static String error(Packet packet) {
    Optional<Icmp> icmp = packet.first(Icmp.class).filter(Icmp::isError);
    if (icmp.isPresent()) {
      return "ICMP " + error(icmp.get());
    }
    return packet
        .first(Icmpv6.class)
        .map(message -> "ICMPv6 type " + message.type() + " code " + message.code())
        .orElse("an ICMP error");
  }

  private static String error(Icmp icmp) {
    return switch (icmp.type()) {
      case Icmp.DESTINATION_UNREACHABLE ->
          switch (icmp.code()) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 2 -> "protocol unreachable";
            case 3 -> "port unreachable";
            case 4 -> "fragmentation needed, next-hop MTU " + icmp.sequence();
            case 9, 10, 13 -> "administratively prohibited";
            default -> "destination unreachable, code " + icmp.code();
          };
      case Icmp.TIME_EXCEEDED -> "time exceeded";
      case Icmp.REDIRECT -> "redirect";
      default -> "type " + icmp.type() + " code " + icmp.code();
    };
  }
}
