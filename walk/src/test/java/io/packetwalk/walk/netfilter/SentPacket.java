package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.OptionalInt;

/**
 * A line of what {@code tools/nftables-truth} notes.
 *
 * @param kind {@code first}, {@code again}, {@code reply} or {@code late}
 * @param end where it was sent: 0 at the client, 1 at the server, 2 on the router itself
 * @param seen what became of it
 * @param risen the lines of the ruleset whose counters rose
 */
record SentPacket(String kind, int end, Packet packet, List<String> seen, List<Integer> risen) {

  static SentPacket of(String line) {
    String[] parts = line.split("\t\\|\t", -1);
    String[] sent = parts[0].split("\t", -1);
    List<Integer> risen =
        parts[2].isEmpty()
            ? List.of()
            : List.of(parts[2].split(",", -1)).stream().map(Integer::valueOf).toList();
    return new SentPacket(
        sent[0], Integer.parseInt(sent[1]), packet(sent), List.of(parts[1].split("\t", -1)), risen);
  }

  private static Packet packet(String[] sent) {
    int protocol = Integer.parseInt(sent[2]);
    int sourcePort = Integer.parseInt(sent[5]);
    int destinationPort = Integer.parseInt(sent[6]);
    int flags = Integer.parseInt(sent[7]);
    int size = Integer.parseInt(sent[10]);
    Packet transport =
        switch (protocol) {
          case IpProtocol.TCP -> Packet.of(Tcp.of(sourcePort, destinationPort, flags));
          case IpProtocol.UDP ->
              Packet.of(Udp.of(sourcePort, destinationPort), Payload.zeros(size));
          case IpProtocol.ICMP ->
              Packet.of(Icmp.of(flags, 0, sourcePort << 16), Payload.zeros(size));
          default -> Packet.of(Icmpv6.of(flags, 0, sourcePort << 16), Payload.zeros(size));
        };
    return transport.within(header(sent, protocol).outermost());
  }

  private static Packet header(String[] sent, int protocol) {
    IpAddress source = IpAddress.of(sent[3]);
    IpAddress destination = IpAddress.of(sent[4]);
    int hops = Integer.parseInt(sent[8]);
    Packet plain =
        source.isIpv4()
            ? Packet.of(unfragmentable(Ipv4.of(source, destination, protocol, hops)))
            : Packet.of(Ipv6.of(source, destination, protocol, hops));
    return Rewriting.trafficClass(plain, Integer.parseInt(sent[9]));
  }

  private static Ipv4 unfragmentable(Ipv4 plain) {
    return new Ipv4(
        plain.trafficClass(),
        plain.identification(),
        Ipv4.DONT_FRAGMENT,
        0,
        plain.ttl(),
        plain.protocol(),
        plain.source(),
        plain.destination(),
        plain.options(),
        plain.declaredLength(),
        OptionalInt.empty());
  }
}
