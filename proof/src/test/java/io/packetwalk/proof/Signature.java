package io.packetwalk.proof;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a frame's headers that a prediction and an observation are compared by: one text
 * for each field, a question mark where a prediction doesn't know it.
 */
record Signature(List<String> fields) {
  static Signature of(Packet packet, boolean loopback) {
    List<String> fields = new ArrayList<>();
    List<Layer> layers = packet.layers();
    for (int index = 0; index < layers.size(); index++) {
      boolean tunnelled = index + 1 < layers.size() && isTunnel(layers.get(index + 1));
      add(fields, layers.get(index), loopback, tunnelled);
    }
    return new Signature(fields);
  }

  private static boolean isTunnel(Layer layer) {
    return layer instanceof Vxlan || layer instanceof Geneve;
  }

  /** The signature of captured bytes: Ethernet, or IP where they begin as IP does. */
  static Signature observed(Bytes headers) {
    boolean raw = headers.length() > 0 && (headers.at(0) == 0x45 || headers.at(0) >>> 4 == 6);
    boolean ethernet =
        headers.length() > 14
            && (headers.at(12) << 8 | headers.at(13)) >= 0x0600
            && isIpType(headers.at(12) << 8 | headers.at(13));
    LinkType link = raw && !ethernet ? LinkType.RAW_IP : LinkType.ETHERNET;
    return of(new Decoder().decode(link, headers, 65535).packet(), true);
  }

  private static boolean isIpType(int etherType) {
    return etherType == 0x0800 || etherType == 0x86dd || etherType == 0x8100;
  }

  private static void add(List<String> fields, Layer layer, boolean zerosKnown, boolean tunnelled) {
    if (layer instanceof Ethernet ethernet) {
      fields.add("eth.dst=" + mac(ethernet.destination(), zerosKnown));
      fields.add("eth.src=" + mac(ethernet.source(), zerosKnown));
    } else if (layer instanceof Vlan tag) {
      fields.add("vlan=" + tag.identifier());
    } else if (layer instanceof Ip ip) {
      fields.add("ip.src=" + ip.source());
      fields.add("ip.dst=" + ip.destination());
      fields.add("ip.ttl=" + ip.hopLimit());
      fields.add("ip.proto=" + ip.protocol());
    } else if (layer instanceof Udp udp) {
      fields.add("udp.src=" + (tunnelled ? "?" : udp.sourcePort()));
      fields.add("udp.dst=" + udp.destinationPort());
    } else if (layer instanceof Tcp tcp) {
      fields.add("tcp.src=" + tcp.sourcePort());
      fields.add("tcp.dst=" + tcp.destinationPort());
    } else if (layer instanceof Icmp icmp) {
      fields.add("icmp=" + icmp.type() + "/" + icmp.code());
    } else if (layer instanceof Icmpv6 icmp) {
      fields.add("icmpv6=" + icmp.type() + "/" + icmp.code());
    } else if (layer instanceof Vxlan vxlan) {
      fields.add("vxlan=" + vxlan.vni());
    } else if (layer instanceof Geneve geneve) {
      fields.add("geneve=" + geneve.vni() + " " + geneve.options().toHex());
    } else if (layer instanceof Gre gre) {
      fields.add("gre=" + gre.key() + " flags " + Integer.toHexString(gre.flags()));
    }
  }

  private static String mac(MacAddress address, boolean zerosKnown) {
    return address.equals(MacAddress.ZERO) && !zerosKnown ? "?" : address.toString();
  }

  /**
   * The fields that differ, as {@code predicted≠observed}. An observation may end with an error's
   * ICMP header.
   */
  List<String> differences(Signature observed) {
    boolean cut =
        observed.fields.size() < fields.size() && observed.fields.getLast().startsWith("icmp");
    if (fields.size() != observed.fields.size() && !cut) {
      return List.of(fields + " ≠ " + observed.fields);
    }
    List<String> different = new ArrayList<>();
    for (int index = 0; index < observed.fields.size(); index++) {
      String predicted = fields.get(index);
      if (!predicted.endsWith("?") && !predicted.equals(observed.fields.get(index))) {
        different.add(predicted + " ≠ " + observed.fields.get(index));
      }
    }
    return different;
  }

  /** The same without the frame's VLAN tags. */
  Signature withoutTags() {
    return new Signature(fields.stream().filter(field -> !field.startsWith("vlan=")).toList());
  }

  /** Whether the frame goes the way of a probe from this port: by its ports, or its ICMP type. */
  boolean isRequest(int sourcePort) {
    for (String field : fields.reversed()) {
      if (field.startsWith("icmp")) {
        return field.endsWith("=8/0") || field.endsWith("=128/0");
      }
      if (field.startsWith("tcp.src=") || field.startsWith("udp.src=")) {
        return field.endsWith("=" + sourcePort);
      }
    }
    return true;
  }
}
