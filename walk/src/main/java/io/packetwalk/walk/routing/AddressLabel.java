package io.packetwalk.walk.routing;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;

/**
 * The labels of IPv6 addresses: a source with the destination's own is preferred (RFC 6724, 2.1;
 * the kernel's ip6addrlbl_init_table).
 */
final class AddressLabel {
  private record Entry(IpPrefix prefix, int label) {}

  private static final int OTHERS = 1;

  /** The longest prefix first. */
  private static final List<Entry> TABLE =
      List.of(
          entry("::1", 128, 0),
          entry("::ffff:0:0", 96, 4),
          entry("::", 96, 3),
          entry("2001::", 32, 6),
          entry("2001:10::", 28, 7),
          entry("2002::", 16, 2),
          entry("3ffe::", 16, 12),
          entry("fec0::", 10, 11),
          entry("fc00::", 7, 5));

  private AddressLabel() {}

  static int of(IpAddress address) {
    return TABLE.stream()
        .filter(entry -> entry.prefix().contains(address))
        .findFirst()
        .map(Entry::label)
        .orElse(OTHERS);
  }

  private static Entry entry(String address, int length, int label) {
    return new Entry(new IpPrefix(IpAddress.of(address), length), label);
  }
}
