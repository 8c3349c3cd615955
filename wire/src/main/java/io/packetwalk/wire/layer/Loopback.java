package io.packetwalk.wire.layer;

/**
 * The four bytes before a packet of a BSD loopback device: its address family, in the byte order of
 * the machine that captured (LINKTYPE_NULL) or in network order (LINKTYPE_LOOP).
 *
 * @param word the four bytes, read in network order
 */
public record Loopback(int word) implements LinkHeader {
  public static final int HEADER_LENGTH = 4;

  /** The address family's number: 2 is IPv4; 10, 24, 28 and 30 are some system's IPv6. */
  public int family() {
    return (word & 0xffff_0000) == 0 ? word : Integer.reverseBytes(word);
  }
}
