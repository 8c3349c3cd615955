package io.packetwalk.walk.openflow;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** The body of a neighbour solicitation or advertisement (RFC 4861, 4.3 and 4.4). */
record NeighbourBody(Bytes content) {
  static final int SOURCE = 1;
  static final int TARGET = 2;
  private static final int ADDRESS = 16;

  Optional<IpAddress> target() {
    return content.length() < ADDRESS
        ? Optional.empty()
        : Optional.of(IpAddress.ofIpv6(word(0, 8), word(8, 8)));
  }

  /** The link-layer address in an option. */
  Optional<MacAddress> option(int kind) {
    OptionalInt at = optionAt(kind);
    return at.isPresent()
        ? Optional.of(new MacAddress(word(at.getAsInt() + 2, 6)))
        : Optional.empty();
  }

  NeighbourBody withTarget(IpAddress address) {
    if (content.length() < ADDRESS) {
      return this;
    }
    byte[] changed = content.toArray();
    address.toBytes().copyTo(changed, 0);
    return new NeighbourBody(Bytes.of(changed));
  }

  NeighbourBody withOption(int kind, MacAddress mac) {
    OptionalInt at = optionAt(kind);
    if (at.isEmpty()) {
      return this;
    }
    byte[] changed = content.toArray();
    for (int index = 0; index < 6; index++) {
      changed[at.getAsInt() + 2 + index] = (byte) (mac.bits() >>> (40 - 8 * index));
    }
    return new NeighbourBody(Bytes.of(changed));
  }

  private OptionalInt optionAt(int kind) {
    int at = ADDRESS;
    while (at + 8 <= content.length()) {
      int length = 8 * content.at(at + 1);
      if (length == 0 || at + length > content.length()) {
        break;
      }
      if (content.at(at) == kind) {
        return OptionalInt.of(at);
      }
      at += length;
    }
    return OptionalInt.empty();
  }

  private long word(int at, int length) {
    long value = 0;
    for (int index = at; index < at + length; index++) {
      value = (value << 8) | content.at(index);
    }
    return value;
  }
}
