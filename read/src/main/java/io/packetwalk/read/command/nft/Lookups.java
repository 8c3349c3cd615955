package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.read.command.netfilter.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads expressions that ask something or calculate: {@code fib}, {@code numgen}, hashes. */
final class Lookups {
  private static final int MOST_DIFFERENT = 4096;

  private Lookups() {}

  /** {@code fib saddr . mark . iif oif}, {@code fib daddr type}. */
  static Expression fib(Cursor cursor, int start) {
    List<String> flags = new ArrayList<>();
    do {
      flags.add(cursor.next().text());
    } while (cursor.take("."));
    String result = cursor.next().text();
    String text = cursor.textFrom(start);
    Side side = flags.contains("saddr") ? Side.SOURCE : Side.DESTINATION;
    boolean input = flags.contains("iif");
    boolean output = flags.contains("oif");
    boolean mark = flags.contains("mark");
    List<Match> none = List.of();
    return switch (result) {
      case "type" ->
          Expression.of(
              new Operand.AddressType(side, input, output), DataType.ADDRESS_TYPE, none, text);
      case "oif", "oifname", "check" ->
          Expression.of(
              new Operand.RouteDevice(side, mark, input, output),
              DataType.ROUTE_DEVICE,
              none,
              text);
      default -> Expression.unreadable(text, DataType.OTHER, none);
    };
  }

  /** {@code numgen random mod 3 offset 1}. */
  static Expression numgen(Cursor cursor, int start) {
    cursor.next();
    return spread(cursor, start);
  }

  /** The kernel's own hash of a connection, whose secret nobody knows. */
  static Expression symhash(Cursor cursor, int start) {
    return spread(cursor, start);
  }

  private static Expression spread(Cursor cursor, int start) {
    int modulus = modulus(cursor);
    int offset = optional(cursor, "offset").orElse(0L).intValue();
    String text = cursor.textFrom(start);
    return modulus > MOST_DIFFERENT || modulus < 1
        ? Expression.unreadable(text, DataType.NUMBER, List.of())
        : Expression.of(new Operand.Spread(modulus, offset), DataType.NUMBER, List.of(), text);
  }

  private static int modulus(Cursor cursor) {
    cursor.expect("mod");
    Optional<Long> modulus = Numbers.parse(cursor.next().text()).filter(n -> n > 0 && n < 1L << 31);
    if (modulus.isEmpty()) {
      cursor.fail();
    }
    return modulus.orElse(1L).intValue();
  }

  private static Optional<Long> optional(Cursor cursor, String word) {
    return cursor.take(word) ? Numbers.parse(cursor.next().text()) : Optional.empty();
  }

  /** {@code jhash ip saddr . tcp dport mod 4 seed 0xdead offset 1}. */
  static Expression jhash(Cursor cursor, ExpressionReader expressions, int start) {
    Expression key = expressions.read();
    int modulus = modulus(cursor);
    Optional<Long> seed = optional(cursor, "seed");
    int offset = optional(cursor, "offset").orElse(0L).intValue();
    String text = cursor.textFrom(start);
    List<Integer> widths = key.types().stream().map(Lookups::width).toList();
    boolean known = seed.isPresent() && !widths.contains(0) && key.isReadable();
    if (known) {
      int secret = seed.get().intValue();
      return Expression.of(
          new Operand.Hashed(key.operand(), widths, modulus, secret, offset),
          DataType.NUMBER,
          key.implied(),
          text);
    }
    return modulus > MOST_DIFFERENT
        ? Expression.unreadable(text, DataType.NUMBER, key.implied())
        : Expression.of(new Operand.Spread(modulus, offset), DataType.NUMBER, key.implied(), text);
  }

  /** The bytes of a part of a hash's key as the packet has them; 0 where that isn't certain. */
  private static int width(DataType type) {
    return switch (type) {
      case ADDRESS -> 4;
      case PORT -> 2;
      case PROTOCOL, ICMP_TYPE, ICMP_CODE, ICMPV6_TYPE, ICMPV6_CODE -> 1;
      case MAC, MARK, NUMBER, DEVICE, CONNECTION_STATE, CONNECTION_STATUS, DIRECTION -> 0;
      case TCP_FLAGS, ETHERNET_TYPE, ARP_OPERATION, FAMILY, PACKET_TYPE, DSCP, ECN -> 0;
      case ADDRESS_TYPE, ROUTE_DEVICE, PRESENCE, TEXT, VERDICT, OTHER -> 0;
    };
  }
}
