package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.read.command.netfilter.Numbers;
import io.packetwalk.wire.IpAddress;
import java.util.Map;
import java.util.Optional;

/** Reads the masks and shifts behind a value, as in {@code meta mark & 0xffff | 0x10000}. */
final class Calculations {
  private static final long ALL = 0xffff_ffffL;
  private static final Map<String, String> WORDS =
      Map.of("and", "&", "or", "|", "xor", "^", "lshift", "<<", "rshift", ">>");

  private final Cursor cursor;
  private final ExpressionReader expressions;

  Calculations(Cursor cursor, ExpressionReader expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  Expression behind(Expression base) {
    Expression value = base;
    while (true) {
      String operator = operator();
      if (operator.isEmpty()) {
        return value;
      }
      cursor.next();
      value = applied(value, operator);
    }
  }

  private String operator() {
    Token token = cursor.peek();
    if (token.quoted() || cursor.isAtEnd()) {
      return "";
    }
    String word = WORDS.getOrDefault(token.text(), token.text());
    return switch (word) {
      case "&", "|", "^", "<<", ">>" -> word;
      default -> "";
    };
  }

  private Expression applied(Expression value, String operator) {
    int start = cursor.position();
    String written = value.text() + " " + operator + " ";
    if (expressions.isNext() && !cursor.at("(")) {
      Expression other = expressions.primary();
      String text = written + other.text();
      return operator.equals("^")
          ? value.with(new Operand.ExclusiveOr(value.operand(), other.operand()), text)
          : value.with(new Operand.Unreadable(text), text);
    }
    Optional<Long> amount = amount(value.type());
    String text = written + cursor.textFrom(start);
    if (amount.isEmpty()) {
      cursor.fail();
    }
    Operand operand =
        value.isReadable()
            ? calculated(value.operand(), operator, amount.orElse(0L))
            : new Operand.Unreadable(text);
    return value.with(operand, text);
  }

  private static Operand calculated(Operand base, String operator, long amount) {
    return switch (operator) {
      case "&" -> new Operand.Bits(base, amount, 0);
      case "|" -> new Operand.Bits(base, ~amount & ALL, amount);
      case "^" -> new Operand.Bits(base, ALL, amount);
      case "<<" -> new Operand.Shifted(base, -(int) Math.min(amount, 32));
      default -> new Operand.Shifted(base, (int) Math.min(amount, 63));
    };
  }

  /** A number, an IPv4 address as one, or flags in parentheses. */
  private Optional<Long> amount(DataType type) {
    if (cursor.take("(")) {
      Optional<Long> flags = flags(type);
      cursor.expect(")");
      return flags;
    }
    return single(cursor.next(), type);
  }

  private Optional<Long> flags(DataType type) {
    Optional<Long> sum = single(cursor.next(), type);
    while (cursor.take("|")) {
      Optional<Long> more = single(cursor.next(), type);
      sum = sum.flatMap(bits -> more.map(other -> bits | other));
    }
    return sum;
  }

  private static Optional<Long> single(Token token, DataType type) {
    if (type == DataType.ADDRESS) {
      return IpAddress.parse(token.text())
          .filter(IpAddress::isIpv4)
          .map(address -> address.lowInt() & ALL);
    }
    return Symbols.number(type, token.text()).or(() -> Numbers.parse(token.text()));
  }

  /** The flags that a rule names one after the other, with {@code |} or a comma between them. */
  static Optional<Long> joinedFlags(Cursor cursor, DataType type) {
    Optional<Long> sum = single(cursor.next(), type);
    while (sum.isPresent() && (cursor.at("|") || cursor.at(","))) {
      cursor.next();
      long bits = sum.get();
      sum = single(cursor.next(), type).map(more -> bits | more);
    }
    return sum;
  }

  /** Goes over words with commas between them. */
  static void skipList(Cursor cursor) {
    do {
      cursor.next();
    } while (cursor.take(","));
  }

  /** The number behind a datum, for those that have one. */
  static Optional<Long> number(Datum datum) {
    return datum instanceof Datum.Whole(long value) ? Optional.of(value) : Optional.empty();
  }
}
