package io.packetwalk.read.command.nft;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Counter;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.command.netfilter.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a rule of its words. What can't be read stays in the rule as something not understood. */
final class NftRuleReader {
  private final Cursor cursor;
  private final TableFamily family;
  private final StatementReader statements;
  private final ExpressionReader expressions;
  private final List<RulePart> parts = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private Optional<Counter> counter = Optional.empty();
  private Optional<String> fault = Optional.empty();

  /**
   * A rule.
   *
   * @param fault the words of it that aren't nft's, as far as is known here
   */
  record Read(Rule rule, Optional<String> fault) {}

  private NftRuleReader(List<Token> words, TableFamily family) {
    this.cursor = new Cursor(words);
    this.family = family;
    this.statements = new StatementReader(cursor, family);
    this.expressions = new ExpressionReader(cursor);
  }

  static Read read(List<Token> words, TableFamily family, Source source) {
    NftRuleReader reader = new NftRuleReader(words, family);
    while (!reader.cursor.isAtEnd()) {
      reader.next();
    }
    Rule rule = new Rule(reader.parts, reader.comments, reader.counter, source);
    return new Read(rule, reader.fault);
  }

  private void next() {
    int start = cursor.position();
    if (takeComment() || takeCounter()) {
      return;
    }
    if (Statements.isRemark(cursor.peek()) && cursor.peek(1).is("counter")) {
      parts.addAll(Extensions.printed(cursor.next().text(), family));
      return;
    }
    List<RulePart> read = statements.read().orElseGet(this::condition);
    if (cursor.hasFailed() || cursor.position() == start) {
      cursor.back(start);
      fault = Optional.of(cursor.rest());
      parts.add(new Statement.Unreadable(cursor.rest()));
      cursor.skipRest();
    } else {
      parts.addAll(read);
    }
  }

  private List<RulePart> condition() {
    if (!expressions.isNext()) {
      cursor.fail();
      return List.of();
    }
    return new RelationReader(cursor).behind(expressions.read());
  }

  private boolean takeComment() {
    if (!cursor.at("comment")) {
      return false;
    }
    cursor.next();
    comments.add(cursor.next().text());
    return true;
  }

  private boolean takeCounter() {
    if (!cursor.take("counter")) {
      return false;
    }
    if (cursor.at("packets")) {
      Optional<Long> packets = amount("packets");
      Optional<Long> bytes = amount("bytes");
      counter =
          packets.flatMap(count -> bytes.map(size -> new Counter(count, size))).or(() -> counter);
    } else if (cursor.take("name")) {
      skipObject();
    }
    return true;
  }

  private Optional<Long> amount(String word) {
    return cursor.take(word) ? Numbers.parse(cursor.next().text()) : Optional.empty();
  }

  /** An object's name, or an expression with a map of names. */
  private void skipObject() {
    if (expressions.isNext()) {
      statements.skipObjectMap();
    } else {
      cursor.next();
    }
  }
}
