package io.packetwalk.wire.layer;

/**
 * The four bytes before a packet of a BSD loopback device: its address family, in the byte order of
 * the machine that captured (LINKTYPE_NULL) or in network order (LINKTYPE_LOOP).
 *
 * @param word the four bytes, read in network order
 */
public record Loopback(int word) implements LinkHeader {
  public static final int HEADER_LENGTH = 4;

  /**
   * The address family: 2 is IPv4; 10, 24, 28 and 30 are some system's IPv6. What is no family in
   * either byte order ends in an EtherType.
   */
  public int family() {
    return familyOf(word);
  }

  /** The address family or EtherType in these four bytes, read in network order. */
  public static int familyOf(int word) {
    if ((word & 0xffff_0000) == 0) {
      return word;
    }
    int swapped = Integer.reverseBytes(word);
    return (swapped & 0xffff_0000) == 0 ? swapped : word & 0xffff;
  }
}
