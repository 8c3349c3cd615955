package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;

/** The steps over Internet Protocol headers and its security headers. */
final class IpSteps {
  private IpSteps() {}

  static LayerKind ipv4(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    int version = result.available() > 0 ? byteAt(bytes, at) >>> 4 : 4;
    if (version != 4) {
      result.fault(Fault.Reason.VERSION, LayerKind.IPV4, at, 4, version);
      return version == 6 ? LayerKind.IPV6 : LayerKind.PAYLOAD;
    }
    if (result.available() < Ipv4.HEADER_LENGTH) {
      return result.missing(LayerKind.IPV4, Ipv4.HEADER_LENGTH);
    }
    int header = (byteAt(bytes, at) & 0xf) * 4;
    if (header < Ipv4.HEADER_LENGTH) {
      result.fault(Fault.Reason.LENGTH_TOO_SMALL, LayerKind.IPV4, at, Ipv4.HEADER_LENGTH, header);
      return LayerKind.PAYLOAD;
    }
    if (result.available() < header) {
      return result.missing(LayerKind.IPV4, header);
    }
    addNetwork(result, LayerKind.IPV4, header);
    boolean sane = claimTotal(result, at, header, shortAt(bytes, at + 2));
    int fragment = shortAt(bytes, at + 6);
    result.fragment |= (fragment & 0x3fff) != 0;
    boolean later = (fragment & 0x1fff) != 0;
    return sane && !later ? byProtocol(result, byteAt(bytes, at + 9)) : LayerKind.PAYLOAD;
  }

  /** A total length of zero is a segment that the device will cut: it reaches to the end. */
  private static boolean claimTotal(Dissection result, int at, int header, int total) {
    if (total == 0) {
      return true;
    }
    if (total < header) {
      result.fault(Fault.Reason.LENGTH_TOO_SMALL, LayerKind.IPV4, at, header, total);
      return false;
    }
    result.claim(total);
    return true;
  }

  static LayerKind ipv6(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    int version = result.available() > 0 ? byteAt(bytes, at) >>> 4 : 6;
    if (version != 6) {
      result.fault(Fault.Reason.VERSION, LayerKind.IPV6, at, 6, version);
      return LayerKind.PAYLOAD;
    }
    if (result.available() < Ipv6.HEADER_LENGTH) {
      return result.missing(LayerKind.IPV6, Ipv6.HEADER_LENGTH);
    }
    int length = shortAt(bytes, at + 4);
    int index = result.count();
    addNetwork(result, LayerKind.IPV6, Ipv6.HEADER_LENGTH);
    if (length != 0) {
      result.claim((long) Ipv6.HEADER_LENGTH + length);
    }
    return extensions(result, index, byteAt(bytes, at + 6));
  }

  private static void addNetwork(Dissection result, LayerKind kind, int header) {
    if (!result.quoted) {
      result.network = result.count();
      result.transport = -1;
    }
    result.fragment = false;
    result.add(kind, header);
  }

  /** The extension headers become part of the IPv6 header (RFC 8200, 4). */
  private static LayerKind extensions(Dissection result, int index, int first) {
    byte[] bytes = result.bytes();
    int next = first;
    boolean later = false;
    while (isExtension(next) && !later) {
      int available = result.available();
      boolean fragment = next == IpProtocol.FRAGMENT;
      int length = fragment || available < 2 ? 8 : (byteAt(bytes, result.position + 1) + 1) * 8;
      if (available < length) {
        result.missing(LayerKind.IPV6, length);
        return LayerKind.PAYLOAD;
      }
      if (fragment) {
        int word = shortAt(bytes, result.position + 2);
        result.fragment |= (word & 0xfff9) != 0;
        later = (word & 0xfff8) != 0;
      }
      next = byteAt(bytes, result.position);
      result.extend(index, length);
    }
    return later ? LayerKind.PAYLOAD : byProtocol(result, next);
  }

  static boolean isExtension(int protocol) {
    return switch (protocol) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.ROUTING,
          IpProtocol.FRAGMENT,
          IpProtocol.DESTINATION_OPTIONS,
          IpProtocol.MOBILITY,
          IpProtocol.HOST_IDENTITY,
          IpProtocol.SHIM6 ->
          true;
      default -> false;
    };
  }

  static LayerKind byProtocol(Dissection result, int protocol) {
    result.protocol = protocol;
    return switch (protocol) {
      case IpProtocol.ICMP -> LayerKind.ICMP;
      case IpProtocol.IPV4 -> LayerKind.IPV4;
      case IpProtocol.TCP -> LayerKind.TCP;
      case IpProtocol.UDP -> LayerKind.UDP;
      case IpProtocol.IPV6 -> LayerKind.IPV6;
      case IpProtocol.GRE -> LayerKind.GRE;
      case IpProtocol.ESP -> LayerKind.ESP;
      case IpProtocol.AUTHENTICATION_HEADER -> LayerKind.AUTHENTICATION_HEADER;
      case IpProtocol.ICMPV6 -> LayerKind.ICMPV6;
      case IpProtocol.SCTP -> LayerKind.SCTP;
      case IpProtocol.ETHERNET -> LayerKind.ETHERNET;
      case IpProtocol.MPLS -> LayerKind.MPLS;
      default -> LayerKind.PAYLOAD;
    };
  }

  static LayerKind authenticationHeader(Dissection result) {
    byte[] bytes = result.bytes();
    int at = result.position;
    if (result.available() < AuthenticationHeader.HEADER_LENGTH) {
      return result.missing(LayerKind.AUTHENTICATION_HEADER, AuthenticationHeader.HEADER_LENGTH);
    }
    int length = (byteAt(bytes, at + 1) + 2) * 4;
    if (length < AuthenticationHeader.HEADER_LENGTH) {
      result.fault(
          Fault.Reason.LENGTH_TOO_SMALL,
          LayerKind.AUTHENTICATION_HEADER,
          at,
          AuthenticationHeader.HEADER_LENGTH,
          length);
      return LayerKind.PAYLOAD;
    }
    if (result.available() < length) {
      return result.missing(LayerKind.AUTHENTICATION_HEADER, length);
    }
    int next = byteAt(bytes, at);
    result.add(LayerKind.AUTHENTICATION_HEADER, length);
    return byProtocol(result, next);
  }

  static LayerKind esp(Dissection result) {
    if (result.available() < Esp.HEADER_LENGTH) {
      return result.missing(LayerKind.ESP, Esp.HEADER_LENGTH);
    }
    result.add(LayerKind.ESP, Esp.HEADER_LENGTH);
    return LayerKind.PAYLOAD;
  }
}
