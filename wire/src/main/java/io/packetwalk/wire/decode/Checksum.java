package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import java.util.zip.CRC32C;

/** The Internet checksum (RFC 1071) and SCTP's CRC32c (RFC 9260, 6.8). */
final class Checksum {
  private Checksum() {}

  /** The one's complement sum of 16-bit words, not folded; an odd last byte is padded with zero. */
  static long sum(byte[] bytes, int from, int to) {
    long sum = 0;
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += Octets.shortAt(bytes, at);
    }
    return at < to ? sum + (Octets.byteAt(bytes, at) << 8) : sum;
  }

  /** Adds the carries until 16 bits are left. */
  static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }

  /** The value for the checksum field when everything else sums to this. */
  static int complement(long sum) {
    return ~fold(sum) & 0xffff;
  }

  /** The sum of the pseudo header before a transport header (RFC 9293, 3.1; RFC 8200, 8.1). */
  static long pseudoHeader(Ip network, int protocol, int length) {
    long addresses =
        switch (network) {
          case Ipv4 ipv4 -> words(ipv4.source().low()) + words(ipv4.destination().low());
          case Ipv6 ipv6 ->
              words(ipv6.source().high())
                  + words(ipv6.source().low())
                  + words(ipv6.destination().high())
                  + words(ipv6.destination().low());
        };
    return addresses + protocol + (length >>> 16) + (length & 0xffff);
  }

  private static long words(long bits) {
    return (bits >>> 48) + (bits >>> 32 & 0xffff) + (bits >>> 16 & 0xffff) + (bits & 0xffff);
  }

  /** The checksum of an SCTP packet, as its four bytes read in network order. */
  static int crc32c(byte[] bytes, int from, int to, int fieldOffset) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, fieldOffset - from);
    crc.update(new byte[4], 0, 4);
    crc.update(bytes, fieldOffset + 4, to - fieldOffset - 4);
    return Integer.reverseBytes((int) crc.getValue());
  }
}
