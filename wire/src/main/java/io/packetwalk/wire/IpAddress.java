package io.packetwalk.wire;

import java.util.Optional;

/**
 * An IPv4 or IPv6 address, without zone or port.
 *
 * <p>The 128 bits are held in two words, network order; an IPv4 address occupies the lower 32 bits
 * of {@code low}. Text is that of RFC 5952 for IPv6.
 */
public record IpAddress(IpFamily family, long high, long low) implements Comparable<IpAddress> {
  private static final long IPV4_MASK = 0xffff_ffffL;

  public IpAddress {
    if (family == IpFamily.IPV4 && (high != 0 || (low & ~IPV4_MASK) != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /** The IPv4 address of these 32 bits, the first octet highest. */
  public static IpAddress ofIpv4(int bits) {
    return new IpAddress(IpFamily.IPV4, 0, bits & IPV4_MASK);
  }

  public static IpAddress ofIpv6(long high, long low) {
    return new IpAddress(IpFamily.IPV6, high, low);
  }

  /** The address with all bits zero: {@code 0.0.0.0} or {@code ::}. */
  public static IpAddress unspecified(IpFamily family) {
    return new IpAddress(family, 0, 0);
  }

  /** Reads an address that the program itself wrote; fails on anything else. */
  public static IpAddress of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
  }

  /**
   * Reads an address as people and commands write it: dotted quad, or RFC 4291 text with {@code ::}
   * and an optional dotted tail. A zone ({@code %eth0}) is not part of an address.
   */
  public static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') >= 0 ? IpText.parseIpv6(text) : IpText.parseIpv4(text);
  }

  public boolean isIpv4() {
    return family == IpFamily.IPV4;
  }

  public boolean isIpv6() {
    return family == IpFamily.IPV6;
  }

  /** The 32 bits of an IPv4 address; the lowest 32 of an IPv6 one. */
  public int lowInt() {
    return (int) low;
  }

  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  /** 127.0.0.0/8 or ::1. */
  public boolean isLoopback() {
    return isIpv4() ? (low >>> 24) == 127 : high == 0 && low == 1;
  }

  /** 224.0.0.0/4 or ff00::/8. */
  public boolean isMulticast() {
    return isIpv4() ? (low >>> 28) == 0xe : (high >>> 56) == 0xff;
  }

  /** 169.254.0.0/16 or fe80::/10. */
  public boolean isLinkLocal() {
    return isIpv4() ? (low >>> 16) == 0xa9fe : (high >>> 54) == 0x3fa;
  }

  /** 255.255.255.255. */
  public boolean isLimitedBroadcast() {
    return isIpv4() && low == IPV4_MASK;
  }

  /** The address's bytes in network order: 4 or 16 of them. */
  public Bytes toBytes() {
    byte[] bytes = new byte[family.bytes()];
    for (int index = 0; index < bytes.length; index++) {
      int shift = 8 * (bytes.length - 1 - index);
      bytes[index] = (byte) (shift >= 64 ? high >>> (shift - 64) : low >>> shift);
    }
    return Bytes.of(bytes);
  }

  @Override
  public int compareTo(IpAddress other) {
    int byFamily = family.compareTo(other.family);
    if (byFamily != 0) {
      return byFamily;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return isIpv4() ? IpText.formatIpv4((int) low) : IpText.formatIpv6(high, low);
  }
}
