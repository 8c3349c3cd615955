package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Statement.AddressRange;
import io.packetwalk.wire.IpAddress;
import java.util.Arrays;

/**
 * Which address of a range a connection is translated to: the kernel's find_best_ips_proto
 * (net/netfilter/nf_nat_core.c), which hashes the addresses of the connection with Bob Jenkins's
 * hash (include/linux/jhash.h), on a little-endian machine.
 */
final class AddressHash {
  private static final int SEED = 0xdead_beef;
  private static final long UNSIGNED = 0xffff_ffffL;

  private AddressHash() {}

  static IpAddress pick(AddressRange range, Tuple now, boolean persistent) {
    int[] source = words(now.source());
    int[] destination = words(now.destination());
    int[] low = words(range.first());
    int[] high = words(range.last());
    int last = range.first().isIpv4() ? 0 : 3;
    int hash = hash(source, persistent ? 0 : Integer.reverseBytes(destination[last]));
    int[] picked = new int[4];
    boolean full = false;
    for (int word = 0; word <= last; word++) {
      long minimum = full ? 0 : low[word] & UNSIGNED;
      long distance = full ? UNSIGNED : (high[word] - low[word] + 1) & UNSIGNED;
      picked[word] = (int) (minimum + (((hash & UNSIGNED) * distance) >>> 32));
      full |= picked[word] != high[word];
      hash ^= persistent ? 0 : Integer.reverseBytes(destination[word]);
    }
    return range.first().isIpv4()
        ? IpAddress.ofIpv4(picked[0])
        : IpAddress.ofIpv6(
            (long) picked[0] << 32 | (picked[1] & UNSIGNED),
            (long) picked[2] << 32 | (picked[3] & UNSIGNED));
  }

  /** The address's four words in network order; an IPv4 address is the first one. */
  private static int[] words(IpAddress address) {
    return address.isIpv4()
        ? new int[] {address.lowInt(), 0, 0, 0}
        : new int[] {
          (int) (address.high() >>> 32),
          (int) address.high(),
          (int) (address.low() >>> 32),
          (int) address.low()
        };
  }

  /** The hash of four words as the machine sees them, with this initial value. */
  private static int hash(int[] networkOrder, int initial) {
    int[] k = Arrays.stream(networkOrder).map(Integer::reverseBytes).toArray();
    int a = SEED + (4 << 2) + initial;
    int b = a;
    int c = a;
    a += k[0];
    b += k[1];
    c += k[2];
    a -= c;
    a ^= Integer.rotateLeft(c, 4);
    c += b;
    b -= a;
    b ^= Integer.rotateLeft(a, 6);
    a += c;
    c -= b;
    c ^= Integer.rotateLeft(b, 8);
    b += a;
    a -= c;
    a ^= Integer.rotateLeft(c, 16);
    c += b;
    b -= a;
    b ^= Integer.rotateLeft(a, 19);
    a += c;
    c -= b;
    c ^= Integer.rotateLeft(b, 4);
    b += a;
    a += k[3];
    return mixed(a, b, c);
  }

  static int mixed(int first, int second, int third) {
    int a = first;
    int b = second;
    int c = third;
    c ^= b;
    c -= Integer.rotateLeft(b, 14);
    a ^= c;
    a -= Integer.rotateLeft(c, 11);
    b ^= a;
    b -= Integer.rotateLeft(a, 25);
    c ^= b;
    c -= Integer.rotateLeft(b, 16);
    a ^= c;
    a -= Integer.rotateLeft(c, 4);
    b ^= a;
    b -= Integer.rotateLeft(a, 14);
    c ^= b;
    c -= Integer.rotateLeft(b, 24);
    return c;
  }
}
