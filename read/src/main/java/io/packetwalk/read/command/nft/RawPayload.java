package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Operand;
import java.util.List;

/**
 * Bits at a place of a packet, {@code @HEADER,OFFSET,LENGTH}, where a field of its own lies there.
 */
final class RawPayload {
  private RawPayload() {}

  static Expression of(String place, String text) {
    return switch (place) {
      case "@th,0,16" -> number(Field.SOURCE_PORT, text);
      case "@th,16,16" -> number(Field.DESTINATION_PORT, text);
      default -> Expression.unreadable(text, DataType.NUMBER, List.of());
    };
  }

  private static Expression number(Field field, String text) {
    return Expression.of(Operand.of(field), DataType.NUMBER, List.of(), text);
  }
}
