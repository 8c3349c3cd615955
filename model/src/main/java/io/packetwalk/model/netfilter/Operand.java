package io.packetwalk.model.netfilter;

import java.util.List;

/** Where a rule takes a value from. */
public sealed interface Operand {
  record Of(Field field) implements Operand {}

  /** {@code (base & and) ^ xor}. */
  record Bits(Operand base, long and, long xor) implements Operand {}

  /** {@code left ^ right}. */
  record ExclusiveOr(Operand left, Operand right) implements Operand {}

  /**
   * A number moved towards its lower end.
   *
   * @param right by how many bits; to the other side when negative
   */
  record Shifted(Operand base, int right) implements Operand {}

  record Plus(Operand base, int amount) implements Operand {}

  record Constant(Datum value) implements Operand {}

  /** Several values side by side, as keys of sets and maps. */
  record Together(List<Operand> parts) implements Operand {
    public Together {
      parts = List.copyOf(parts);
    }
  }

  /**
   * What the routing tables make of an address: a {@link Datum.Name} such as {@code local}.
   *
   * @param ofInput whether only addresses of the device that the packet came in by count
   * @param ofOutput whether only addresses of the device that it goes out of count
   */
  record AddressType(Side side, boolean ofInput, boolean ofOutput) implements Operand {}

  /**
   * The device that the routing tables send packets for one of the packet's addresses to; the empty
   * name when there is no route (nftables' {@code fib}).
   *
   * @param ofInput whether only the device that the packet came in by counts
   * @param ofOutput whether only the device that it goes out of counts
   */
  record RouteDevice(Side side, boolean withMark, boolean ofInput, boolean ofOutput)
      implements Operand {}

  /**
   * 1 when the way back to the packet's source is as the rule wants it, 0 when not.
   *
   * @param loose whether any device will do, rather than the one that the packet came in by
   * @param withMark whether the packet's mark takes part in the routing decision
   */
  record WayBack(boolean loose, boolean withMark) implements Operand {}

  /**
   * A number that differs from packet to packet, from {@code offset} on, {@code modulus} different
   * ones, each as likely.
   */
  record Spread(int modulus, int offset) implements Operand {}

  /**
   * The key's hash, from {@code offset} on, {@code modulus} different ones (nftables' {@code jhash}
   * with a seed that the rule tells).
   *
   * @param widths how many bytes each part of the key has
   */
  record Hashed(Operand key, List<Integer> widths, int modulus, int seed, int offset)
      implements Operand {
    public Hashed {
      widths = List.copyOf(widths);
    }
  }

  /** What a map has for a key. */
  record Mapped(Operand key, SetReference map) implements Operand {}

  /** Something that isn't understood, as the rule writes it. */
  record Unreadable(String text) implements Operand {}

  static Operand of(Field field) {
    return new Of(field);
  }
}
