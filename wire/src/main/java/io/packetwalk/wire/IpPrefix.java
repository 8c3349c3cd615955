package io.packetwalk.wire;

import java.util.Optional;

/**
 * An address block: an address with the number of leading bits that count. Host bits are always
 * zero.
 */
public record IpPrefix(IpAddress address, int length) implements Comparable<IpPrefix> {
  public IpPrefix {
    if (length < 0 || length > address.family().bits()) {
      throw new IllegalArgumentException("prefix length " + length + " of " + address);
    }
    address = mask(address, length);
  }

  /** 0.0.0.0/0 or ::/0. */
  public static IpPrefix all(IpFamily family) {
    return new IpPrefix(IpAddress.unspecified(family), 0);
  }

  /** The block of this single address: /32 or /128. */
  public static IpPrefix host(IpAddress address) {
    return new IpPrefix(address, address.family().bits());
  }

  /** Reads a prefix that the program itself wrote; fails on anything else. */
  public static IpPrefix of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a prefix: " + text));
  }

  /**
   * Reads {@code ADDRESS/LENGTH}, {@code ADDRESS/NETMASK} or a plain address (its own block). The
   * kernel's short forms such as {@code 10.0/16} are completed with zeros.
   */
  public static Optional<IpPrefix> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return IpAddress.parse(text).map(IpPrefix::host);
    }
    Optional<IpAddress> address = IpAddress.parse(complete(text.substring(0, slash)));
    return address.flatMap(known -> withLength(known, text.substring(slash + 1)));
  }

  /** The block that {@code address} and a netmask such as 255.255.255.192 make. */
  public static Optional<IpPrefix> ofNetmask(IpAddress address, IpAddress netmask) {
    int ones = Integer.numberOfLeadingZeros(~netmask.lowInt());
    boolean contiguous =
        netmask.isIpv4() && address.isIpv4() && (ones == 32 || netmask.lowInt() << ones == 0);
    return contiguous ? Optional.of(new IpPrefix(address, ones)) : Optional.empty();
  }

  private static String complete(String text) {
    if (text.indexOf(':') >= 0 || text.isEmpty()) {
      return text;
    }
    long dots = text.chars().filter(character -> character == '.').count();
    return text + ".0".repeat((int) Math.max(0, 3 - dots));
  }

  private static Optional<IpPrefix> withLength(IpAddress address, String length) {
    if (length.indexOf('.') >= 0) {
      return IpAddress.parse(length).flatMap(netmask -> ofNetmask(address, netmask));
    }
    boolean digits =
        !length.isEmpty()
            && length.length() <= 3
            && length.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || Integer.parseInt(length) > address.family().bits()) {
      return Optional.empty();
    }
    return Optional.of(new IpPrefix(address, Integer.parseInt(length)));
  }

  public IpFamily family() {
    return address.family();
  }

  public boolean isHost() {
    return length == family().bits();
  }

  public boolean isAll() {
    return length == 0;
  }

  public boolean contains(IpAddress candidate) {
    if (candidate.family() != family()) {
      return false;
    }
    return candidate.isIpv4()
        ? ((candidate.lowInt() ^ address.lowInt()) & mask4(length)) == 0
        : ((candidate.high() ^ address.high()) & highMask(length)) == 0
            && ((candidate.low() ^ address.low()) & lowMask(length)) == 0;
  }

  public boolean contains(IpPrefix other) {
    return other.length >= length && contains(other.address);
  }

  public boolean overlaps(IpPrefix other) {
    return contains(other) || other.contains(this);
  }

  private static IpAddress mask(IpAddress address, int length) {
    if (address.isIpv4()) {
      return IpAddress.ofIpv4(address.lowInt() & mask4(length));
    }
    return IpAddress.ofIpv6(address.high() & highMask(length), address.low() & lowMask(length));
  }

  private static int mask4(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }

  private static long highMask(int length) {
    return length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
  }

  private static long lowMask(int length) {
    return length <= 64 ? 0 : length == 128 ? -1L : -1L << (128 - length);
  }

  @Override
  public int compareTo(IpPrefix other) {
    int byAddress = address.compareTo(other.address);
    return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
