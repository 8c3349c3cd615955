package io.packetwalk.walk.engine;

import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;

/** The sizes, in bytes, of the packets that the walk makes. */
final class Sizes {
  /** The code at the end of what WireGuard encrypts (noise_encrypted_len). */
  private static final int AUTHENTICATION = 16;

  private Sizes() {}

  /** From the IP header on: what counts against an MTU. */
  static int ofIp(Packet packet) {
    return Headers.withoutLink(packet).layers().stream().mapToInt(Sizes::of).sum();
  }

  /** All of it. */
  static int ofFrame(Packet packet) {
    return packet.layers().stream().mapToInt(Sizes::of).sum();
  }

  private static int of(Layer layer) {
    if (layer instanceof Ip ip) {
      return ip.headerLength();
    }
    if (layer instanceof Tcp tcp) {
      return Tcp.HEADER_LENGTH + tcp.options().length();
    }
    if (layer instanceof Payload payload) {
      return payload.length();
    }
    if (layer instanceof Gre gre) {
      return gre.headerLength();
    }
    if (layer instanceof WireGuard) {
      return WireGuard.DATA_HEADER_LENGTH + AUTHENTICATION;
    }
    if (layer instanceof Geneve geneve) {
      return Geneve.HEADER_LENGTH + geneve.options().length();
    }
    if (layer instanceof Stt) {
      return Stt.HEADER_LENGTH;
    }
    return ofFixed(layer);
  }

  private static int ofFixed(Layer layer) {
    if (layer instanceof Ethernet) {
      return Ethernet.HEADER_LENGTH;
    }
    if (layer instanceof Vlan) {
      return Vlan.HEADER_LENGTH;
    }
    boolean eight =
        layer instanceof Udp
            || layer instanceof Icmp
            || layer instanceof Icmpv6
            || layer instanceof Vxlan;
    return eight ? Udp.HEADER_LENGTH : 0;
  }
}
