package io.packetwalk.wire;

import java.util.Optional;

/** Some 16-bit groups of an IPv6 address's text; a count of -1 says that the text wasn't groups. */
final class Ipv6Groups {
  private static final int MOST = 8;
  private static final Ipv6Groups INVALID = new Ipv6Groups(new int[0], -1);

  private final int[] values;
  private final int count;

  private Ipv6Groups(int[] values, int count) {
    this.values = values;
    this.count = count;
  }

  static Ipv6Groups parse(String text) {
    int[] values = new int[MOST];
    if (text.isEmpty()) {
      return new Ipv6Groups(values, 0);
    }
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int index = 0; index < parts.length; index++) {
      String part = parts[index];
      boolean dottedTail = index == parts.length - 1 && part.indexOf('.') >= 0;
      if (count + (dottedTail ? 2 : 1) > MOST) {
        return INVALID;
      }
      if (dottedTail) {
        Optional<IpAddress> dotted = IpText.parseIpv4(part);
        if (dotted.isEmpty()) {
          return INVALID;
        }
        values[count++] = dotted.get().lowInt() >>> 16;
        values[count++] = dotted.get().lowInt() & 0xffff;
      } else if (isGroup(part)) {
        values[count++] = Integer.parseInt(part, 16);
      } else {
        return INVALID;
      }
    }
    return new Ipv6Groups(values, count);
  }

  private static boolean isGroup(String part) {
    return !part.isEmpty()
        && part.length() <= 4
        && part.chars().allMatch(digit -> digit < 128 && Character.digit(digit, 16) >= 0);
  }

  int count() {
    return count;
  }

  /** These groups at the beginning, the other ones at the end, zeros between. */
  IpAddress followedBy(Ipv6Groups tail) {
    int[] all = values.clone();
    System.arraycopy(tail.values, 0, all, MOST - tail.count, tail.count);
    return new Ipv6Groups(all, MOST).toAddress();
  }

  IpAddress toAddress() {
    long high = 0;
    long low = 0;
    for (int index = 0; index < 4; index++) {
      high = high << 16 | values[index];
      low = low << 16 | values[4 + index];
    }
    return IpAddress.ofIpv6(high, low);
  }
}
