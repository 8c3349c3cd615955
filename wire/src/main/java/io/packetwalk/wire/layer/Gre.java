package io.packetwalk.wire.layer;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A GRE header (RFC 2784, with the key and sequence number of RFC 2890).
 *
 * @param flags the first 16 bits: which optional fields follow, and the version
 * @param protocolType EtherType of what follows
 * @param checksum the checksum field, when the checksum bit is set
 * @param key unsigned, when the key bit is set
 * @param sequence unsigned, when the sequence bit is set
 */
public record Gre(
    int flags, int protocolType, OptionalInt checksum, OptionalLong key, OptionalLong sequence)
    implements Layer {
  public static final int HEADER_LENGTH = 4;

  public static Gre of(int protocolType) {
    return new Gre(
        0, protocolType, OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /** In bytes, with the optional fields that are present. */
  public int headerLength() {
    return HEADER_LENGTH
        + (checksum.isPresent() ? 4 : 0)
        + (key.isPresent() ? 4 : 0)
        + (sequence.isPresent() ? 4 : 0);
  }
}
