package io.packetwalk.report.packet;

import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinkHeader;
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

/**
 * The headers of a predicted packet, field by field, as JSON and the detailed text show them.
 *
 * <p>What no state tells (identifications, sequence numbers, checksums) isn't among the fields.
 */
public final class Headers {
  private final Packet packet;
  private final boolean onLoopback;

  private Headers(Packet packet, boolean onLoopback) {
    this.packet = packet;
    this.onLoopback = onLoopback;
  }

  /**
   * Outermost first.
   *
   * @param device where the packet is: only on {@code lo} is an all-zero MAC address a real one
   */
  public static List<Header> of(Packet packet, String device) {
    Headers headers = new Headers(packet, Unknowns.isLoopback(device));
    List<Header> shown = new ArrayList<>();
    for (int index = 0; index < packet.layers().size(); index++) {
      shown.add(headers.header(index));
    }
    return shown;
  }

  private Header header(int index) {
    return switch (packet.layers().get(index)) {
      case Ethernet ethernet -> ethernet(ethernet);
      case Vlan vlan ->
          new Header(
              "vlan",
              List.of(
                  Field.of("identifier", vlan.identifier()),
                  Field.of("priority", vlan.priority()),
                  Field.of("drop_eligible", vlan.dropEligible()),
                  Field.of("ether_type", vlan.etherType())));
      case Arp arp -> arp(arp);
      case Ipv4 ipv4 -> ipv4(ipv4);
      case Ipv6 ipv6 -> ipv6(ipv6);
      case Icmp icmp -> icmp("icmp", icmp.type(), icmp.code(), icmp.rest(), IcmpNames.isEcho(icmp));
      case Icmpv6 icmp ->
          icmp("icmpv6", icmp.type(), icmp.code(), icmp.rest(), IcmpNames.isEcho(icmp));
      case Tcp tcp ->
          new Header(
              "tcp",
              List.of(
                  Unknowns.isUnknownPort(packet, index)
                      ? Field.unknown("source_port")
                      : Field.of("source_port", tcp.sourcePort()),
                  Field.of("destination_port", tcp.destinationPort()),
                  Field.of("flags", TcpFlags.names(tcp.flags()))));
      case Udp udp ->
          new Header(
              "udp",
              List.of(
                  Unknowns.isUnknownPort(packet, index)
                      ? Field.unknown("source_port")
                      : Field.of("source_port", udp.sourcePort()),
                  Field.of("destination_port", udp.destinationPort())));
      case Vxlan vxlan -> new Header("vxlan", List.of(Field.of("vni", vxlan.vni())));
      case Geneve geneve ->
          new Header(
              "geneve",
              List.of(
                  Field.of("vni", geneve.vni()),
                  Field.of("protocol_type", geneve.protocolType()),
                  Field.of("options", geneve.options().toHex())));
      case Gre gre -> gre(gre);
      case Sctp sctp ->
          new Header(
              "sctp",
              List.of(
                  Field.of("source_port", sctp.sourcePort()),
                  Field.of("destination_port", sctp.destinationPort())));
      case Mpls mpls ->
          new Header(
              "mpls",
              List.of(
                  Field.of("label", mpls.label()),
                  Field.of("traffic_class", mpls.trafficClass()),
                  Field.of("bottom", mpls.bottom()),
                  Field.of("ttl", mpls.ttl())));
      case LinkHeader link -> LinkHeaders.of(link);
      case Encapsulation encapsulation -> EncapsulationHeaders.of(encapsulation);
      case PartialHeader header ->
          new Header(
              "partial",
              List.of(
                  Field.of("protocol", header.protocol()),
                  Field.of("length", header.content().length())));
      case Payload payload -> new Header("payload", List.of(Field.of("length", payload.length())));
      case Trailer trailer ->
          new Header("trailer", List.of(Field.of("length", trailer.content().length())));
    };
  }

  private Header ethernet(Ethernet ethernet) {
    return new Header(
        "ethernet",
        List.of(
            mac("source", ethernet.source()),
            mac("destination", ethernet.destination()),
            Field.of("ether_type", ethernet.etherType())));
  }

  private Header arp(Arp arp) {
    return new Header(
        "arp",
        List.of(
            Field.of("operation", ArpNames.operation(arp.operation())),
            mac("sender_mac", arp.senderMac()),
            Field.of("sender_address", arp.senderAddress().toString()),
            // In a request the address is zero because it is what is asked for.
            Field.of("target_mac", arp.targetMac().toString()),
            Field.of("target_address", arp.targetAddress().toString())));
  }

  private Field mac(String name, MacAddress mac) {
    return Unknowns.isUnknown(mac, onLoopback) ? Field.unknown(name) : Field.of(name, mac + "");
  }

  private static Header ipv4(Ipv4 ipv4) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                Field.of("source", ipv4.source().toString()),
                Field.of("destination", ipv4.destination().toString()),
                Field.of("ttl", ipv4.ttl()),
                Field.of("protocol", ipv4.protocol()),
                Field.of("tos", ipv4.typeOfService()),
                Field.of("dont_fragment", ipv4.dontFragment()),
                Field.of("more_fragments", (ipv4.flags() & Ipv4.MORE_FRAGMENTS) != 0),
                Field.of("fragment_offset", ipv4.fragmentOffset() * 8L)));
    if (ipv4.options().length() > 0) {
      fields.add(Field.of("options", ipv4.options().toHex()));
    }
    return new Header("ipv4", fields);
  }

  private static Header ipv6(Ipv6 ipv6) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                Field.of("source", ipv6.source().toString()),
                Field.of("destination", ipv6.destination().toString()),
                Field.of("hop_limit", ipv6.hopLimit()),
                Field.of("ttl", ipv6.hopLimit()),
                Field.of("protocol", ipv6.protocol()),
                Field.of("traffic_class", ipv6.trafficClass())));
    if (ipv6.extensions().length() > 0) {
      fields.add(Field.of("extensions", ipv6.extensions().toHex()));
    }
    return new Header("ipv6", fields);
  }

  private static Header icmp(String layer, int type, int code, int rest, boolean echo) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("icmp_type", type));
    fields.add(Field.of("code", code));
    fields.add(Field.of("message", IcmpNames.of(layer.equals("icmpv6"), type, code)));
    if (echo) {
      fields.add(Field.of("identifier", rest >>> 16));
      fields.add(Field.of("sequence", rest & 0xffff));
    } else if (IcmpNames.tellsMtu(layer.equals("icmpv6"), type, code)) {
      fields.add(Field.of("mtu", layer.equals("icmpv6") ? rest & 0xffff_ffffL : rest & 0xffff));
    }
    return new Header(layer, fields);
  }

  private static Header gre(Gre gre) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("protocol_type", gre.protocolType()));
    gre.key().ifPresent(key -> fields.add(Field.of("key", key)));
    gre.sequence().ifPresent(sequence -> fields.add(Field.of("sequence", sequence)));
    return new Header("gre", fields);
  }

  /** The layer's name, as {@link Header#type} has it. */
  static String type(Layer layer) {
    return of(Packet.of(layer), "").getFirst().type();
  }
}
