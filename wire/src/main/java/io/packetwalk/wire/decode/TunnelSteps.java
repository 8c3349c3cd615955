package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;

/** The steps over tunnel headers that follow a UDP or TCP header, and the service header. */
final class TunnelSteps {
  private TunnelSteps() {}

  static LayerKind vxlan(Dissection result) {
    if (result.available() < Vxlan.HEADER_LENGTH) {
      return result.missing(LayerKind.VXLAN, Vxlan.HEADER_LENGTH);
    }
    int word = intAt(result.bytes(), result.position);
    result.add(LayerKind.VXLAN, Vxlan.HEADER_LENGTH);
    boolean generic = (word >>> 24 & Vxlan.PROTOCOL_PRESENT) != 0;
    return generic ? byServiceProtocol(word & 0xff) : LayerKind.ETHERNET;
  }

  /** The protocol numbers that VXLAN-GPE and the network service header share. */
  private static LayerKind byServiceProtocol(int protocol) {
    return switch (protocol) {
      case 1 -> LayerKind.IPV4;
      case 2 -> LayerKind.IPV6;
      case 3 -> LayerKind.ETHERNET;
      case 4 -> LayerKind.NSH;
      case 5 -> LayerKind.MPLS;
      default -> LayerKind.PAYLOAD;
    };
  }

  static LayerKind nsh(Dissection result) {
    if (result.available() < Nsh.HEADER_LENGTH) {
      return result.missing(LayerKind.NSH, Nsh.HEADER_LENGTH);
    }
    byte[] bytes = result.bytes();
    int at = result.position;
    int length = (byteAt(bytes, at + 1) & 0x3f) * 4;
    if (length < Nsh.HEADER_LENGTH) {
      result.fault(Fault.Reason.LENGTH_TOO_SMALL, LayerKind.NSH, at, Nsh.HEADER_LENGTH, length);
      return LayerKind.PAYLOAD;
    }
    if (result.available() < length) {
      return result.missing(LayerKind.NSH, length);
    }
    int next = byteAt(bytes, at + 3);
    result.add(LayerKind.NSH, length);
    return byServiceProtocol(next);
  }

  static LayerKind geneve(Dissection result) {
    if (result.available() < Geneve.HEADER_LENGTH) {
      return result.missing(LayerKind.GENEVE, Geneve.HEADER_LENGTH);
    }
    byte[] bytes = result.bytes();
    int at = result.position;
    int version = byteAt(bytes, at) >>> 6;
    if (version != 0) {
      result.fault(Fault.Reason.VERSION, LayerKind.GENEVE, at, 0, version);
      return LayerKind.PAYLOAD;
    }
    int length = Geneve.HEADER_LENGTH + (byteAt(bytes, at) & 0x3f) * 4;
    if (result.available() < length) {
      return result.missing(LayerKind.GENEVE, length);
    }
    int type = shortAt(bytes, at + 2);
    result.add(LayerKind.GENEVE, length);
    return LinkSteps.byEtherType(type);
  }

  static LayerKind gtp(Dissection result) {
    if (result.available() < Gtp.HEADER_LENGTH) {
      return result.missing(LayerKind.GTP, Gtp.HEADER_LENGTH);
    }
    byte[] bytes = result.bytes();
    int at = result.position;
    int flags = byteAt(bytes, at);
    if ((flags & 0xf0) != 0x30) {
      return LayerKind.PAYLOAD;
    }
    int length = gtpHeader(result, flags);
    if (result.available() < length) {
      return result.missing(LayerKind.GTP, length);
    }
    int claimed = Gtp.HEADER_LENGTH + shortAt(bytes, at + 2);
    int type = byteAt(bytes, at + 1);
    result.add(LayerKind.GTP, length);
    if (claimed < length) {
      result.fault(Fault.Reason.LENGTH_TOO_SMALL, LayerKind.GTP, at, length, claimed);
      return LayerKind.PAYLOAD;
    }
    result.claim(claimed);
    return type == Gtp.USER_PACKET ? LinkSteps.byVersion(result) : LayerKind.PAYLOAD;
  }

  /** The header's length with optional fields and extension headers (TS 29.281, 5.2). */
  private static int gtpHeader(Dissection result, int flags) {
    byte[] bytes = result.bytes();
    int at = result.position;
    int length = Gtp.HEADER_LENGTH + ((flags & 7) != 0 ? 4 : 0);
    boolean extended = (flags & 4) != 0;
    while (extended && result.available() >= length && byteAt(bytes, at + length - 1) != 0) {
      int units = result.available() > length ? byteAt(bytes, at + length) : 1;
      length += Math.max(units, 1) * 4;
    }
    return length;
  }

  static LayerKind gue(Dissection result) {
    if (result.available() < Gue.HEADER_LENGTH) {
      return result.missing(LayerKind.GUE, Gue.HEADER_LENGTH);
    }
    byte[] bytes = result.bytes();
    int first = byteAt(bytes, result.position);
    int length = Gue.HEADER_LENGTH + (first & 0x1f) * 4;
    if (result.available() < length) {
      return result.missing(LayerKind.GUE, length);
    }
    int protocol = byteAt(bytes, result.position + 1);
    result.add(LayerKind.GUE, length);
    return (first & 0x20) == 0 ? IpSteps.byProtocol(result, protocol) : LayerKind.PAYLOAD;
  }

  /**
   * The sequence number's lower half is the segment's offset in its frame, the upper its length.
   */
  static boolean startsSttFrame(Dissection result, int sequence) {
    return (sequence & 0xffff) == 0
        && sequence >>> 16 != 0
        && result.available() >= Stt.HEADER_LENGTH
        && byteAt(result.bytes(), result.position) == 0;
  }

  static LayerKind stt(Dissection result) {
    if (result.available() < Stt.HEADER_LENGTH) {
      return result.missing(LayerKind.STT, Stt.HEADER_LENGTH);
    }
    result.add(LayerKind.STT, Stt.HEADER_LENGTH);
    return LayerKind.ETHERNET;
  }

  static LayerKind wireGuard(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    if (result.available() < WireGuard.HEADER_LENGTH) {
      return LayerKind.PAYLOAD;
    }
    int type = byteAt(bytes, at);
    boolean known =
        type >= WireGuard.INITIATION
            && type <= WireGuard.DATA
            && (intAt(bytes, at) & 0xff_ffff) == 0;
    if (!known) {
      return LayerKind.PAYLOAD;
    }
    int length = type == WireGuard.DATA ? WireGuard.DATA_HEADER_LENGTH : WireGuard.HEADER_LENGTH;
    if (result.available() < length) {
      return result.missing(LayerKind.WIREGUARD, length);
    }
    result.add(LayerKind.WIREGUARD, length);
    return LayerKind.PAYLOAD;
  }
}
