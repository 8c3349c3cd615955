package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import java.util.OptionalInt;

/**
 * A GTP-U header of version 1 (3GPP TS 29.281, 5.1).
 *
 * @param flags the first byte: version, protocol type, and which optional fields follow
 * @param messageType 255 for a user's packet
 * @param tunnel the tunnel endpoint identifier, unsigned
 * @param further the optional fields and extension headers, in bytes
 * @param declaredLength the length where it isn't what the content needs; empty otherwise
 */
public record Gtp(int flags, int messageType, int tunnel, Bytes further, OptionalInt declaredLength)
    implements Encapsulation {
  public static final int HEADER_LENGTH = 8;
  public static final int PORT = 2152;
  public static final int USER_PACKET = 255;

  /** The header before a user's packet, without optional fields. */
  public static Gtp of(int tunnel) {
    return new Gtp(0x30, USER_PACKET, tunnel, Bytes.EMPTY, OptionalInt.empty());
  }
}
