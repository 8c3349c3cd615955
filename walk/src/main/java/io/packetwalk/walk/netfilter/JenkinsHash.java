package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.wire.IpAddress;
import java.util.List;

/**
 * Bob Jenkins's hash of bytes as the kernel has it (include/linux/jhash.h), over a key as nftables
 * lays it into its registers: each part begins at a word of four bytes.
 */
final class JenkinsHash {
  private static final int SEED = 0xdead_beef;

  private JenkinsHash() {}

  /** On a little-endian machine. */
  static int of(List<Datum> parts, List<Integer> widths, int seed) {
    return of(bytes(parts, widths), seed);
  }

  private static byte[] bytes(List<Datum> parts, List<Integer> widths) {
    byte[] padded = new byte[parts.size() * 16];
    int end = 0;
    int next = 0;
    for (int part = 0; part < parts.size(); part++) {
      byte[] value = bytes(parts.get(part), part < widths.size() ? widths.get(part) : 4);
      System.arraycopy(value, 0, padded, next, value.length);
      end = next + value.length;
      next += (value.length + 3) / 4 * 4;
    }
    return java.util.Arrays.copyOf(padded, parts.size() == 1 ? end : next);
  }

  /** In network order, as a header has it. */
  private static byte[] bytes(Datum datum, int width) {
    return switch (datum) {
      case Datum.Address(IpAddress address) -> address.toBytes().toArray();
      case Datum.Whole(long number) -> {
        byte[] bytes = new byte[Math.clamp(width, 1, 8)];
        for (int index = 0; index < bytes.length; index++) {
          bytes[index] = (byte) (number >>> (8 * (bytes.length - 1 - index)));
        }
        yield bytes;
      }
      case Datum.Name name -> new byte[0];
      case Datum.Choice choice -> new byte[0];
    };
  }

  private static int of(byte[] key, int seed) {
    int a = SEED + key.length + seed;
    int b = a;
    int c = a;
    int offset = 0;
    while (key.length - offset > 12) {
      a += word(key, offset);
      b += word(key, offset + 4);
      c += word(key, offset + 8);
      a = a - c ^ Integer.rotateLeft(c, 4);
      c += b;
      b = b - a ^ Integer.rotateLeft(a, 6);
      a += c;
      c = c - b ^ Integer.rotateLeft(b, 8);
      b += a;
      a = a - c ^ Integer.rotateLeft(c, 16);
      c += b;
      b = b - a ^ Integer.rotateLeft(a, 19);
      a += c;
      c = c - b ^ Integer.rotateLeft(b, 4);
      b += a;
      offset += 12;
    }
    return key.length == offset
        ? c
        : AddressHash.mixed(
            a + word(key, offset), b + word(key, offset + 4), c + word(key, offset + 8));
  }

  /** Four bytes, the lowest first; those behind the end are zero. */
  private static int word(byte[] key, int offset) {
    int word = 0;
    for (int index = 0; index < 4 && offset + index < key.length; index++) {
      word |= (key[offset + index] & 0xff) << (8 * index);
    }
    return word;
  }
}
