package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Gre;

/** The steps over GRE and the mirrored frames in it. */
final class GreSteps {
  private static final int ROUTE_ENTRY_HEADER = 4;

  private GreSteps() {}

  static LayerKind gre(Dissection result) {
    if (result.available() < Gre.HEADER_LENGTH) {
      return result.missing(LayerKind.GRE, Gre.HEADER_LENGTH);
    }
    byte[] bytes = result.bytes();
    int at = result.position;
    int flags = shortAt(bytes, at);
    int version = flags & 7;
    if (version > 1) {
      result.fault(Fault.Reason.VERSION, LayerKind.GRE, at, 0, version);
      return LayerKind.PAYLOAD;
    }
    int length = headerLength(flags);
    if (version == 0 && (flags & Gre.ROUTING_PRESENT) != 0) {
      length += routingLength(result, length);
    }
    if (result.available() < length) {
      return result.missing(LayerKind.GRE, length);
    }
    int type = shortAt(bytes, at + 2);
    result.add(LayerKind.GRE, length);
    return follow(flags, type);
  }

  private static LayerKind follow(int flags, int type) {
    return switch (type) {
      case EtherType.ERSPAN_2 ->
          (flags & Gre.SEQUENCE_PRESENT) != 0 ? LayerKind.ERSPAN : LayerKind.ETHERNET;
      case EtherType.ERSPAN_3 -> LayerKind.ERSPAN;
      default -> LinkSteps.byEtherType(type);
    };
  }

  /** Without the routing field. */
  static int headerLength(int flags) {
    int length = Gre.HEADER_LENGTH;
    length += (flags & (Gre.CHECKSUM_PRESENT | Gre.ROUTING_PRESENT)) != 0 ? 4 : 0;
    length += (flags & Gre.KEY_PRESENT) != 0 ? 4 : 0;
    length += (flags & Gre.SEQUENCE_PRESENT) != 0 ? 4 : 0;
    length += (flags & 7) == 1 && (flags & Gre.ACKNOWLEDGMENT_PRESENT) != 0 ? 4 : 0;
    return length;
  }

  /** Source route entries, up to the one with length zero (RFC 1701). */
  private static int routingLength(Dissection result, int start) {
    byte[] bytes = result.bytes();
    int length = 0;
    while (result.available() >= start + length + ROUTE_ENTRY_HEADER) {
      int at = result.position + start + length;
      int entry = byteAt(bytes, at + 3);
      boolean last = intAt(bytes, at) >>> 16 == 0 && entry == 0;
      length += ROUTE_ENTRY_HEADER + entry;
      if (last) {
        return length;
      }
    }
    return length + ROUTE_ENTRY_HEADER;
  }

  static LayerKind erspan(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    if (result.available() < Erspan.TYPE_2_LENGTH) {
      return result.missing(LayerKind.ERSPAN, Erspan.TYPE_2_LENGTH);
    }
    int version = byteAt(bytes, at) >>> 4;
    if (version == Erspan.TYPE_2) {
      result.add(LayerKind.ERSPAN, Erspan.TYPE_2_LENGTH);
      return LayerKind.ETHERNET;
    }
    if (version != Erspan.TYPE_3) {
      result.fault(Fault.Reason.VERSION, LayerKind.ERSPAN, at, Erspan.TYPE_2, version);
      return LayerKind.PAYLOAD;
    }
    if (result.available() < Erspan.TYPE_3_LENGTH) {
      return result.missing(LayerKind.ERSPAN, Erspan.TYPE_3_LENGTH);
    }
    int word = shortAt(bytes, at + 10);
    int length = Erspan.TYPE_3_LENGTH + ((word & 1) != 0 ? 8 : 0);
    if (result.available() < length) {
      return result.missing(LayerKind.ERSPAN, length);
    }
    result.add(LayerKind.ERSPAN, length);
    return switch (word >>> 10 & 0x1f) {
      case 0 -> LayerKind.ETHERNET;
      case 2 -> LinkSteps.byVersion(result);
      default -> LayerKind.PAYLOAD;
    };
  }
}
