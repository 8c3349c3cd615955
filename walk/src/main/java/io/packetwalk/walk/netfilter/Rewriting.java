package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.OptionalInt;

/** Changes of a packet's headers; checksums become right again. */
final class Rewriting {
  private Rewriting() {}

  /** With another source address and port (for ICMP: identifier). */
  static Packet source(Packet packet, IpAddress address, int port) {
    Ip ip = Headers.ip(packet);
    Packet addressed = packet.replacing(ip.withAddresses(address, ip.destination()).asLayer());
    return ports(addressed, port, Headers.destinationPort(packet).orElse(0), port);
  }

  /** With another destination address and port (for ICMP: identifier). */
  static Packet destination(Packet packet, IpAddress address, int port) {
    Ip ip = Headers.ip(packet);
    Packet addressed = packet.replacing(ip.withAddresses(ip.source(), address).asLayer());
    return ports(addressed, Headers.sourcePort(packet).orElse(0), port, port);
  }

  private static Packet ports(Packet packet, int source, int destination, int identifier) {
    if (packet.layers().size() < 2) {
      return packet;
    }
    Layer transport = packet.layers().get(1);
    Layer changed =
        switch (transport) {
          case Tcp tcp ->
              new Tcp(
                  source,
                  destination,
                  tcp.sequence(),
                  tcp.acknowledgment(),
                  tcp.flags(),
                  tcp.window(),
                  tcp.urgentPointer(),
                  tcp.options(),
                  OptionalInt.empty());
          case Udp udp -> new Udp(source, destination, udp.declaredLength(), checksum(udp));
          case Icmp icmp when !icmp.isError() ->
              Icmp.of(icmp.type(), icmp.code(), identifier << 16 | icmp.sequence());
          case Icmpv6 icmp when icmp.type() == 128 || icmp.type() == 129 ->
              Icmpv6.of(icmp.type(), icmp.code(), identifier << 16 | icmp.sequence());
          case Payload(Bytes content) when Headers.sourcePort(packet).isPresent() ->
              new Payload(withPorts(content, source, destination));
          default -> transport;
        };
    return packet.replacing(1, changed);
  }

  /** A datagram without a checksum stays without. */
  private static OptionalInt checksum(Udp udp) {
    boolean none = udp.declaredChecksum().isPresent() && udp.declaredChecksum().getAsInt() == 0;
    return none ? udp.declaredChecksum() : OptionalInt.empty();
  }

  private static Bytes withPorts(Bytes content, int source, int destination) {
    byte[] bytes = content.toArray();
    bytes[0] = (byte) (source >>> 8);
    bytes[1] = (byte) source;
    bytes[2] = (byte) (destination >>> 8);
    bytes[3] = (byte) destination;
    return Bytes.of(bytes);
  }

  static Packet trafficClass(Packet packet, int value) {
    Ip changed =
        switch (Headers.ip(packet)) {
          case Ipv4 ipv4 ->
              new Ipv4(
                  value,
                  ipv4.identification(),
                  ipv4.flags(),
                  ipv4.fragmentOffset(),
                  ipv4.ttl(),
                  ipv4.protocol(),
                  ipv4.source(),
                  ipv4.destination(),
                  ipv4.options(),
                  ipv4.declaredLength(),
                  OptionalInt.empty());
          case Ipv6 ipv6 ->
              new Ipv6(
                  value,
                  ipv6.flowLabel(),
                  ipv6.firstHeader(),
                  ipv6.protocol(),
                  ipv6.hopLimit(),
                  ipv6.source(),
                  ipv6.destination(),
                  ipv6.extensions(),
                  ipv6.declaredLength());
        };
    return packet.replacing(changed.asLayer());
  }

  static Packet hopLimit(Packet packet, int value) {
    return packet.replacing(Headers.ip(packet).withHopLimit(value & 0xff).asLayer());
  }
}
