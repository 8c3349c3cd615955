package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.model.netfilter.TableFamily;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what rules do. */
final class StatementReader {
  private final Cursor cursor;
  private final TableFamily family;
  private final ExpressionReader expressions;

  StatementReader(Cursor cursor, TableFamily family) {
    this.cursor = cursor;
    this.family = family;
    this.expressions = new ExpressionReader(cursor);
  }

  /** The statement at the cursor; empty when something else stands there. */
  Optional<List<RulePart>> read() {
    Optional<Statement> verdict = Verdicts.read(cursor);
    if (verdict.isPresent()) {
      return Optional.of(List.of(verdict.get()));
    }
    if (cursor.peek().quoted()) {
      return Optional.empty();
    }
    return switch (cursor.peek().text()) {
      case "log" -> aside(LimitReader.log(cursor));
      case "limit" -> Optional.of(LimitReader.limit(cursor));
      case "quota" -> Optional.of(LimitReader.quota(cursor));
      case "last" -> aside(LimitReader.last(cursor));
      case "reject" -> Optional.of(List.of(RejectReader.read(cursor, family)));
      case "dnat", "snat", "masquerade", "redirect" ->
          Optional.of(NatReader.read(cursor, expressions));
      case "notrack" -> one(new Statement.Untracked());
      case "queue" -> Optional.of(List.of(queue()));
      case "tproxy" -> Optional.of(List.of(intercepted()));
      case "synproxy" -> Optional.of(List.of(program()));
      case "dup" -> aside(toTheEndOf("dup"));
      case "fwd" -> Optional.of(List.of(forwarded()));
      case "flow" ->
          Optional.of(isMeter() ? DynamicSets.meter(cursor, expressions) : List.of(offload()));
      case "meter" -> Optional.of(DynamicSets.meter(cursor, expressions));
      case "xt" -> Optional.of(Extensions.named(cursor));
      case "add", "update", "delete" -> Optional.of(DynamicSets.read(cursor, expressions));
      case "reset" -> aside(toTheEndOf("reset"));
      case "ct" -> connection();
      default -> assignment();
    };
  }

  private Optional<List<RulePart>> one(Statement statement) {
    cursor.next();
    return Optional.of(List.of(statement));
  }

  private static Optional<List<RulePart>> aside(String text) {
    return Optional.of(List.of(new Statement.Aside(text)));
  }

  /** The words of a statement that only ends where another one begins. */
  private String toTheEndOf(String first) {
    int start = cursor.position();
    cursor.expect(first);
    while (!cursor.isAtEnd() && !cursor.at("counter") && !cursor.at("comment") && !isVerdict()) {
      cursor.next();
    }
    return cursor.textFrom(start);
  }

  private boolean isVerdict() {
    return switch (cursor.peek().text()) {
      case "accept", "drop", "return", "continue", "jump", "goto" -> !cursor.peek().quoted();
      default -> false;
    };
  }

  private Statement queue() {
    String text = toTheEndOf("queue");
    return new Statement.Queue(text, text.contains("bypass"));
  }

  /** {@code tproxy to :8080}, {@code tproxy ip to 127.0.0.1:8080}. */
  private Statement intercepted() {
    cursor.next();
    if (!cursor.take("ip")) {
      cursor.take("ip6");
    }
    Optional<NatTarget> target =
        cursor.take("to") ? NatTarget.parse(cursor.next().text()) : Optional.empty();
    if (target.isEmpty()) {
      cursor.fail();
    }
    return new Statement.Intercept(
        target.flatMap(NatTarget::addresses).map(Statement.AddressRange::first),
        target
            .flatMap(NatTarget::ports)
            .map(ports -> OptionalInt.of(ports.first()))
            .orElseGet(OptionalInt::empty),
        /* orDrop= */ false);
  }

  private Statement program() {
    String text = toTheEndOf(cursor.peek().text());
    return new Statement.Queue(text, false);
  }

  private Statement forwarded() {
    return new Statement.Unreadable(toTheEndOf("fwd"));
  }

  private boolean isMeter() {
    return cursor.peek(1).is("table");
  }

  private Statement offload() {
    cursor.next();
    boolean add = cursor.take("add") || cursor.take("offload");
    String name = cursor.next().text();
    if (!add || !name.startsWith("@")) {
      cursor.fail();
    }
    return new Statement.Offload(name.substring(Math.min(1, name.length())));
  }

  /** {@code ct mark set …}, {@code ct count …}, {@code ct helper set …}. */
  private Optional<List<RulePart>> connection() {
    if (cursor.peek(1).is("count")) {
      return Optional.of(LimitReader.connections(cursor));
    }
    boolean setting = cursor.peek(2).is("set");
    return switch (cursor.peek(1).text()) {
      case "helper", "timeout", "expectation", "event", "label", "secmark" ->
          setting ? aside(settingAside()) : Optional.empty();
      case "original", "reply" -> cursor.peek(3).is("set") ? zone() : Optional.empty();
      default -> assignment();
    };
  }

  private String settingAside() {
    int start = cursor.position();
    cursor.next();
    cursor.next();
    cursor.next();
    if (expressions.isNext()) {
      skipObjectMap();
    } else {
      Calculations.skipList(cursor);
    }
    return cursor.textFrom(start);
  }

  /** A zone for one direction only. */
  private Optional<List<RulePart>> zone() {
    return Optional.of(List.of(new Statement.Unreadable(toTheEndOf("ct"))));
  }

  /** Goes over an expression with a map of objects' names. */
  void skipObjectMap() {
    expressions.value(List.of(DataType.TEXT));
  }

  /** {@code EXPRESSION set VALUE}. */
  private Optional<List<RulePart>> assignment() {
    if (!expressions.isNext()) {
      return Optional.empty();
    }
    int start = cursor.position();
    Expression target = expressions.primary();
    if (cursor.hasFailed() || !cursor.take("set")) {
      cursor.back(start);
      return Optional.empty();
    }
    Expression value = expressions.value(target.types());
    String text = cursor.textFrom(start);
    return Optional.of(Assignments.of(target, value, text));
  }

  /** The field that a readable expression names. */
  static Optional<Field> field(Expression expression) {
    return expression.operand() instanceof io.packetwalk.model.netfilter.Operand.Of(Field field)
        ? Optional.of(field)
        : Optional.empty();
  }
}
