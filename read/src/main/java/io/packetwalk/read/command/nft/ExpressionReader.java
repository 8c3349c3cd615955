package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.SetReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands on the left of comparisons and behind {@code set} and {@code to}. */
final class ExpressionReader {
  private static final Set<String> EXTENSION_HEADERS =
      Set.of("rt", "rt0", "rt2", "rt4", "hbh", "frag", "dst", "mh", "srh", "exthdr");

  private final Cursor cursor;

  ExpressionReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Whether an expression begins at the next word. */
  boolean isNext() {
    Token token = cursor.peek();
    String word = token.text();
    return !cursor.isAtEnd()
        && !token.quoted()
        && (HeaderFields.isHeader(word)
            || MetaFields.isBare(word)
            || EXTENSION_HEADERS.contains(word)
            || word.startsWith("@")
            || switch (word) {
              case "meta", "ct", "fib", "numgen", "jhash", "symhash", "socket", "osf", "ipsec" ->
                  true;
              case "(" -> true;
              default -> false;
            });
  }

  /** A whole expression: a value, several side by side, or what a map has for them. */
  Expression read() {
    if (!cursor.enter()) {
      cursor.skipRest();
      return Expression.unreadable("?", DataType.OTHER, List.of());
    }
    int start = cursor.position();
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(calculated());
    } while (cursor.take("."));
    Expression key = Expression.together(parts, cursor.textFrom(start));
    cursor.leave();
    return key;
  }

  /** The same, of which a map may make something else of the wanted type. */
  Expression value(List<DataType> wanted) {
    Expression key = isNext() ? read() : constant(wanted);
    while (cursor.take("map")) {
      SetReference map = new SetReader(cursor).reference(key.types(), wanted);
      key =
          new Expression(new Operand.Mapped(key.operand(), map), wanted, key.implied(), key.text());
      key = calculated(key);
    }
    return key;
  }

  /** A value that stands there as it is, or several side by side. */
  private Expression constant(List<DataType> wanted) {
    int start = cursor.position();
    List<Expression> parts = new ArrayList<>();
    for (DataType type : wanted) {
      if (!parts.isEmpty()) {
        cursor.expect(".");
      }
      int from = cursor.position();
      Operand operand = new Operand.Constant(Values.datum(cursor, type));
      parts.add(calculated(Expression.of(operand, type, List.of(), cursor.textFrom(from))));
    }
    return Expression.together(parts, cursor.textFrom(start));
  }

  private Expression calculated() {
    return calculated(primary());
  }

  private Expression calculated(Expression base) {
    return new Calculations(cursor, this).behind(base);
  }

  Expression primary() {
    int start = cursor.position();
    String word = cursor.peek().text();
    if (cursor.take("(")) {
      Expression inner = read();
      cursor.expect(")");
      return inner;
    }
    if (cursor.at("tcp", "option") || cursor.at("ip", "option") || cursor.at("sctp", "chunk")) {
      return option(start);
    }
    if (cursor.at("rt") && isRouteKey(cursor.peek(1).text())) {
      return route(start);
    }
    if (HeaderFields.isHeader(word)) {
      return HeaderFields.read(cursor);
    }
    if (EXTENSION_HEADERS.contains(word)) {
      return extension(start);
    }
    if (MetaFields.isBare(word)) {
      return MetaFields.read(cursor, start);
    }
    cursor.next();
    return switch (word) {
      case "meta" -> MetaFields.read(cursor, start);
      case "ct" -> ConnectionFields.read(cursor, start);
      case "fib" -> Lookups.fib(cursor, start);
      case "numgen" -> Lookups.numgen(cursor, start);
      case "symhash" -> Lookups.symhash(cursor, start);
      case "jhash" -> Lookups.jhash(cursor, this, start);
      case "socket", "osf", "ipsec" -> other(word, start);
      default -> raw(word, start);
    };
  }

  private static boolean isRouteKey(String word) {
    return switch (word) {
      case "classid", "nexthop", "mtu", "ipsec", "ip", "ip6" -> true;
      default -> false;
    };
  }

  private Expression route(int start) {
    cursor.next();
    if (!cursor.take("ip")) {
      cursor.take("ip6");
    }
    String key = cursor.next().text();
    DataType type = key.equals("nexthop") ? DataType.ADDRESS : DataType.OTHER;
    return Expression.unreadable(cursor.textFrom(start), type, List.of());
  }

  /** {@code tcp option maxseg size}, {@code ip option rr}, {@code sctp chunk data}. */
  private Expression option(int start) {
    cursor.next();
    cursor.next();
    cursor.next();
    if (!isPresence() && !isOperator(cursor.peek()) && !cursor.at("set")) {
      cursor.next();
    }
    return presenceOr(start, DataType.OTHER);
  }

  private Expression extension(int start) {
    boolean general = cursor.next().is("exthdr");
    if (general || !isPresence()) {
      cursor.next();
    }
    return presenceOr(start, DataType.OTHER);
  }

  private boolean isPresence() {
    return cursor.at("exists") || cursor.at("missing");
  }

  private static boolean isOperator(Token token) {
    return !token.quoted()
        && switch (token.text()) {
          case "==", "!=", "<", ">", "<=", ">=", "&", "|", "{" -> true;
          default -> false;
        };
  }

  private Expression presenceOr(int start, DataType type) {
    return Expression.unreadable(
        cursor.textFrom(start), isPresence() ? DataType.PRESENCE : type, List.of());
  }

  private Expression other(String word, int start) {
    if (word.equals("osf") && cursor.take("ttl")) {
      cursor.next();
    }
    if (word.equals("ipsec")) {
      cursor.next();
      if (cursor.take("spnum")) {
        cursor.next();
      }
      boolean ofFamily = cursor.take("ip") || cursor.take("ip6");
      DataType type = ofFamily ? DataType.ADDRESS : DataType.OTHER;
      cursor.next();
      return Expression.unreadable(cursor.textFrom(start), type, List.of());
    }
    if (cursor.next().is("cgroupv2")) {
      cursor.expect("level");
      cursor.next();
    }
    return Expression.unreadable(cursor.textFrom(start), DataType.OTHER, List.of());
  }

  /** {@code @th,16,16}: bits at a place of the packet. */
  private Expression raw(String word, int start) {
    if (!word.startsWith("@") || word.indexOf(',') < 0) {
      cursor.fail();
    }
    return RawPayload.of(word, cursor.textFrom(start));
  }
}
