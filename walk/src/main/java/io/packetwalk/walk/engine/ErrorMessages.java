package io.packetwalk.walk.engine;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Makes the packets that tell a sender of a refusal. */
final class ErrorMessages {
  private static final int HOP_LIMIT = 64;

  /** IPTOS_PREC_INTERNETCONTROL: the precedence of errors (RFC 1812, 4.3.2.5). */
  private static final int INTERNETWORK_CONTROL = 0xc0;

  private static final int TOS_KEPT = 0x1e;

  /** The most of a packet that an error carries (RFC 1812, 4.3.2.3; RFC 4443, 2.4). */
  private static final int LARGEST_IPV4 = 576;

  private static final int LARGEST_IPV6 = 1280;

  private ErrorMessages() {}

  /** What is sent about this packet, from its IP header on. */
  static Packet about(Packet refused, Notice notice, IpAddress source) {
    Ip header = (Ip) refused.outermost();
    return switch (notice) {
      case Notice.IcmpError error -> error(refused, header, error, source);
      case Notice.Reset reset -> reset(refused, header);
    };
  }

  private static Packet error(Packet refused, Ip header, Notice.IcmpError error, IpAddress source) {
    List<Layer> layers = new ArrayList<>();
    boolean version4 = source.isIpv4();
    if (version4) {
      layers.add(errorHeader(header, source));
      layers.add(Icmp.of(error.type(), error.code(), error.rest()));
    } else {
      layers.add(Ipv6.of(source, header.source(), IpProtocol.ICMPV6, HOP_LIMIT));
      layers.add(Icmpv6.of(error.type(), error.code(), error.rest()));
    }
    int room =
        version4
            ? LARGEST_IPV4 - Ipv4.HEADER_LENGTH - Icmp.HEADER_LENGTH
            : LARGEST_IPV6 - Ipv6.HEADER_LENGTH - Icmp.HEADER_LENGTH;
    layers.addAll(cut(refused.layers(), room));
    return new Packet(layers);
  }

  /** As much of the packet as there is room for: only the payload is ever cut. */
  private static List<Layer> cut(List<Layer> layers, int room) {
    List<Layer> kept = new ArrayList<>(layers);
    int excess = layers.isEmpty() ? 0 : Sizes.ofIp(new Packet(layers)) - room;
    if (excess > 0 && kept.getLast() instanceof Payload payload) {
      kept.removeLast();
      int length = payload.length() - excess;
      if (length > 0) {
        kept.add(Payload.zeros(length));
      }
    }
    return kept;
  }

  private static Ipv4 errorHeader(Ip refused, IpAddress source) {
    return new Ipv4(
        (refused.trafficClass() & TOS_KEPT) | INTERNETWORK_CONTROL,
        0,
        0,
        0,
        HOP_LIMIT,
        IpProtocol.ICMP,
        source,
        refused.source(),
        Ipv4.of(source, refused.source(), IpProtocol.ICMP, HOP_LIMIT).options(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static Packet reset(Packet refused, Ip header) {
    Tcp segment =
        refused.layers().size() > 1 && refused.layers().get(1) instanceof Tcp tcp
            ? tcp
            : Tcp.of(0, 0, 0);
    int flags = segment.has(Tcp.ACK) ? Tcp.RST : Tcp.RST | Tcp.ACK;
    IpAddress from = header.destination();
    IpAddress to = header.source();
    Ip back =
        from.isIpv4()
            ? Ipv4.of(from, to, IpProtocol.TCP, HOP_LIMIT)
            : Ipv6.of(from, to, IpProtocol.TCP, HOP_LIMIT);
    return new Packet(
        List.of(
            back.asLayer(),
            Tcp.of(/* sourcePort= */ segment.destinationPort(), segment.sourcePort(), flags)));
  }

  /** Whether the packet is an ICMP error itself. */
  static boolean isError(Packet packet) {
    return packet.layers().stream()
        .anyMatch(layer ->
            (layer instanceof Icmp icmp && icmp.isError())
                || (layer instanceof Icmpv6 icmpv6 && icmpv6.isError()));
  }

  static String name(Notice notice, IpFamily family) {
    return switch (notice) {
      case Notice.Reset reset -> "a TCP reset";
      case Notice.IcmpError error -> family == IpFamily.IPV4 ? name4(error) : name6(error);
    };
  }

  private static String name4(Notice.IcmpError error) {
    if (error.type() == Icmp.TIME_EXCEEDED) {
      return "an ICMP time exceeded";
    }
    return switch (error.code()) {
      case 0 -> "an ICMP network unreachable";
      case 1 -> "an ICMP host unreachable";
      case 2 -> "an ICMP protocol unreachable";
      case 3 -> "an ICMP port unreachable";
      case 4 -> "an ICMP fragmentation needed (MTU " + error.rest() + ")";
      case 9, 10, 13 -> "an ICMP administratively prohibited";
      default -> "an ICMP destination unreachable";
    };
  }

  private static String name6(Notice.IcmpError error) {
    return switch (error.type()) {
      case 2 -> "an ICMPv6 packet too big (MTU " + error.rest() + ")";
      case 3 -> "an ICMPv6 time exceeded";
      default ->
          switch (error.code()) {
            case 0 -> "an ICMPv6 no route";
            case 1 -> "an ICMPv6 administratively prohibited";
            case 3 -> "an ICMPv6 address unreachable";
            case 4 -> "an ICMPv6 port unreachable";
            default -> "an ICMPv6 destination unreachable";
          };
    };
  }
}
