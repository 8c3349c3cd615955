package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
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
import java.util.Arrays;
import java.util.List;

/** Reads a packet's headers into its vector, as Open vSwitch's {@code miniflow_extract}. */
final class PacketFields {
  static final int VLAN_PRESENT = 0x1000;
  private static final int FIRST_HEADER_WORD = 29;
  private static final int LAST_HEADER_WORD = 43;

  private final long[] words;
  private final List<Layer> layers;

  private PacketFields(long[] words, Packet packet) {
    this.words = words;
    this.layers = packet.layers();
  }

  /**
   * Sets every header field, and leaves registers and metadata as they are.
   *
   * @param tags how many VLAN tags are looked behind; Open vSwitch's default is one
   */
  static void extract(Packet packet, long[] words, int tags) {
    Arrays.fill(words, FIRST_HEADER_WORD, LAST_HEADER_WORD + 1, 0);
    new PacketFields(words, packet).link(tags);
  }

  private void set(FlowField field, long value) {
    Vector.write(words, field, Bits.of(value));
  }

  private void link(int tags) {
    if (!(layers.getFirst() instanceof Ethernet ethernet)) {
      return;
    }
    set(FlowFields.ETH_DST, ethernet.destination().bits());
    set(FlowFields.ETH_SRC, ethernet.source().bits());
    int type = ethernet.etherType();
    int at = 1;
    while (at < layers.size() && at <= tags && layers.get(at) instanceof Vlan vlan) {
      if (at == 1) {
        set(FlowFields.VLAN_TCI, control(vlan));
      }
      type = vlan.etherType();
      at++;
    }
    set(FlowFields.ETH_TYPE, type < 0x600 ? 0x05ff : type);
    if (at < layers.size()) {
      network(at);
    }
  }

  static int control(Vlan vlan) {
    return (vlan.priority() << 13) | VLAN_PRESENT | vlan.identifier();
  }

  private void network(int at) {
    switch (layers.get(at)) {
      case Mpls mpls -> label(mpls);
      case Arp arp -> arp(arp);
      case Ipv4 ip -> ipv4(ip, at);
      case Ipv6 ip -> ipv6(ip, at);
      default -> {
        // Nothing that has fields.
      }
    }
  }

  private void label(Mpls mpls) {
    set(FlowFields.MPLS_LABEL, mpls.label());
    set(FlowFields.MPLS_TC, mpls.trafficClass());
    set(FlowFields.MPLS_BOS, mpls.bottom() ? 1 : 0);
    set(FlowFields.MPLS_TTL, mpls.ttl());
  }

  private void arp(Arp arp) {
    set(FlowFields.ARP_OP, arp.operation() <= 0xff ? arp.operation() : 0);
    set(FlowFields.ARP_SPA, arp.senderAddress().low());
    set(FlowFields.ARP_TPA, arp.targetAddress().low());
    set(FlowFields.ARP_SHA, arp.senderMac().bits());
    set(FlowFields.ARP_THA, arp.targetMac().bits());
  }

  private void ipv4(Ipv4 ip, int at) {
    set(FlowFields.NW_SRC, ip.source().low());
    set(FlowFields.NW_DST, ip.destination().low());
    common(ip);
    boolean later = ip.fragmentOffset() != 0;
    set(FlowFields.NW_FRAG, later ? 3 : ip.isFragment() ? 1 : 0);
    if (!later) {
      transport(at + 1);
    }
  }

  private void ipv6(Ipv6 ip, int at) {
    write(FlowFields.IPV6_SRC, ip.source());
    write(FlowFields.IPV6_DST, ip.destination());
    set(FlowFields.IPV6_LABEL, ip.flowLabel());
    common(ip);
    transport(at + 1);
  }

  private void common(Ip ip) {
    set(FlowFields.NW_PROTO, ip.protocol());
    set(FlowFields.NW_TOS_BYTE, ip.trafficClass());
    set(FlowFields.NW_TTL, ip.hopLimit());
  }

  private void write(FlowField field, IpAddress address) {
    Vector.write(words, field, new Bits(address.high(), address.low()));
  }

  private void transport(int at) {
    if (at >= layers.size()) {
      return;
    }
    switch (layers.get(at)) {
      case Tcp tcp -> {
        ports(tcp.sourcePort(), tcp.destinationPort());
        set(FlowFields.TCP_FLAGS, tcp.flags());
      }
      case Udp udp -> ports(udp.sourcePort(), udp.destinationPort());
      case Sctp sctp -> ports(sctp.sourcePort(), sctp.destinationPort());
      case Icmp icmp -> ports(icmp.type(), icmp.code());
      case Icmpv6 icmp -> {
        ports(icmp.type(), icmp.code());
        neighbour(icmp, at + 1);
      }
      default -> {
        // Another protocol has no fields.
      }
    }
  }

  private void ports(int source, int destination) {
    set(FlowFields.TP_SRC, source);
    set(FlowFields.TP_DST, destination);
  }

  private void neighbour(Icmpv6 icmp, int at) {
    boolean discovery =
        icmp.code() == 0
            && (icmp.type() == Icmpv6.NEIGHBOUR_SOLICITATION
                || icmp.type() == Icmpv6.NEIGHBOUR_ADVERTISEMENT);
    if (!discovery || at >= layers.size() || !(layers.get(at) instanceof Payload body)) {
      return;
    }
    NeighbourBody message = new NeighbourBody(body.content());
    message.target().ifPresent(address -> write(FlowFields.ND_TARGET, address));
    message.option(NeighbourBody.SOURCE).ifPresent(mac -> set(FlowFields.ARP_SHA, mac.bits()));
    message.option(NeighbourBody.TARGET).ifPresent(mac -> set(FlowFields.ARP_THA, mac.bits()));
  }
}
