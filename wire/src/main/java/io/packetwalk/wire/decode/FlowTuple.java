package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.longAt;
import static io.packetwalk.wire.decode.Octets.shortAt;
import static io.packetwalk.wire.decode.Octets.unsignedIntAt;

import io.packetwalk.wire.layer.IpProtocol;

/**
 * The addresses, protocol and ports of one IP header and what is behind it, as the words of a
 * {@link Fingerprint#tuple}.
 */
final class FlowTuple {
  private FlowTuple() {}

  /**
   * Fills the words.
   *
   * @param at where the IP header is
   * @param segment where the transport header is; negative when there is none
   * @param end behind the last byte that may be looked at
   */
  static void fill(
      long[] words, Dissection frame, int at, boolean ipv4, int protocol, int segment, int end) {
    byte[] bytes = frame.bytes();
    words[0] = ipv4 ? 0 : longAt(bytes, at + 8);
    words[1] = ipv4 ? unsignedIntAt(bytes, at + 12) : longAt(bytes, at + 16);
    words[2] = ipv4 ? 0 : longAt(bytes, at + 24);
    words[3] = ipv4 ? unsignedIntAt(bytes, at + 16) : longAt(bytes, at + 32);
    words[4] = (ipv4 ? 0 : 1L) << 40 | (long) protocol << 32 | ports(bytes, protocol, segment, end);
  }

  /** Source and destination port; of a ping its type and identifier. */
  private static long ports(byte[] bytes, int protocol, int at, int end) {
    if (at < 0) {
      return 0;
    }
    return switch (protocol) {
      case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP ->
          end - at >= 4 ? unsignedIntAt(bytes, at) : 0;
      case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
          end - at >= 6 ? (long) byteAt(bytes, at) << 16 | shortAt(bytes, at + 4) : 0;
      default -> 0;
    };
  }

  /** The protocol behind the IP header's extensions. */
  static int protocol(Dissection frame, int network, int transport, boolean ipv4) {
    int at = frame.offset(network);
    if (ipv4) {
      return byteAt(frame.bytes(), at + 9);
    }
    if (transport < 0) {
      return byteAt(frame.bytes(), at + 6);
    }
    return switch (frame.kind(transport)) {
      case TCP -> IpProtocol.TCP;
      case UDP -> IpProtocol.UDP;
      case ICMPV6 -> IpProtocol.ICMPV6;
      case SCTP -> IpProtocol.SCTP;
      default -> byteAt(frame.bytes(), at + 6);
    };
  }
}
