package io.packetwalk.capture;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.LayerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The counting of conversations by encapsulation stack, in bounded memory: an open-addressed table
 * of rows of words. Adding a packet allocates nothing unless its conversation is new.
 *
 * <p>A row is: four words of addresses, ports, stack, packets, bytes. Past the limit, packets of
 * new conversations are counted together.
 */
public final class Conversations {
  private static final int ROW = 8;
  private static final int PORTS = 4;
  private static final int STACK = 5;
  private static final int PACKETS = 6;
  private static final int BYTES = 7;
  private static final int INITIAL_ROWS = 1 << 10;

  private final int limit;
  private final LayerStacks stacks = new LayerStacks();
  private final long[] key = new long[ROW];
  private long[] rows = new long[INITIAL_ROWS * ROW];
  private int count;
  private long packets;
  private long bytes;
  private long otherPackets;
  private long otherBytes;

  /**
   * @param limit how many conversations are told apart
   */
  public Conversations(int limit) {
    this.limit = limit;
  }

  /** Counts a dissected frame. */
  public void add(Dissection dissection) {
    fillKey(dissection);
    count(1, dissection.original());
  }

  /** Counts all that another has counted. */
  public void add(Conversations other) {
    for (int row = 0; row < other.rows.length; row += ROW) {
      if (other.rows[row + PACKETS] != 0) {
        System.arraycopy(other.rows, row, key, 0, PACKETS);
        key[STACK] = stacks.number(other.stacks.stack((int) key[STACK] - 1)) + 1L;
        count(other.rows[row + PACKETS], other.rows[row + BYTES]);
      }
    }
    packets += other.otherPackets;
    bytes += other.otherBytes;
    otherPackets += other.otherPackets;
    otherBytes += other.otherBytes;
  }

  /** Counts packets of the conversation that the key tells. */
  private void count(long morePackets, long moreBytes) {
    packets += morePackets;
    bytes += moreBytes;
    int row = find(rows, key);
    if (rows[row + PACKETS] == 0) {
      if (count >= limit) {
        otherPackets += morePackets;
        otherBytes += moreBytes;
        return;
      }
      System.arraycopy(key, 0, rows, row, PACKETS);
      count++;
    }
    rows[row + PACKETS] += morePackets;
    rows[row + BYTES] += moreBytes;
    if (count * 2 * ROW > rows.length) {
      grow();
    }
  }

  private void fillKey(Dissection dissection) {
    Arrays.fill(key, 0);
    key[STACK] = stacks.number(dissection) + 1L;
    int network = dissection.network();
    if (network < 0) {
      return;
    }
    int at = dissection.offset(network);
    boolean ipv4 = dissection.kind(network) == LayerKind.IPV4;
    key[0] = ipv4 ? 0 : dissection.longAt(at + 8);
    key[1] = ipv4 ? dissection.intAt(at + 12) & 0xffff_ffffL : dissection.longAt(at + 16);
    key[2] = ipv4 ? 0 : dissection.longAt(at + 24);
    key[3] = ipv4 ? dissection.intAt(at + 16) & 0xffff_ffffL : dissection.longAt(at + 32);
    key[PORTS] = (ipv4 ? 1L : 2L) << 32 | ports(dissection);
    orderEnds();
  }

  private static long ports(Dissection dissection) {
    int transport = dissection.transport();
    if (transport < 0) {
      return 0;
    }
    return switch (dissection.kind(transport)) {
      case TCP, UDP, SCTP -> dissection.intAt(dissection.offset(transport)) & 0xffff_ffffL;
      default -> 0;
    };
  }

  /** Both directions are one conversation: the lower end comes first. */
  private void orderEnds() {
    int order = Long.compareUnsigned(key[0], key[2]);
    order = order == 0 ? Long.compareUnsigned(key[1], key[3]) : order;
    int source = (int) (key[PORTS] >>> 16 & 0xffff);
    int destination = (int) (key[PORTS] & 0xffff);
    if (order > 0 || (order == 0 && source > destination)) {
      long high = key[0];
      long low = key[1];
      key[0] = key[2];
      key[1] = key[3];
      key[2] = high;
      key[3] = low;
      key[PORTS] = (key[PORTS] >>> 32) << 32 | (long) destination << 16 | source;
    }
  }

  /** The row of this key, or the free row where it belongs. */
  private static int find(long[] rows, long[] key) {
    int mask = rows.length / ROW - 1;
    long hash = 0;
    for (int word = 0; word < PACKETS; word++) {
      hash = (hash ^ key[word]) * 0x9e37_79b9_7f4a_7c15L;
      hash ^= hash >>> 32;
    }
    int row = (int) hash & mask;
    while (rows[row * ROW + PACKETS] != 0 && !isRow(rows, row * ROW, key)) {
      row = row + 1 & mask;
    }
    return row * ROW;
  }

  private static boolean isRow(long[] rows, int row, long[] key) {
    for (int word = 0; word < PACKETS; word++) {
      if (rows[row + word] != key[word]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    long[] larger = new long[rows.length * 2];
    long[] moved = new long[ROW];
    for (int row = 0; row < rows.length; row += ROW) {
      if (rows[row + PACKETS] != 0) {
        System.arraycopy(rows, row, moved, 0, ROW);
        System.arraycopy(moved, 0, larger, find(larger, moved), ROW);
      }
    }
    rows = larger;
  }

  /** The conversations, those with the most bytes first. */
  public List<Conversation> list() {
    List<Conversation> list = new ArrayList<>(count);
    for (int row = 0; row < rows.length; row += ROW) {
      if (rows[row + PACKETS] != 0) {
        list.add(conversation(row));
      }
    }
    list.sort(
        Comparator.comparingLong(Conversation::bytes)
            .reversed()
            .thenComparing(Conversation::first)
            .thenComparing(Conversation::second)
            .thenComparingInt(Conversation::firstPort)
            .thenComparingInt(Conversation::secondPort)
            .thenComparing(conversation -> conversation.stack().toString()));
    return list;
  }

  private Conversation conversation(int row) {
    boolean ipv6 = rows[row + PORTS] >>> 32 == 2;
    return new Conversation(
        stacks.stack((int) rows[row + STACK] - 1),
        address(ipv6, rows[row], rows[row + 1]),
        (int) (rows[row + PORTS] >>> 16 & 0xffff),
        address(ipv6, rows[row + 2], rows[row + 3]),
        (int) (rows[row + PORTS] & 0xffff),
        rows[row + PACKETS],
        rows[row + BYTES]);
  }

  private static IpAddress address(boolean ipv6, long high, long low) {
    return ipv6 ? IpAddress.ofIpv6(high, low) : IpAddress.ofIpv4((int) low);
  }

  /** How many conversations are told apart. */
  public int size() {
    return count;
  }

  /** All packets that were counted. */
  public long packets() {
    return packets;
  }

  /** In bytes, on the wire. */
  public long bytes() {
    return bytes;
  }

  /** Packets of conversations that came after the limit was reached. */
  public long otherPackets() {
    return otherPackets;
  }
}
