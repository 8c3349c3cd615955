package io.packetwalk.wire.layer;

import java.util.OptionalInt;

/**
 * A UDP header (RFC 768).
 *
 * @param declaredLength the length where it isn't what the content needs; empty otherwise
 * @param declaredChecksum the checksum where it isn't the right one, zero (none) included; empty
 *     otherwise
 */
public record Udp(
    int sourcePort, int destinationPort, OptionalInt declaredLength, OptionalInt declaredChecksum)
    implements Layer {
  public static final int HEADER_LENGTH = 8;

  public static Udp of(int sourcePort, int destinationPort) {
    return new Udp(sourcePort, destinationPort, OptionalInt.empty(), OptionalInt.empty());
  }
}
