package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Loopback;
import io.packetwalk.wire.layer.NetfilterLog;

/** The steps over headers that a capturing system makes up instead of the link's own. */
final class CookedSteps {
  private static final int LLC_FRAME = 4;
  private static final int PACKET_ATTRIBUTE = 9;
  private static final int ATTRIBUTE_HEADER = 4;

  private CookedSteps() {}

  static LayerKind linuxCooked(Dissection result) {
    if (result.available() < LinuxCooked.HEADER_LENGTH) {
      return result.missing(LayerKind.LINUX_COOKED, LinuxCooked.HEADER_LENGTH);
    }
    int deviceType = shortAt(result.bytes(), result.position + 2);
    int protocol = shortAt(result.bytes(), result.position + 14);
    result.add(LayerKind.LINUX_COOKED, LinuxCooked.HEADER_LENGTH);
    return byProtocol(deviceType, protocol);
  }

  static LayerKind linuxCooked2(Dissection result) {
    if (result.available() < LinuxCooked2.HEADER_LENGTH) {
      return result.missing(LayerKind.LINUX_COOKED_2, LinuxCooked2.HEADER_LENGTH);
    }
    int protocol = shortAt(result.bytes(), result.position);
    int deviceType = shortAt(result.bytes(), result.position + 8);
    result.add(LayerKind.LINUX_COOKED_2, LinuxCooked2.HEADER_LENGTH);
    return byProtocol(deviceType, protocol);
  }

  /** Devices without EtherTypes: netlink (824), 802.11 (801 to 803), and FRAD (770). */
  private static LayerKind byProtocol(int deviceType, int protocol) {
    return switch (deviceType) {
      case 770, 801, 802, 803, 824 -> LayerKind.PAYLOAD;
      default -> {
        if (protocol == LLC_FRAME) {
          yield LayerKind.LLC;
        }
        yield protocol >= EtherType.LOWEST ? LinkSteps.byEtherType(protocol) : LayerKind.PAYLOAD;
      }
    };
  }

  static LayerKind loopback(Dissection result) {
    if (result.available() < Loopback.HEADER_LENGTH) {
      return result.missing(LayerKind.LOOPBACK, Loopback.HEADER_LENGTH);
    }
    int word = intAt(result.bytes(), result.position);
    result.add(LayerKind.LOOPBACK, Loopback.HEADER_LENGTH);
    int family = Loopback.familyOf(word);
    return switch (family) {
      case 2 -> LayerKind.IPV4;
      case 10, 24, 28, 30 -> LayerKind.IPV6;
      default -> family >= EtherType.LOWEST ? LinkSteps.byEtherType(family) : LayerKind.PAYLOAD;
    };
  }

  static LayerKind netfilterLog(Dissection result) {
    if (result.available() < NetfilterLog.HEADER_LENGTH) {
      return result.missing(LayerKind.NETFILTER_LOG, NetfilterLog.HEADER_LENGTH);
    }
    byte[] bytes = result.bytes();
    int family = byteAt(bytes, result.position);
    int at = result.position + NetfilterLog.HEADER_LENGTH;
    while (result.limit - at >= ATTRIBUTE_HEADER) {
      int length = hostShort(bytes, at, result);
      int type = hostShort(bytes, at + 2, result) & 0x7fff;
      if (length < ATTRIBUTE_HEADER) {
        result.fault(
            Fault.Reason.LENGTH_TOO_SMALL, LayerKind.NETFILTER_LOG, at, ATTRIBUTE_HEADER, length);
        break;
      }
      if (type == PACKET_ATTRIBUTE) {
        int header = at + ATTRIBUTE_HEADER - result.position;
        result.add(LayerKind.NETFILTER_LOG, header);
        result.claim((long) header + length - ATTRIBUTE_HEADER);
        return byFamily(family, result);
      }
      at += length + 3 & ~3;
    }
    result.add(LayerKind.NETFILTER_LOG, NetfilterLog.HEADER_LENGTH);
    return LayerKind.PAYLOAD;
  }

  private static LayerKind byFamily(int family, Dissection result) {
    return switch (family) {
      case 2 -> LayerKind.IPV4;
      case 10 -> LayerKind.IPV6;
      default -> LinkSteps.byVersion(result);
    };
  }

  /**
   * A length or type in the capturing machine's byte order, which the file doesn't say: types are
   * below 256, so that the first attribute's type tells it.
   */
  private static int hostShort(byte[] bytes, int at, Dissection result) {
    int value = shortAt(bytes, at);
    int firstType = shortAt(bytes, result.position + NetfilterLog.HEADER_LENGTH + 2);
    boolean littleEndian = (firstType & 0xff) == 0 && firstType != 0;
    return littleEndian ? Short.reverseBytes((short) value) & 0xffff : value;
  }
}
