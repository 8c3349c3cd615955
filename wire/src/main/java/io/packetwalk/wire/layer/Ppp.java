package io.packetwalk.wire.layer;

/**
 * A point-to-point protocol header (RFC 1661, 2, with RFC 1662's address and control).
 *
 * @param framed whether the address 0xff and the control 0x03 stand before the protocol
 * @param compressed whether the protocol takes one byte instead of two
 * @param protocol 0x0021 for IPv4, 0x0057 for IPv6
 */
public record Ppp(boolean framed, boolean compressed, int protocol) implements LinkHeader {
  public static final int IPV4 = 0x0021;
  public static final int IPV6 = 0x0057;
  public static final int MPLS = 0x0281;

  /** In bytes: 1 to 4. */
  public int headerLength() {
    return (framed ? 2 : 0) + (compressed ? 1 : 2);
  }
}
