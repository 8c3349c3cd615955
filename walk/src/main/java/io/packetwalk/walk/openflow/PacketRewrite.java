package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Writes a vector's header fields into the packet that it was read from. */
final class PacketRewrite {
  private static final int TAG = 0x8100;

  private final long[] words;
  private final List<Layer> layers;

  private PacketRewrite(Packet packet, long[] words) {
    this.words = words;
    this.layers = new ArrayList<>(packet.layers());
  }

  /**
   * The packet with what the vector says.
   *
   * @param tags how many of its VLAN tags the vector knows
   */
  static Packet commit(Packet packet, long[] words, int tags) {
    if (!(packet.outermost() instanceof Ethernet)) {
      return packet;
    }
    PacketRewrite rewrite = new PacketRewrite(packet, words);
    rewrite.link(tags);
    Packet changed = new Packet(rewrite.layers);
    return changed.equals(packet) ? packet : changed;
  }

  private long number(FlowField field) {
    return Vector.read(words, field).low();
  }

  private int small(FlowField field) {
    return (int) number(field);
  }

  private void link(int tags) {
    Ethernet old = (Ethernet) layers.getFirst();
    Ethernet ethernet =
        new Ethernet(
            new MacAddress(number(FlowFields.ETH_DST)),
            new MacAddress(number(FlowFields.ETH_SRC)),
            old.etherType());
    layers.set(0, ethernet);
    tag(ethernet, tags);
    int at = 1;
    while (at < layers.size() && layers.get(at) instanceof Vlan) {
      at++;
    }
    int known = Math.max(tags, hasTag() ? 1 : 0);
    if (at < layers.size() && at - 1 <= known) {
      network(at);
    }
  }

  private boolean hasTag() {
    return (number(FlowFields.VLAN_TCI) & PacketFields.VLAN_PRESENT) != 0;
  }

  /** The outermost tag: put on, changed or taken off. */
  private void tag(Ethernet ethernet, int tags) {
    boolean there = tags > 0 && layers.size() > 1 && layers.get(1) instanceof Vlan;
    int control = small(FlowFields.VLAN_TCI);
    if (!hasTag()) {
      if (there && layers.get(1) instanceof Vlan vlan) {
        layers.remove(1);
        layers.set(0, new Ethernet(ethernet.destination(), ethernet.source(), vlan.etherType()));
      }
      return;
    }
    if (there && layers.get(1) instanceof Vlan vlan) {
      layers.set(
          1, new Vlan(control >>> 13, vlan.dropEligible(), control & 0xfff, vlan.etherType()));
    } else {
      layers.set(0, new Ethernet(ethernet.destination(), ethernet.source(), TAG));
      layers.add(1, new Vlan(control >>> 13, false, control & 0xfff, ethernet.etherType()));
    }
  }

  private void network(int at) {
    switch (layers.get(at)) {
      case Mpls mpls ->
          layers.set(
              at,
              new Mpls(
                  small(FlowFields.MPLS_LABEL),
                  small(FlowFields.MPLS_TC),
                  mpls.bottom(),
                  small(FlowFields.MPLS_TTL)));
      case Arp ignored ->
          layers.set(
              at,
              new Arp(
                  small(FlowFields.ARP_OP),
                  new MacAddress(number(FlowFields.ARP_SHA)),
                  ipv4(FlowFields.ARP_SPA),
                  new MacAddress(number(FlowFields.ARP_THA)),
                  ipv4(FlowFields.ARP_TPA)));
      case Ipv4 ip -> ipv4(ip, at);
      case Ipv6 ip -> ipv6(ip, at);
      default -> {
        // Nothing that could have been changed.
      }
    }
  }

  private IpAddress ipv4(FlowField field) {
    return IpAddress.ofIpv4(small(field));
  }

  private IpAddress ipv6(FlowField field) {
    Bits bits = Vector.read(words, field);
    return IpAddress.ofIpv6(bits.high(), bits.low());
  }

  private void ipv4(Ipv4 ip, int at) {
    IpAddress source = ipv4(FlowFields.NW_SRC);
    IpAddress destination = ipv4(FlowFields.NW_DST);
    Ipv4 changed =
        new Ipv4(
            small(FlowFields.NW_TOS_BYTE),
            ip.identification(),
            ip.flags(),
            ip.fragmentOffset(),
            small(FlowFields.NW_TTL),
            ip.protocol(),
            source,
            destination,
            ip.options(),
            ip.declaredLength(),
            ip.declaredChecksum());
    boolean same = changed.equals(ip);
    layers.set(at, same ? ip : changed.withAddresses(source, destination));
    if (ip.fragmentOffset() == 0) {
      transport(at + 1);
    }
  }

  private void ipv6(Ipv6 ip, int at) {
    layers.set(
        at,
        new Ipv6(
            small(FlowFields.NW_TOS_BYTE),
            small(FlowFields.IPV6_LABEL),
            ip.firstHeader(),
            ip.protocol(),
            small(FlowFields.NW_TTL),
            ipv6(FlowFields.IPV6_SRC),
            ipv6(FlowFields.IPV6_DST),
            ip.extensions(),
            ip.declaredLength()));
    transport(at + 1);
  }

  private void transport(int at) {
    if (at >= layers.size()) {
      return;
    }
    int first = small(FlowFields.TP_SRC);
    int second = small(FlowFields.TP_DST);
    switch (layers.get(at)) {
      case Tcp tcp when tcp.sourcePort() != first || tcp.destinationPort() != second ->
          layers.set(
              at,
              new Tcp(
                  first,
                  second,
                  tcp.sequence(),
                  tcp.acknowledgment(),
                  tcp.flags(),
                  tcp.window(),
                  tcp.urgentPointer(),
                  tcp.options(),
                  OptionalInt.empty()));
      case Udp udp when udp.sourcePort() != first || udp.destinationPort() != second ->
          layers.set(at, Udp.of(first, second));
      case Sctp sctp when sctp.sourcePort() != first || sctp.destinationPort() != second ->
          layers.set(at, Sctp.of(first, second, sctp.verificationTag()));
      case Icmp icmp when icmp.type() != first || icmp.code() != second ->
          layers.set(at, Icmp.of(first, second, icmp.rest()));
      case Icmpv6 icmp -> icmpv6(icmp, at);
      default -> {
        // Nothing that could have been changed, or nothing that was.
      }
    }
  }

  private void icmpv6(Icmpv6 icmp, int at) {
    Icmpv6 changed =
        new Icmpv6(
            small(FlowFields.TP_SRC),
            small(FlowFields.TP_DST),
            icmp.rest(),
            icmp.declaredChecksum());
    layers.set(at, changed);
    boolean discovery =
        icmp.type() == Icmpv6.NEIGHBOUR_SOLICITATION
            || icmp.type() == Icmpv6.NEIGHBOUR_ADVERTISEMENT;
    if (discovery && at + 1 < layers.size() && layers.get(at + 1) instanceof Payload body) {
      NeighbourBody message =
          new NeighbourBody(body.content())
              .withTarget(ipv6(FlowFields.ND_TARGET))
              .withOption(NeighbourBody.SOURCE, new MacAddress(number(FlowFields.ARP_SHA)))
              .withOption(NeighbourBody.TARGET, new MacAddress(number(FlowFields.ARP_THA)));
      layers.set(at + 1, new Payload(message.content()));
    }
  }
}
