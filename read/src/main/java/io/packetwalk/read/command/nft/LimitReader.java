package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.read.command.netfilter.Numbers;
import java.util.List;
import java.util.Set;

/** Reads statements that count: rates, quotas, numbers of connections; and logging. */
final class LimitReader {
  private static final Set<String> UNITS = Set.of("bytes", "kbytes", "mbytes", "packets");

  private LimitReader() {}

  /** {@code limit rate over 10/second burst 5 packets}, {@code limit name "x"}. */
  static List<RulePart> limit(Cursor cursor) {
    int start = cursor.position();
    cursor.next();
    if (cursor.take("name")) {
      return named(cursor, start);
    }
    cursor.expect("rate");
    boolean over = over(cursor);
    amount(cursor);
    if (cursor.take("burst")) {
      amount(cursor);
    }
    return List.of(Presumptions.limit(cursor.textFrom(start), over));
  }

  /** {@code 10/second}, {@code 1 mbytes/second}, {@code 5 packets}. */
  private static void amount(Cursor cursor) {
    String first = cursor.next().text();
    boolean split = first.indexOf('/') < 0;
    String unit = cursor.peek().text();
    String bare = unit.indexOf('/') < 0 ? unit : unit.substring(0, unit.indexOf('/'));
    if (split && UNITS.contains(bare)) {
      cursor.next();
    }
    if (first.isEmpty() || first.charAt(0) < '0' || first.charAt(0) > '9') {
      cursor.fail();
    }
  }

  private static boolean over(Cursor cursor) {
    boolean over = cursor.take("over");
    if (!over) {
      cursor.take("until");
    }
    return over;
  }

  /** An object of the table, of which this listing needn't tell on which side of it packets fit. */
  private static List<RulePart> named(Cursor cursor, int start) {
    ExpressionReader expressions = new ExpressionReader(cursor);
    if (expressions.isNext()) {
      expressions.value(List.of(DataType.TEXT));
    } else {
      cursor.next();
    }
    return List.of(Presumptions.limit(cursor.textFrom(start), false));
  }

  /** {@code quota over 100 mbytes used 5 bytes}, {@code quota name "x"}. */
  static List<RulePart> quota(Cursor cursor) {
    int start = cursor.position();
    cursor.next();
    if (cursor.take("name")) {
      return named(cursor, start);
    }
    boolean over = over(cursor);
    amount(cursor);
    if (cursor.take("used")) {
      amount(cursor);
    }
    return List.of(Presumptions.limit(cursor.textFrom(start), over));
  }

  /** {@code ct count over 20}. */
  static List<RulePart> connections(Cursor cursor) {
    int start = cursor.position();
    cursor.next();
    cursor.next();
    boolean over = over(cursor);
    boolean none = cursor.at("0");
    amount(cursor);
    return List.of(Presumptions.limit(cursor.textFrom(start), over != none));
  }

  static String last(Cursor cursor) {
    int start = cursor.position();
    cursor.next();
    if (cursor.take("used")) {
      cursor.next();
      cursor.take("ago");
    }
    return cursor.textFrom(start);
  }

  /** {@code log prefix "x" level warn flags all group 2 snaplen 9 queue-threshold 3}. */
  static String log(Cursor cursor) {
    int start = cursor.position();
    cursor.next();
    while (true) {
      switch (cursor.peek().text()) {
        case "prefix", "level", "group", "snaplen", "queue-threshold" -> {
          cursor.next();
          cursor.next();
        }
        case "flags" -> {
          cursor.next();
          flags(cursor);
        }
        default -> {
          return cursor.textFrom(start);
        }
      }
    }
  }

  private static void flags(Cursor cursor) {
    do {
      boolean layered = cursor.at("tcp") || cursor.at("ip");
      cursor.next();
      if (layered) {
        Calculations.skipList(cursor);
      }
    } while (cursor.take(","));
  }

  /** Whether a word is a plain number. */
  static boolean isNumber(String word) {
    return Numbers.parse(word).isPresent();
  }
}
