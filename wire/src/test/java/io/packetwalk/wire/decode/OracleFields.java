package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.PartialHeader;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** A packet's fields by the names that tshark has for them, several values joined by commas. */
final class OracleFields {
  private final Map<String, String> fields = new LinkedHashMap<>();
  private int lastType;

  static Map<String, String> of(Packet packet) {
    OracleFields collected = new OracleFields();
    packet.layers().forEach(collected::add);
    return collected.fields;
  }

  private void add(Layer layer) {
    int outerType = lastType;
    lastType = 0;
    switch (layer) {
      case Ethernet ethernet -> {
        lastType = ethernet.etherType();
        if (ethernet.etherType() >= 0x600) {
          put("eth.type", "0x%04x".formatted(ethernet.etherType()));
        }
      }
      case Vlan vlan -> {
        lastType = vlan.etherType();
        if (outerType != EtherType.SERVICE_VLAN) {
          put("vlan.id", vlan.identifier());
        }
      }
      case Ipv4 ipv4 -> {
        put("ip.src", ipv4.source());
        put("ip.dst", ipv4.destination());
        put("ip.proto", ipv4.protocol());
        put("ip.flags.mf", ipv4.flags() & 1);
        put("ip.frag_offset", ipv4.fragmentOffset());
      }
      case Ipv6 ipv6 -> {
        put("ipv6.src", ipv6.source());
        put("ipv6.dst", ipv6.destination());
      }
      case Udp udp -> ports("udp", udp.sourcePort(), udp.destinationPort());
      case Tcp tcp -> ports("tcp", tcp.sourcePort(), tcp.destinationPort());
      case PartialHeader partial -> partial(partial);
      case Vxlan vxlan -> put("vxlan.vni", vxlan.vni());
      case Geneve geneve -> put("geneve.vni", "0x%06x".formatted(geneve.vni()));
      case Gre gre -> put("gre.proto", "0x%04x".formatted(gre.protocolType()));
      case Icmp icmp -> {
        put("icmp.type", icmp.type());
        put("icmp.code", icmp.code());
      }
      case Icmpv6 icmpv6 -> {
        put("icmpv6.type", icmpv6.type());
        put("icmpv6.code", icmpv6.code());
      }
      default -> {}
    }
  }

  private void partial(PartialHeader partial) {
    String name =
        switch (partial.protocol()) {
          case IpProtocol.TCP -> "tcp";
          case IpProtocol.UDP -> "udp";
          default -> "";
        };
    if (!name.isEmpty()) {
      partial.sourcePort().ifPresent(port -> put(name + ".srcport", port));
      partial.destinationPort().ifPresent(port -> put(name + ".dstport", port));
    }
    if (partial.protocol() == IpProtocol.ICMP || partial.protocol() == IpProtocol.ICMPV6) {
      String prefix = partial.protocol() == IpProtocol.ICMP ? "icmp" : "icmpv6";
      put(prefix + ".type", partial.content().at(0));
      if (partial.content().length() > 1) {
        put(prefix + ".code", partial.content().at(1));
      }
    }
  }

  private void ports(String prefix, int source, int destination) {
    put(prefix + ".srcport", source);
    put(prefix + ".dstport", destination);
  }

  private void put(String name, Object value) {
    fields.merge(name, value.toString(), (before, more) -> before + "," + more);
  }
}
