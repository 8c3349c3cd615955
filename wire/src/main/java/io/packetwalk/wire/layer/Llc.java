package io.packetwalk.wire.layer;

import java.util.OptionalInt;

/**
 * A logical link control header (IEEE 802.2), with the subnetwork access protocol's five bytes
 * where they follow.
 *
 * @param unnumbered whether the control field takes one byte, as the two lowest bits of its first
 *     byte say, instead of two
 * @param organization SNAP's identifier of the organization that assigned the type
 * @param type SNAP's protocol; an EtherType when the organization is zero
 */
public record Llc(
    int destinationPoint,
    int sourcePoint,
    boolean unnumbered,
    int control,
    OptionalInt organization,
    OptionalInt type)
    implements LinkHeader {
  public static final int HEADER_LENGTH = 3;
  public static final int SNAP_POINT = 0xaa;
  public static final int SNAP_LENGTH = 5;

  public Llc {
    if (organization.isPresent() != type.isPresent()) {
      throw new IllegalArgumentException("SNAP has both an organization and a type");
    }
  }
}
