package io.packetwalk.wire.layer;

import java.util.OptionalInt;

/**
 * An SCTP common header (RFC 9260, 3.1); its chunks follow as {@link Payload}.
 *
 * @param verificationTag unsigned
 * @param declaredChecksum the CRC32c, as the four bytes read in network order, where it isn't the
 *     right one; empty otherwise
 */
public record Sctp(
    int sourcePort, int destinationPort, int verificationTag, OptionalInt declaredChecksum)
    implements Layer {
  public static final int HEADER_LENGTH = 12;

  public static Sctp of(int sourcePort, int destinationPort, int verificationTag) {
    return new Sctp(sourcePort, destinationPort, verificationTag, OptionalInt.empty());
  }
}
