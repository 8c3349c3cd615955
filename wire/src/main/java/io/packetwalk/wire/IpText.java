package io.packetwalk.wire;

import java.util.Optional;

/** The text of addresses: dotted quads, and RFC 4291 input with RFC 5952 output for IPv6. */
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  static Optional<IpAddress> parseIpv4(String text) {
    int bits = 0;
    int octets = 0;
    int position = 0;
    while (octets < 4) {
      int start = position;
      int value = 0;
      while (position < text.length() && isDigit(text.charAt(position)) && position - start < 4) {
        value = value * 10 + (text.charAt(position) - '0');
        position++;
      }
      if (position == start || position - start > 3 || value > 255) {
        return Optional.empty();
      }
      bits = (bits << 8) | value;
      octets++;
      if (octets < 4 && (position >= text.length() || text.charAt(position++) != '.')) {
        return Optional.empty();
      }
    }
    return position == text.length() ? Optional.of(IpAddress.ofIpv4(bits)) : Optional.empty();
  }

  static Optional<IpAddress> parseIpv6(String text) {
    if (text.length() > 45) {
      return Optional.empty();
    }
    int gap = text.indexOf("::");
    if (gap < 0) {
      Ipv6Groups all = Ipv6Groups.parse(text);
      return all.count() == GROUPS ? Optional.of(all.toAddress()) : Optional.empty();
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Ipv6Groups head = Ipv6Groups.parse(text.substring(0, gap));
    Ipv6Groups tail = Ipv6Groups.parse(text.substring(gap + 2));
    if (head.count() < 0 || tail.count() < 0 || head.count() + tail.count() >= GROUPS) {
      return Optional.empty();
    }
    return Optional.of(head.followedBy(tail));
  }

  static String formatIpv4(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }

  static String formatIpv6(long high, long low) {
    if (high == 0 && low >>> 32 == 0xffff) {
      return "::ffff:" + formatIpv4((int) low);
    }
    int[] groups = new int[GROUPS];
    for (int index = 0; index < GROUPS; index++) {
      long word = index < 4 ? high : low;
      groups[index] = (int) (word >>> (48 - 16 * (index % 4)) & 0xffff);
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int index = 0; index < GROUPS; index++) {
      int length = zeroRun(groups, index);
      if (length > bestLength) {
        bestStart = index;
        bestLength = length;
      }
    }
    return join(groups, bestStart, bestLength);
  }

  private static int zeroRun(int[] groups, int start) {
    int length = 0;
    while (start + length < GROUPS && groups[start + length] == 0) {
      length++;
    }
    return length;
  }

  private static String join(int[] groups, int gapStart, int gapLength) {
    StringBuilder text = new StringBuilder(39);
    int index = 0;
    while (index < GROUPS) {
      if (index == gapStart) {
        text.append("::");
        index += gapLength;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[index]));
      index++;
    }
    return text.toString();
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
