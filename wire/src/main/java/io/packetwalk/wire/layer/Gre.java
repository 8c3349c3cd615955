package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
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
 * @param offset the 16 bits after the checksum: zero, or RFC 1701's offset into the routing field
 * @param further RFC 1701's routing field, or the acknowledgment number of version 1 (RFC 2637)
 */
public record Gre(
    int flags,
    int protocolType,
    OptionalInt checksum,
    OptionalLong key,
    OptionalLong sequence,
    int offset,
    Bytes further)
    implements Layer {
  public static final int HEADER_LENGTH = 4;
  public static final int CHECKSUM_PRESENT = 0x8000;
  public static final int ROUTING_PRESENT = 0x4000;
  public static final int KEY_PRESENT = 0x2000;
  public static final int SEQUENCE_PRESENT = 0x1000;
  public static final int ACKNOWLEDGMENT_PRESENT = 0x0080;

  public Gre {
    boolean routed = (flags & ROUTING_PRESENT) != 0;
    flags |= checksum.isPresent() && !routed ? CHECKSUM_PRESENT : 0;
    flags |= key.isPresent() ? KEY_PRESENT : 0;
    flags |= sequence.isPresent() ? SEQUENCE_PRESENT : 0;
  }

  /** A header without routing field and acknowledgment number. */
  public Gre(
      int flags, int protocolType, OptionalInt checksum, OptionalLong key, OptionalLong sequence) {
    this(flags, protocolType, checksum, key, sequence, 0, Bytes.EMPTY);
  }

  public static Gre of(int protocolType) {
    return new Gre(
        0, protocolType, OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /** In bytes, with the optional fields that are present. */
  public int headerLength() {
    return HEADER_LENGTH
        + ((flags & (CHECKSUM_PRESENT | ROUTING_PRESENT)) != 0 ? 4 : 0)
        + (key.isPresent() ? 4 : 0)
        + (sequence.isPresent() ? 4 : 0)
        + further.length();
  }

  /** 0 for the header of RFC 2784, 1 for PPTP's (RFC 2637). */
  public int version() {
    return flags & 7;
  }

  /** NVGRE's virtual subnet (RFC 7637, 3.2): the upper 24 bits of the key. */
  public OptionalLong virtualSubnet() {
    return key.isPresent() ? OptionalLong.of(key.getAsLong() >>> 8) : OptionalLong.empty();
  }
}
