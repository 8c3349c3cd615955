package io.packetwalk.walk.engine;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;

/** Phrases that several stages use. */
final class Wording {
  private Wording() {}

  /** A prefix as {@code ip route} writes it. */
  static String prefix(IpPrefix prefix) {
    if (prefix.isAll()) {
      return "default";
    }
    return prefix.isHost() ? prefix.address().toString() : prefix.toString();
  }

  /** The address and port that a packet is for. */
  static String end(Packet packet) {
    IpAddress address = ((Ip) packet.outermost()).destination();
    Layer transport = packet.layers().size() > 1 ? packet.layers().get(1) : packet.outermost();
    String host = address.isIpv6() ? "[" + address + "]" : address.toString();
    return switch (transport) {
      case Tcp tcp -> host + ":" + tcp.destinationPort() + "/tcp";
      case Udp udp -> host + ":" + udp.destinationPort() + "/udp";
      default -> address.toString();
    };
  }
}
