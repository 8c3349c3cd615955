package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;

/** Values that a rule or a set's element stands for. */
public sealed interface Span {
  boolean contains(Datum value);

  record One(Datum value) implements Span {
    @Override
    public boolean contains(Datum candidate) {
      return value.equals(candidate);
    }
  }

  record Block(IpPrefix prefix) implements Span {
    @Override
    public boolean contains(Datum candidate) {
      return candidate instanceof Datum.Address(IpAddress address) && prefix.contains(address);
    }
  }

  /**
   * An address under a mask whose ones don't stand together, as in {@code 10.0.0.1/255.0.0.255}.
   */
  record Masked(IpAddress bits, IpAddress mask) implements Span {
    @Override
    public boolean contains(Datum candidate) {
      return candidate instanceof Datum.Address(IpAddress address)
          && address.family() == bits.family()
          && (address.high() & mask.high()) == (bits.high() & mask.high())
          && (address.low() & mask.low()) == (bits.low() & mask.low());
    }
  }

  /** Numbers from {@code low} to {@code high}, both included. */
  record Numbers(long low, long high) implements Span {
    @Override
    public boolean contains(Datum candidate) {
      return candidate instanceof Datum.Whole(long value) && value >= low && value <= high;
    }
  }

  /** Addresses from {@code low} to {@code high}, both included. */
  record Addresses(IpAddress low, IpAddress high) implements Span {
    @Override
    public boolean contains(Datum candidate) {
      return candidate instanceof Datum.Address(IpAddress address)
          && address.family() == low.family()
          && address.compareTo(low) >= 0
          && address.compareTo(high) <= 0;
    }
  }

  /** Names that begin with this text. */
  record Beginning(String text) implements Span {
    @Override
    public boolean contains(Datum candidate) {
      return candidate instanceof Datum.Name(String name) && name.startsWith(text);
    }
  }

  /** Every value: the element that counts when no other one does. */
  record Any() implements Span {
    @Override
    public boolean contains(Datum candidate) {
      return true;
    }
  }

  static Span one(long value) {
    return new One(new Datum.Whole(value));
  }

  static Span of(IpPrefix prefix) {
    return prefix.isHost() ? new One(new Datum.Address(prefix.address())) : new Block(prefix);
  }

  /** A device's name, or the names that begin as the text before {@code wildcard} does. */
  static Span device(String pattern, char wildcard) {
    boolean beginning = !pattern.isEmpty() && pattern.charAt(pattern.length() - 1) == wildcard;
    return beginning
        ? new Beginning(pattern.substring(0, pattern.length() - 1))
        : new One(new Datum.Name(pattern));
  }
}
