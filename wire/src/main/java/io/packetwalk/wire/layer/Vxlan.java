package io.packetwalk.wire.layer;

/**
 * A VXLAN header (RFC 7348, 5), with the extensions GBP and GPE as the raw bits they use.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-----------------------------------------------+
 * |     Flags     |                   Reserved                    |
 * +---------------+-------------------------------+---------------+
 * |               VXLAN network identifier        |   Reserved    |
 * +-----------------------------------------------+---------------+
 * </pre>
 *
 * @param reserved the 24 bits after the flags: zero, or GBP's policy identifier, or GPE's next
 *     protocol
 * @param reservedLow the last byte
 */
public record Vxlan(int flags, int reserved, int vni, int reservedLow) implements Layer {
  public static final int HEADER_LENGTH = 8;
  public static final int PORT = 4789;
  public static final int LINUX_PORT = 8472;
  public static final int VNI_VALID = 0x08;

  /** GPE's bit: the last reserved byte before the identifier is the next protocol. */
  public static final int PROTOCOL_PRESENT = 0x04;

  /** The group based policy extension's bit (draft-smith-vxlan-group-policy). */
  public static final int GROUP_POLICY = 0x80;

  public static Vxlan of(int vni) {
    return new Vxlan(VNI_VALID, 0, vni, 0);
  }
}
