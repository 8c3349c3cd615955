package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;

/** A value that rules compare. */
public sealed interface Datum {
  /** An unsigned number: a port, a protocol, a mark, a MAC address's bits. */
  record Whole(long value) implements Datum {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  record Address(IpAddress address) implements Datum {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** A name, of a device mostly. */
  record Name(String text) implements Datum {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Addresses to choose from, which a map has for a translation. */
  record Choice(Statement.AddressRange range) implements Datum {
    @Override
    public String toString() {
      return range.toString();
    }
  }

  static Datum of(long value) {
    return new Whole(value);
  }

  static Datum of(IpAddress address) {
    return new Address(address);
  }

  static Datum of(String name) {
    return new Name(name);
  }
}
