package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.TableId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Where an action sends a packet: a port or a table, by number or name. */
final class TargetText {
  private TargetText() {}

  static PortId port(String text) {
    String name = Split.unquoted(text);
    if (!text.startsWith("\"")) {
      Integer reserved = PortId.RESERVED.get(name.toUpperCase(Locale.ROOT));
      if (reserved != null) {
        return PortId.of(reserved);
      }
      OptionalLong number = Numbers.parse(name);
      if (number.isPresent() && number.getAsLong() >>> 32 == 0) {
        long value = number.getAsLong();
        boolean old = value >= 0xff00 && value <= 0xffff;
        return PortId.of((int) (old ? 0xffff_0000L | value : value));
      }
    }
    return PortId.of(name);
  }

  /** A table's number or name. */
  static Optional<TableId> table(String text) {
    String name = Split.unquoted(text);
    int number = text.startsWith("\"") ? -1 : Numbers.decimal(name);
    if (number > 255 || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(number >= 0 ? TableId.of(number) : TableId.of(name));
  }
}
