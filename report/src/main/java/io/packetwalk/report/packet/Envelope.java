package io.packetwalk.report.packet;

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
 * One nesting level of a packet: at most one network header, the link headers in front of it and
 * whatever stands between it and the next level.
 *
 * @param packet the whole packet that it is a part of
 * @param start index of its first layer
 * @param end index behind its last layer
 */
public record Envelope(Packet packet, int start, int end) {
  /** The levels of a packet, outermost first. */
  public static List<Envelope> of(Packet packet) {
    List<Envelope> levels = new ArrayList<>();
    int start = 0;
    boolean full = false;
    for (int index = 0; index < packet.layers().size(); index++) {
      Place place = place(packet.layers().get(index));
      if (full && place != Place.INSIDE) {
        levels.add(new Envelope(packet, start, index));
        start = index;
        full = false;
      }
      full = full || place == Place.NETWORK;
    }
    levels.add(new Envelope(packet, start, packet.layers().size()));
    return levels;
  }

  /** Whether the packet is inside of another one, other than as the cause of an ICMP error. */
  public static boolean isTunnelled(Packet packet) {
    List<Envelope> levels = of(packet);
    Layer carrier = levels.getFirst().layers().getLast();
    return levels.size() > 1 && !(carrier instanceof Icmp || carrier instanceof Icmpv6);
  }

  public List<Layer> layers() {
    return packet.layers().subList(start, end);
  }

  private enum Place {
    LINK,
    NETWORK,
    INSIDE
  }

  private static Place place(Layer layer) {
    return switch (layer) {
      case Ethernet ethernet -> Place.LINK;
      case Vlan vlan -> Place.LINK;
      case Arp arp -> Place.NETWORK;
      case Ipv4 ipv4 -> Place.NETWORK;
      case Ipv6 ipv6 -> Place.NETWORK;
      case Icmp icmp -> Place.INSIDE;
      case Icmpv6 icmp -> Place.INSIDE;
      case Tcp tcp -> Place.INSIDE;
      case Udp udp -> Place.INSIDE;
      case Vxlan vxlan -> Place.INSIDE;
      case Geneve geneve -> Place.INSIDE;
      case Gre gre -> Place.INSIDE;
      case Sctp sctp -> Place.INSIDE;
      case Mpls mpls -> Place.INSIDE;
      case LinkHeader link -> Place.LINK;
      case Encapsulation encapsulation -> Place.INSIDE;
      case PartialHeader header -> Place.INSIDE;
      case Payload payload -> Place.INSIDE;
      case Trailer trailer -> Place.INSIDE;
    };
  }
}
