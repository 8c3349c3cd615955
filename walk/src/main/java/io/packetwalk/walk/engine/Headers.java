package io.packetwalk.walk.engine;

import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the stages read of a packet's headers. */
final class Headers {
  private Headers() {}

  /** The outermost IP header. */
  static Optional<Ip> ip(Packet packet) {
    for (Layer layer : packet.layers()) {
      if (layer instanceof Ip ip) {
        return Optional.of(ip);
      }
    }
    return Optional.empty();
  }

  /** The IP header of a packet inside the stack, which always has one at the front. */
  static Ip ip(InFlight packet) {
    return ip(packet.packet())
        .orElseThrow(() -> new IllegalStateException("no IP header in " + packet));
  }

  /** Whether the packet isn't inside a tunnel's headers. */
  static boolean isPlain(Packet packet) {
    return packet.layers().stream().filter(Ip.class::isInstance).count() < 2;
  }

  /** The link-layer header, when the packet has one at the front. */
  static Optional<Ethernet> ethernet(Packet packet) {
    return packet.outermost() instanceof Ethernet ethernet
        ? Optional.of(ethernet)
        : Optional.empty();
  }

  /** The frame with another destination. */
  static Packet readdressed(Packet frame, MacAddress destination) {
    return ethernet(frame)
        .map(link ->
            frame.without(1).within(new Ethernet(destination, link.source(), link.etherType())))
        .orElse(frame);
  }

  /** The packet from its outermost IP header on. */
  static Packet withoutLink(Packet packet) {
    int index = 0;
    while (index < packet.layers().size() && !(packet.layers().get(index) instanceof Ip)) {
      index++;
    }
    return index == packet.layers().size() ? packet : packet.without(index);
  }

  /** A packet behind the link-layer header and tags of a frame. */
  static Packet withinLinkOf(Packet frame, Packet packet) {
    List<Layer> layers = new ArrayList<>();
    for (Layer layer : frame.layers()) {
      if (layer instanceof Ip) {
        break;
      }
      layers.add(layer);
    }
    layers.addAll(packet.layers());
    return new Packet(layers);
  }

  static InFlight withIp(InFlight packet, Ip changed) {
    return packet.withPacket(packet.packet().replacing(changed.asLayer()));
  }
}
