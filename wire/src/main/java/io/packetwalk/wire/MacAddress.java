package io.packetwalk.wire;

import java.util.Optional;

/** An IEEE 802 address of 48 bits, held in the lower bits of a word. */
public record MacAddress(long bits) implements Comparable<MacAddress> {
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);
  public static final MacAddress ZERO = new MacAddress(0);

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits");
    }
  }

  /** Reads an address that the program itself wrote; fails on anything else. */
  public static MacAddress of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a MAC address: " + text));
  }

  /**
   * Reads six hexadecimal octets separated by colons or hyphens; a leading zero may be missing, as
   * in the output of some ARP tables.
   */
  public static Optional<MacAddress> parse(String text) {
    if (text.length() > 17) {
      return Optional.empty();
    }
    String[] octets = text.split(text.indexOf('-') >= 0 ? "-" : ":", -1);
    if (octets.length != 6) {
      return Optional.empty();
    }
    long bits = 0;
    for (String octet : octets) {
      boolean valid =
          !octet.isEmpty()
              && octet.length() <= 2
              && octet.chars().allMatch(digit -> digit < 128 && Character.digit(digit, 16) >= 0);
      if (!valid) {
        return Optional.empty();
      }
      bits = bits << 8 | Integer.parseInt(octet, 16);
    }
    return Optional.of(new MacAddress(bits));
  }

  /**
   * The Ethernet address that IPv4 multicast is sent to (RFC 1112, 6.4) or IPv6's (RFC 2464, 7).
   */
  public static MacAddress ofMulticast(IpAddress group) {
    return group.isIpv4()
        ? new MacAddress(0x0100_5e00_0000L | (group.low() & 0x7f_ffff))
        : new MacAddress(0x3333_0000_0000L | (group.low() & 0xffff_ffffL));
  }

  /** Whether the group bit is set: multicast or broadcast. */
  public boolean isGroup() {
    return (bits >>> 40 & 1) == 1;
  }

  public boolean isBroadcast() {
    return equals(BROADCAST);
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(bits, other.bits);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(Character.forDigit((int) (bits >>> (shift + 4)) & 0xf, 16));
      text.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
      text.append(shift == 0 ? "" : ":");
    }
    return text.toString();
  }
}
