package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
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
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.Optional;
import java.util.OptionalInt;

/** What netfilter reads of a packet that begins with its IP header. */
final class Headers {
  private Headers() {}

  static Ip ip(Packet packet) {
    if (packet.outermost() instanceof Ip ip) {
      return ip;
    }
    throw new IllegalArgumentException("netfilter looks at packets from their IP header on");
  }

  static OptionalInt sourcePort(Packet packet) {
    return port(packet, true);
  }

  static OptionalInt destinationPort(Packet packet) {
    return port(packet, false);
  }

  /**
   * The first two bytes over IP: a port, or an ICMP message's type and code. A rule of nftables
   * that doesn't ask for the protocol reads them as a port.
   */
  static OptionalInt firstWord(Packet packet) {
    return typed(packet, sourcePort(packet));
  }

  /**
   * The two bytes behind: a port, or an ICMP message's checksum, which is taken to be no port that
   * rules name.
   */
  static OptionalInt secondWord(Packet packet) {
    OptionalInt port = destinationPort(packet);
    return port.isEmpty() && icmpType(packet).isPresent() ? OptionalInt.of(-1) : port;
  }

  /** The port, or an ICMP message's type and code as one number. */
  static OptionalInt typed(Packet packet, OptionalInt port) {
    return port.isEmpty() && icmpType(packet).isPresent()
        ? OptionalInt.of(icmpType(packet).getAsInt() << 8 | icmpCode(packet).orElse(0))
        : port;
  }

  private static OptionalInt port(Packet packet, boolean source) {
    if (packet.layers().size() < 2 || isLaterFragment(packet)) {
      return OptionalInt.empty();
    }
    Layer transport = packet.layers().get(1);
    if (transport instanceof Tcp tcp) {
      return OptionalInt.of(source ? tcp.sourcePort() : tcp.destinationPort());
    }
    if (transport instanceof Udp udp) {
      return OptionalInt.of(source ? udp.sourcePort() : udp.destinationPort());
    }
    boolean bare = transport instanceof Payload(Bytes content) && content.length() >= 4;
    boolean ported = ip(packet).protocol() == IpProtocol.SCTP;
    if (bare && ported && transport instanceof Payload(Bytes content)) {
      int offset = source ? 0 : 2;
      return OptionalInt.of(content.at(offset) << 8 | content.at(offset + 1));
    }
    return OptionalInt.empty();
  }

  /** The number that the IP header itself carries. */
  static int nextHeader(Ip ip) {
    return ip instanceof Ipv6 ipv6 ? ipv6.firstHeader() : ip.protocol();
  }

  static OptionalInt fragmentBits(Ip ip) {
    return ip instanceof Ipv4 ipv4
        ? OptionalInt.of(ipv4.flags() << 13 | ipv4.fragmentOffset())
        : OptionalInt.empty();
  }

  static boolean isLaterFragment(Packet packet) {
    return packet.outermost() instanceof Ipv4 ipv4 && ipv4.fragmentOffset() != 0;
  }

  static OptionalInt tcpFlags(Packet packet) {
    return transport(packet, Tcp.class)
        .map(tcp -> OptionalInt.of(tcp.flags()))
        .orElseGet(OptionalInt::empty);
  }

  static OptionalInt icmpType(Packet packet) {
    Optional<Integer> type =
        transport(packet, Icmp.class)
            .map(Icmp::type)
            .or(() -> transport(packet, Icmpv6.class).map(Icmpv6::type));
    return type.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  static OptionalInt icmpCode(Packet packet) {
    Optional<Integer> code =
        transport(packet, Icmp.class)
            .map(Icmp::code)
            .or(() -> transport(packet, Icmpv6.class).map(Icmpv6::code));
    return code.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  static <L extends Layer> Optional<L> transport(Packet packet, Class<L> kind) {
    return packet.layers().size() > 1 && kind.isInstance(packet.layers().get(1))
        ? Optional.of(kind.cast(packet.layers().get(1)))
        : Optional.empty();
  }

  /** The packet that an ICMP error carries. */
  static Optional<Packet> carried(Packet packet) {
    boolean error =
        transport(packet, Icmp.class).filter(Icmp::isError).isPresent()
            || transport(packet, Icmpv6.class).filter(Icmpv6::isError).isPresent();
    boolean shown = packet.layers().size() > 2 && packet.layers().get(2) instanceof Ip;
    return error && shown ? Optional.of(packet.without(2)) : Optional.empty();
  }

  static boolean isError(Packet packet) {
    return transport(packet, Icmp.class).filter(Icmp::isError).isPresent()
        || transport(packet, Icmpv6.class).filter(Icmpv6::isError).isPresent();
  }

  /** What identifies the packet's connection; empty for pieces behind the first. */
  static Optional<Tuple> tuple(Packet packet) {
    Ip ip = ip(packet);
    if (isLaterFragment(packet)) {
      return Optional.empty();
    }
    OptionalInt identifier = identifier(packet);
    int source = identifier.orElse(sourcePort(packet).orElse(0));
    int destination = identifier.orElse(destinationPort(packet).orElse(0));
    return Optional.of(
        new Tuple(ip.protocol(), ip.source(), ip.destination(), source, destination));
  }

  static OptionalInt identifier(Packet packet) {
    Optional<Integer> identifier =
        transport(packet, Icmp.class)
            .map(Icmp::identifier)
            .or(() -> transport(packet, Icmpv6.class).map(Icmpv6::identifier));
    return identifier.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** In bytes, from the IP header on. */
  static int length(Packet packet) {
    return packet.layers().stream().mapToInt(Headers::length).sum();
  }

  private static int length(Layer layer) {
    if (layer instanceof Ip ip) {
      return ip.headerLength();
    }
    return switch (layer) {
      case Tcp tcp -> Tcp.HEADER_LENGTH + tcp.options().length();
      case Payload payload -> payload.length();
      case Ethernet ethernet -> Ethernet.HEADER_LENGTH;
      case Gre gre -> gre.headerLength();
      case Geneve geneve -> Geneve.HEADER_LENGTH + geneve.options().length();
      default -> 8;
    };
  }

  /** The address and port as text. */
  static String end(IpAddress address, int port, int protocol) {
    boolean ported =
        protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP;
    if (!ported) {
      return address.toString();
    }
    return address.isIpv4() ? address + ":" + port : "[" + address + "]:" + port;
  }
}
