package io.packetwalk.report.capture;

import io.packetwalk.report.packet.TcpFlags;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.GeneveOption;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every field of a captured header by its name, in the header's order: numbers, texts, truth values
 * and lists of texts.
 */
public final class LayerFields {
  private static final long UNSIGNED = 0xffff_ffffL;

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private LayerFields() {}

  /** The fields, {@code type} first: the layer's name in lower case. */
  public static Map<String, Object> of(Layer layer) {
    LayerFields collected = new LayerFields();
    collected.add(layer);
    return collected.fields;
  }

  private LayerFields put(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  private void add(Layer layer) {
    switch (layer) {
      case Ethernet ethernet ->
          put("type", "ethernet")
              .put("destination", ethernet.destination().toString())
              .put("source", ethernet.source().toString())
              .put("ether_type", ethernet.etherType());
      case Vlan vlan ->
          put("type", "vlan")
              .put("priority", vlan.priority())
              .put("drop_eligible", vlan.dropEligible())
              .put("identifier", vlan.identifier())
              .put("ether_type", vlan.etherType());
      case Arp arp -> arp(arp);
      case Ipv4 ipv4 -> ipv4(ipv4);
      case Ipv6 ipv6 -> ipv6(ipv6);
      case Icmp icmp -> icmp("icmp", icmp.type(), icmp.code(), icmp.rest());
      case Icmpv6 icmp -> icmp("icmpv6", icmp.type(), icmp.code(), icmp.rest());
      case Tcp tcp -> tcp(tcp);
      case Udp udp ->
          put("type", "udp")
              .put("source_port", udp.sourcePort())
              .put("destination_port", udp.destinationPort());
      case Sctp sctp ->
          put("type", "sctp")
              .put("source_port", sctp.sourcePort())
              .put("destination_port", sctp.destinationPort())
              .put("verification_tag", sctp.verificationTag() & UNSIGNED);
      case Vxlan vxlan -> vxlan(vxlan);
      case Geneve geneve -> geneve(geneve);
      case Gre gre -> gre(gre);
      case Mpls mpls ->
          put("type", "mpls")
              .put("label", mpls.label())
              .put("traffic_class", mpls.trafficClass())
              .put("bottom", mpls.bottom())
              .put("ttl", mpls.ttl());
      case LinkHeader header -> fields.putAll(LinkFields.of(header));
      case Encapsulation encapsulation -> fields.putAll(TunnelFields.of(encapsulation));
      case PartialHeader partial -> {
        put("type", "partial").put("protocol", partial.protocol());
        partial.sourcePort().ifPresent(port -> put("source_port", port));
        partial.destinationPort().ifPresent(port -> put("destination_port", port));
        put("length", partial.content().length());
      }
      case Payload payload -> put("type", "payload").put("length", payload.length());
      case Trailer trailer -> put("type", "trailer").put("length", trailer.content().length());
    }
  }

  private void arp(Arp arp) {
    put("type", "arp")
        .put("operation", arp.operation())
        .put("sender_mac", arp.senderMac().toString())
        .put("sender_address", arp.senderAddress().toString())
        .put("target_mac", arp.targetMac().toString())
        .put("target_address", arp.targetAddress().toString());
  }

  private void ipv4(Ipv4 ipv4) {
    put("type", "ipv4")
        .put("source", ipv4.source().toString())
        .put("destination", ipv4.destination().toString())
        .put("ttl", ipv4.ttl())
        .put("protocol", ipv4.protocol())
        .put("tos", ipv4.typeOfService())
        .put("identification", ipv4.identification())
        .put("dont_fragment", ipv4.dontFragment())
        .put("more_fragments", (ipv4.flags() & Ipv4.MORE_FRAGMENTS) != 0)
        .put("fragment_offset", ipv4.fragmentOffset() * 8);
    if (ipv4.options().length() > 0) {
      put("options", ipv4.options().toHex());
    }
  }

  private void ipv6(Ipv6 ipv6) {
    put("type", "ipv6")
        .put("source", ipv6.source().toString())
        .put("destination", ipv6.destination().toString())
        .put("hop_limit", ipv6.hopLimit())
        .put("protocol", ipv6.protocol())
        .put("traffic_class", ipv6.trafficClass())
        .put("flow_label", ipv6.flowLabel());
    if (ipv6.extensions().length() > 0) {
      put("first_header", ipv6.firstHeader()).put("extensions", ipv6.extensions().toHex());
    }
  }

  private void icmp(String type, int number, int code, int rest) {
    put("type", type)
        .put("icmp_type", number)
        .put("code", code)
        .put("identifier", rest >>> 16)
        .put("sequence", rest & 0xffff);
  }

  private void tcp(Tcp tcp) {
    put("type", "tcp")
        .put("source_port", tcp.sourcePort())
        .put("destination_port", tcp.destinationPort())
        .put("sequence", tcp.sequence() & UNSIGNED)
        .put("acknowledgment", tcp.acknowledgment() & UNSIGNED)
        .put("flags", TcpFlags.names(tcp.flags()))
        .put("window", tcp.window())
        .put("urgent_pointer", tcp.urgentPointer());
    if (tcp.options().length() > 0) {
      put("options", TcpOption.of(tcp.options()).stream().map(TcpOption::toString).toList());
    }
  }

  private void vxlan(Vxlan vxlan) {
    put("type", "vxlan").put("flags", vxlan.flags()).put("vni", vxlan.vni());
    if ((vxlan.flags() & Vxlan.GROUP_POLICY) != 0) {
      put("group_policy", vxlan.reserved() & 0xffff);
    }
    if ((vxlan.flags() & Vxlan.PROTOCOL_PRESENT) != 0) {
      put("next_protocol", vxlan.reserved() & 0xff);
    }
  }

  private void geneve(Geneve geneve) {
    put("type", "geneve")
        .put("vni", geneve.vni())
        .put("protocol_type", geneve.protocolType())
        .put("control", geneve.control())
        .put("critical", geneve.critical());
    if (geneve.options().length() > 0) {
      put(
          "options",
          GeneveOption.of(geneve.options()).stream().map(GeneveOption::toString).toList());
    }
  }

  private void gre(Gre gre) {
    put("type", "gre").put("version", gre.version()).put("protocol_type", gre.protocolType());
    gre.checksum().ifPresent(checksum -> put("checksum", checksum));
    gre.key().ifPresent(key -> put("key", key));
    gre.sequence().ifPresent(sequence -> put("sequence", sequence));
  }
}
