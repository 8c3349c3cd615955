package io.packetwalk.correlate.match;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.Fingerprint;
import java.util.Arrays;

/**
 * The flows that were seen, numbered from 0: an open-addressed table of the five words of a {@link
 * Fingerprint#tuple}. A flow is one direction of a connection as one place sees it; translation
 * makes another flow of it.
 */
final class FlowTable {
  private static final int INITIAL_ROWS = 1 << 10;
  private static final long PORTS = 0xffff_ffffL;

  private final long[] reversed = new long[Fingerprint.TUPLE];
  private int[] slots = new int[INITIAL_ROWS];
  private long[] words = new long[INITIAL_ROWS / 2 * Fingerprint.TUPLE];
  private int count;

  /** The number of this flow, a new one when it wasn't seen before. */
  int number(long[] tuple) {
    int slot = slot(tuple);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    int number = count++;
    slots[slot] = count;
    int row = number * Fingerprint.TUPLE;
    if (row == words.length) {
      words = Arrays.copyOf(words, words.length * 2);
    }
    System.arraycopy(tuple, 0, words, row, Fingerprint.TUPLE);
    if (count * 2 >= slots.length) {
      grow();
    }
    return number;
  }

  /** Whether this is the flow with that number. */
  boolean is(int number, long[] tuple) {
    return isRow(number * Fingerprint.TUPLE, tuple, 0);
  }

  /** The number of this flow, or -1 when it wasn't seen. */
  int find(long[] tuple) {
    return slots[slot(tuple)] - 1;
  }

  /** The flow of the answers to this one, or -1 when none was seen. */
  int reverse(int flow) {
    int row = flow * Fingerprint.TUPLE;
    reversed[0] = words[row + 2];
    reversed[1] = words[row + 3];
    reversed[2] = words[row];
    reversed[3] = words[row + 1];
    long last = words[row + 4];
    int protocol = (int) (last >>> 32 & 0xff);
    long ports = last & PORTS;
    boolean ping = protocol == 1 || protocol == 58;
    long swapped = ping ? answer(ports) : (ports & 0xffff) << 16 | ports >>> 16;
    reversed[4] = (last & ~PORTS) | swapped;
    return find(reversed);
  }

  /** The type of the answer to a message of ICMP, with the identifier as it is. */
  private static long answer(long typeAndIdentifier) {
    int type = (int) (typeAndIdentifier >>> 16);
    return (long) answerType(type) << 16 | (typeAndIdentifier & 0xffff);
  }

  /** The type of ICMP and ICMPv6 that answers an echo, and the one that it answers. */
  static int answerType(int type) {
    return switch (type) {
      case 0 -> 8;
      case 8 -> 0;
      case 128 -> 129;
      case 129 -> 128;
      default -> type;
    };
  }

  int protocol(int flow) {
    return (int) (words[flow * Fingerprint.TUPLE + 4] >>> 32 & 0xff);
  }

  boolean isTcp(int flow) {
    return protocol(flow) == 6;
  }

  /** Whether source and destination address are the same. */
  boolean haveSameEnds(int flow, int other) {
    int row = flow * Fingerprint.TUPLE;
    int second = other * Fingerprint.TUPLE;
    return words[row] == words[second]
        && words[row + 1] == words[second + 1]
        && words[row + 2] == words[second + 2]
        && words[row + 3] == words[second + 3];
  }

  /** Whether such packets are for one link only: to a group, or with addresses of the link. */
  boolean staysOnLink(int flow) {
    Flow ends = flow(flow);
    return ends.destination().isMulticast()
        || ends.destination().isLinkLocal()
        || ends.source().isLinkLocal()
        || ends.source().isUnspecified();
  }

  /** Whether one end, address and port, is the same: translation mostly changes only the other. */
  boolean shareAnEnd(int flow, int other) {
    int row = flow * Fingerprint.TUPLE;
    int second = other * Fingerprint.TUPLE;
    long ports = words[row + 4] ^ words[second + 4];
    boolean source =
        words[row] == words[second]
            && words[row + 1] == words[second + 1]
            && (ports & 0xffff_0000L) == 0;
    boolean destination =
        words[row + 2] == words[second + 2]
            && words[row + 3] == words[second + 3]
            && (ports & 0xffff) == 0;
    return source || destination;
  }

  int count() {
    return count;
  }

  Flow flow(int number) {
    int row = number * Fingerprint.TUPLE;
    long last = words[row + 4];
    boolean ipv6 = last >>> 40 != 0;
    return new Flow(
        address(ipv6, words[row], words[row + 1]),
        address(ipv6, words[row + 2], words[row + 3]),
        (int) (last >>> 32 & 0xff),
        (int) (last >>> 16 & 0xffff),
        (int) (last & 0xffff));
  }

  static IpAddress address(boolean ipv6, long high, long low) {
    return ipv6 ? IpAddress.ofIpv6(high, low) : IpAddress.ofIpv4((int) low);
  }

  private int slot(long[] tuple) {
    return slot(slots, tuple, 0);
  }

  private int slot(int[] table, long[] from, int at) {
    int mask = table.length - 1;
    // The products don't wait for each other.
    long hash =
        from[at] * 0x9e37_79b9_7f4a_7c15L
            + from[at + 1] * 0xbf58_476d_1ce4_e5b9L
            + from[at + 2] * 0x94d0_49bb_1331_11ebL
            + from[at + 3] * 0xd6e8_feb8_6659_fd93L
            + from[at + 4] * 0xa076_1d64_78bd_642fL;
    hash = (hash ^ hash >>> 32) * 0xe703_7ed1_a0b4_28dbL;
    int slot = (int) (hash >>> 32) & mask;
    while (table[slot] != 0 && !isRow((table[slot] - 1) * Fingerprint.TUPLE, from, at)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isRow(int row, long[] from, int at) {
    return words[row + 1] == from[at + 1]
        && words[row + 3] == from[at + 3]
        && words[row + 4] == from[at + 4]
        && words[row] == from[at]
        && words[row + 2] == from[at + 2];
  }

  private void grow() {
    int[] larger = new int[slots.length * 2];
    for (int number = 0; number < count; number++) {
      larger[slot(larger, words, number * Fingerprint.TUPLE)] = number + 1;
    }
    slots = larger;
  }
}
