package io.packetwalk.read.command.nft;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import java.util.ArrayList;
import java.util.List;

/** A named set or map as its lines are read. */
final class SetBuilder {
  private final String name;
  private final Source source;
  private final List<String> options = new ArrayList<>();
  private List<Element> elements = List.of();
  private List<DataType> keys = List.of(DataType.OTHER);
  private List<DataType> data = List.of();
  private String type = "";
  private boolean understood = true;

  SetBuilder(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  /** Takes a line of the block; false when it isn't understood. */
  boolean take(List<Token> words) {
    Cursor cursor = new Cursor(words);
    return switch (cursor.next().text()) {
      case "type" -> types(cursor);
      case "typeof" -> typesOfExpressions(cursor);
      case "flags" -> {
        words.subList(1, words.size()).stream()
            .map(Token::text)
            .filter(word -> !word.equals(","))
            .forEach(options::add);
        yield true;
      }
      case "elements" -> elements(cursor);
      case "timeout", "gc-interval", "size", "policy", "comment", "auto-merge", "counter" -> true;
      case "quota", "limit", "last", "ct" -> true;
      default -> false;
    };
  }

  /** {@code type ipv4_addr . inet_service : verdict}. */
  private boolean types(Cursor cursor) {
    type = cursor.rest();
    keys = typeNames(cursor);
    data = cursor.take(":") ? typeNames(cursor) : List.of();
    return cursor.isAtEnd();
  }

  private static List<DataType> typeNames(Cursor cursor) {
    List<DataType> types = new ArrayList<>();
    do {
      cursor.take("interval");
      types.add(DataType.named(cursor.next().text()));
    } while (cursor.take("."));
    return types;
  }

  /** {@code typeof ip saddr . tcp dport : meta mark}. */
  private boolean typesOfExpressions(Cursor cursor) {
    type = cursor.rest();
    ExpressionReader expressions = new ExpressionReader(cursor);
    keys = expressions.read().types();
    data = List.of();
    if (cursor.take(":")) {
      cursor.take("interval");
      data =
          cursor.take("verdict")
              ? List.of(DataType.VERDICT)
              : expressions.isNext()
                  ? expressions.read().types()
                  : List.of(DataType.named(cursor.next().text()));
    }
    return !cursor.hasFailed();
  }

  private boolean elements(Cursor cursor) {
    cursor.expect("=");
    elements = new SetReader(cursor).elements(keys, data);
    understood = !cursor.hasFailed() && cursor.isAtEnd();
    return understood;
  }

  ElementSet build(boolean all) {
    boolean complete = all && understood && !keys.contains(DataType.OTHER);
    return ElementSet.of(
        name, type, options, complete ? Coverage.COMPLETE : Coverage.PARTIAL, elements, source);
  }
}
