package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What connection tracking knows, as {@code ct} names it. */
final class ConnectionFields {
  private ConnectionFields() {}

  /** The key behind {@code ct}, with its direction and version of IP. */
  static Expression read(Cursor cursor, int start) {
    boolean original = cursor.take("original");
    boolean reply = !original && cursor.take("reply");
    List<Match> implied = new ArrayList<>();
    if (cursor.take("ip")) {
      implied.add(Match.is(Field.PROTOCOL_FAMILY, Span.one(2)));
    } else if (cursor.take("ip6")) {
      implied.add(Match.is(Field.PROTOCOL_FAMILY, Span.one(10)));
    }
    String key = cursor.next().text();
    String text = cursor.textFrom(start);
    Optional<Field> field = original || reply ? directed(key, original) : field(key);
    return field
        .map(known -> Expression.of(Operand.of(known), type(key), implied, text))
        .orElseGet(() -> Expression.unreadable(text, type(key), implied));
  }

  static Optional<Field> field(String key) {
    return switch (key) {
      case "state" -> Optional.of(Field.CONNECTION_STATE);
      case "status" -> Optional.of(Field.CONNECTION_STATUS);
      case "mark" -> Optional.of(Field.CONNECTION_MARK);
      case "zone" -> Optional.of(Field.CONNECTION_ZONE);
      case "direction" -> Optional.of(Field.CONNECTION_DIRECTION);
      case "protocol" -> Optional.of(Field.CONNECTION_PROTOCOL);
      default -> Optional.empty();
    };
  }

  private static Optional<Field> directed(String key, boolean original) {
    return switch (key) {
      case "saddr" ->
          Optional.of(original ? Field.ORIGINAL_SOURCE_ADDRESS : Field.REPLY_SOURCE_ADDRESS);
      case "daddr" ->
          Optional.of(
              original ? Field.ORIGINAL_DESTINATION_ADDRESS : Field.REPLY_DESTINATION_ADDRESS);
      case "proto-src" ->
          Optional.of(original ? Field.ORIGINAL_SOURCE_PORT : Field.REPLY_SOURCE_PORT);
      case "proto-dst" ->
          Optional.of(original ? Field.ORIGINAL_DESTINATION_PORT : Field.REPLY_DESTINATION_PORT);
      case "protocol" -> Optional.of(Field.CONNECTION_PROTOCOL);
      case "zone" -> Optional.of(Field.CONNECTION_ZONE);
      default -> Optional.empty();
    };
  }

  private static DataType type(String key) {
    return switch (key) {
      case "state" -> DataType.CONNECTION_STATE;
      case "status" -> DataType.CONNECTION_STATUS;
      case "mark" -> DataType.MARK;
      case "zone" -> DataType.NUMBER;
      case "direction" -> DataType.DIRECTION;
      case "protocol" -> DataType.PROTOCOL;
      case "l3proto" -> DataType.FAMILY;
      case "saddr", "daddr" -> DataType.ADDRESS;
      case "proto-src", "proto-dst" -> DataType.PORT;
      default -> DataType.OTHER;
    };
  }
}
