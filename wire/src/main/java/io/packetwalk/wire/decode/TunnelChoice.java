package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;

/**
 * The decision which tunnel a UDP datagram carries, if any.
 *
 * <p>A port that was told decides. An assigned port decides unless the bytes can't be its tunnel
 * and are well-formed for another one. Any other port is judged by bytes that rarely are so by
 * chance.
 */
final class TunnelChoice {
  private static final Tunnel[] TUNNELS = Tunnel.values();
  private static final int DNS = 53;

  private TunnelChoice() {}

  static LayerKind afterUdp(Dissection result, TunnelPorts ports, int source, int destination) {
    int index = ports.indexAt(destination);
    if (index == 0) {
      index = bySource(ports.indexAt(source));
    }
    if (index == 0) {
      boolean judged = ports.guessing() && !result.quoted && source != DNS && destination != DNS;
      return judged ? guess(result) : LayerKind.PAYLOAD;
    }
    Tunnel tunnel = TUNNELS[index - 1];
    if (ports.guessing() && !ports.isTold(destination) && contradicts(tunnel, result)) {
      return guess(result);
    }
    return follow(tunnel, result);
  }

  /** Answers come from the port only where both ends use it. */
  private static int bySource(int index) {
    if (index == 0) {
      return 0;
    }
    return switch (TUNNELS[index - 1]) {
      case ESP, GTP, WIREGUARD -> index;
      case VXLAN, VXLAN_GPE, GENEVE, GUE, FOU, MPLS, STT -> 0;
    };
  }

  private static LayerKind follow(Tunnel tunnel, Dissection result) {
    return switch (tunnel) {
      case VXLAN, VXLAN_GPE -> LayerKind.VXLAN;
      case GENEVE -> LayerKind.GENEVE;
      case GTP -> LayerKind.GTP;
      case GUE -> result.available() > 0 ? gue(result) : LayerKind.PAYLOAD;
      case FOU -> LinkSteps.byVersion(result);
      case MPLS -> LayerKind.MPLS;
      case ESP -> esp(result);
      case WIREGUARD -> LayerKind.WIREGUARD;
      case STT -> LayerKind.PAYLOAD;
    };
  }

  /** Version 1 of generic UDP encapsulation is an IP header: its first two bits are 01. */
  private static LayerKind gue(Dissection result) {
    return switch (byteAt(result.bytes(), result.position) >>> 6) {
      case 0 -> LayerKind.GUE;
      case 1 -> LinkSteps.byVersion(result);
      default -> LayerKind.PAYLOAD;
    };
  }

  /** Four zero bytes say key exchange, a single byte keeps a NAT mapping alive (RFC 3948, 2). */
  private static LayerKind esp(Dissection result) {
    boolean payload = result.available() < 8 || intAt(result.bytes(), result.position) == 0;
    return payload ? LayerKind.PAYLOAD : LayerKind.ESP;
  }

  private static boolean contradicts(Tunnel tunnel, Dissection result) {
    return switch (tunnel) {
      case VXLAN -> !isVxlan(result) && isGeneve(result);
      case GENEVE -> !isGeneve(result) && isVxlan(result);
      case VXLAN_GPE, GTP, GUE, FOU, MPLS, ESP, WIREGUARD, STT -> false;
    };
  }

  private static LayerKind guess(Dissection result) {
    LayerKind kind = LayerKind.PAYLOAD;
    if (isVxlan(result)) {
      kind = LayerKind.VXLAN;
    } else if (isGeneve(result)) {
      kind = LayerKind.GENEVE;
    } else if (isWireGuard(result)) {
      kind = LayerKind.WIREGUARD;
    }
    result.guessNext = kind != LayerKind.PAYLOAD;
    return kind;
  }

  private static boolean isVxlan(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    return result.available() >= Vxlan.HEADER_LENGTH + Ethernet.HEADER_LENGTH
        && intAt(bytes, at) == Vxlan.VNI_VALID << 24
        && byteAt(bytes, at + 7) == 0
        && startsKnownFrame(bytes, at + Vxlan.HEADER_LENGTH);
  }

  private static boolean isGeneve(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    int available = result.available();
    if (available < Geneve.HEADER_LENGTH + Ethernet.HEADER_LENGTH) {
      return false;
    }
    int header = Geneve.HEADER_LENGTH + (byteAt(bytes, at) & 0x3f) * 4;
    return byteAt(bytes, at) >>> 6 == 0
        && (byteAt(bytes, at + 1) & 0x3f) == 0
        && shortAt(bytes, at + 2) == EtherType.TRANSPARENT_ETHERNET_BRIDGING
        && byteAt(bytes, at + 7) == 0
        && available >= header + Ethernet.HEADER_LENGTH
        && startsKnownFrame(bytes, at + header);
  }

  private static boolean startsKnownFrame(byte[] bytes, int at) {
    return switch (shortAt(bytes, at + 12)) {
      case EtherType.IPV4, EtherType.IPV6, EtherType.ARP, EtherType.VLAN -> true;
      default -> false;
    };
  }

  /** The lengths are those of the messages in the whitepaper, 5.4. */
  private static boolean isWireGuard(Dissection result) {
    int available = result.available();
    if (available < 32) {
      return false;
    }
    return switch (intAt(result.bytes(), result.position)) {
      case WireGuard.INITIATION << 24 -> available == 148;
      case WireGuard.RESPONSE << 24 -> available == 92;
      case WireGuard.COOKIE << 24 -> available == 64;
      case WireGuard.DATA << 24 -> available % 16 == 0;
      default -> false;
    };
  }
}
