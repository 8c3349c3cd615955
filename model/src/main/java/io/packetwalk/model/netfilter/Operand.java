package io.packetwalk.model.netfilter;

import java.util.List;

/** Where a rule takes a value from. */
public sealed interface Operand {
  record Of(Field field) implements Operand {}

  /** {@code (base & and) ^ xor}. */
  record Bits(Operand base, long and, long xor) implements Operand {}

  /** {@code left ^ right}. */
  record ExclusiveOr(Operand left, Operand right) implements Operand {}

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

  /** What a map has for a key. */
  record Mapped(Operand key, SetReference map) implements Operand {}

  /** Something that isn't understood, as the rule writes it. */
  record Unreadable(String text) implements Operand {}

  static Operand of(Field field) {
    return new Of(field);
  }
}
