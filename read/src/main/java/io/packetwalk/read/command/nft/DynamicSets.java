package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads rules' changes of sets, {@code update @clients { ip saddr limit rate over 5/second }}. */
final class DynamicSets {
  private DynamicSets() {}

  /** The limits in it decide whether the rule goes on; what the set remembers comes later. */
  static List<RulePart> read(Cursor cursor, ExpressionReader expressions) {
    int start = cursor.position();
    boolean removing = cursor.next().is("delete");
    String name = cursor.next().text();
    if (!name.startsWith("@")) {
      cursor.fail();
    }
    return changed(
        cursor, expressions, name.substring(Math.min(1, name.length())), removing, start);
  }

  /** {@code meter NAME size 99 { ip saddr limit … }}, {@code flow table NAME { … }} before it. */
  static List<RulePart> meter(Cursor cursor, ExpressionReader expressions) {
    int start = cursor.position();
    if (cursor.next().is("flow")) {
      cursor.expect("table");
    }
    String name = cursor.next().text();
    if (cursor.take("size")) {
      cursor.next();
    }
    return changed(cursor, expressions, name, false, start);
  }

  private static List<RulePart> changed(
      Cursor cursor, ExpressionReader expressions, String name, boolean removing, int start) {
    cursor.expect("{");
    Expression key = expressions.read();
    List<RulePart> parts = new ArrayList<>(key.implied());
    while (!cursor.at("}") && !cursor.isAtEnd() && !cursor.hasFailed()) {
      parts.addAll(extra(cursor, expressions));
    }
    cursor.expect("}");
    SetReference set = new SetReference.OfTable(name);
    String text = cursor.textFrom(start);
    parts.add(new Statement.ChangeSet(set, key.operand(), removing, text));
    return parts;
  }

  private static List<RulePart> extra(Cursor cursor, ExpressionReader expressions) {
    return switch (cursor.peek().text()) {
      case "limit" -> LimitReader.limit(cursor);
      case "quota" -> LimitReader.quota(cursor);
      case "ct" -> LimitReader.connections(cursor);
      case ":" -> {
        cursor.next();
        yield data(cursor, expressions);
      }
      default -> {
        cursor.next();
        yield List.of();
      }
    };
  }

  private static List<RulePart> data(Cursor cursor, ExpressionReader expressions) {
    if (Verdicts.read(cursor).isPresent()) {
      return List.of();
    }
    if (expressions.isNext()) {
      return List.copyOf(expressions.read().implied());
    }
    cursor.next();
    return List.of();
  }
}
