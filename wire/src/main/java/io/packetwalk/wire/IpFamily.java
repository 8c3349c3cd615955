package io.packetwalk.wire;

/** The version of the Internet Protocol that an address, a route or a packet belongs to. */
public enum IpFamily {
  IPV4(32, 4),
  IPV6(128, 16);

  private final int bits;
  private final int bytes;

  IpFamily(int bits, int bytes) {
    this.bits = bits;
    this.bytes = bytes;
  }

  /** The length of an address in bits: also the longest prefix length. */
  public int bits() {
    return bits;
  }

  /** The length of an address in bytes. */
  public int bytes() {
    return bytes;
  }
}
