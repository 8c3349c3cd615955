package io.packetwalk.walk.engine;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;

/**
 * The frames that ask for a neighbour and answer: ARP (RFC 826) for IPv4, solicitation and
 * advertisement (RFC 4861, 4.3 and 4.4) for IPv6.
 */
final class NeighbourMessages {
  private static final int HOP_LIMIT = 255;

  /** An advertisement's flags when it answers: solicited, override. */
  private static final int ANSWERING = 0x60000000;

  private static final String SOURCE_ADDRESS = "0101";
  private static final String TARGET_ADDRESS = "0201";

  private NeighbourMessages() {}

  static Packet question(Answering.Request request) {
    IpAddress sender = request.sender().orElseThrow();
    if (request.asked().isIpv4()) {
      return Packet.of(
          new Ethernet(MacAddress.BROADCAST, request.mac(), EtherType.ARP),
          new Arp(Arp.REQUEST, request.mac(), sender, MacAddress.ZERO, request.asked()));
    }
    IpAddress group = solicited(request.asked());
    return Packet.of(
        new Ethernet(MacAddress.ofMulticast(group), request.mac(), EtherType.IPV6),
        Ipv6.of(sender, group, IpProtocol.ICMPV6, HOP_LIMIT),
        Icmpv6.of(Icmpv6.NEIGHBOUR_SOLICITATION, 0, 0),
        body(request.asked(), SOURCE_ADDRESS, request.mac()));
  }

  /**
   * The answer to a question.
   *
   * @param mac of who answers
   */
  static Packet answer(Answering.Request request, MacAddress mac) {
    IpAddress sender = request.sender().orElseThrow();
    if (request.asked().isIpv4()) {
      return Packet.of(
          new Ethernet(request.mac(), mac, EtherType.ARP),
          new Arp(Arp.REPLY, mac, request.asked(), request.mac(), sender));
    }
    return Packet.of(
        new Ethernet(request.mac(), mac, EtherType.IPV6),
        Ipv6.of(request.asked(), sender, IpProtocol.ICMPV6, HOP_LIMIT),
        Icmpv6.of(Icmpv6.NEIGHBOUR_ADVERTISEMENT, 0, ANSWERING),
        body(request.asked(), TARGET_ADDRESS, mac));
  }

  private static Payload body(IpAddress target, String option, MacAddress mac) {
    return new Payload(
        Bytes.fromHex(target.toBytes().toHex() + option + "%012x".formatted(mac.bits())));
  }

  /** The solicited-node multicast address (RFC 4291, 2.7.1). */
  private static IpAddress solicited(IpAddress address) {
    return IpAddress.ofIpv6(
        0xff02_0000_0000_0000L, 0x0000_0001_ff00_0000L | (address.lowInt() & 0xffffffL));
  }
}
