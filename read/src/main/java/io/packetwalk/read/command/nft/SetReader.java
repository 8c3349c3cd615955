package io.packetwalk.read.command.nft;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads sets and maps: the name of one, or its elements in braces. */
final class SetReader {
  private final Cursor cursor;
  private Line lastLine = new Line("", 0, "");
  private Optional<Source> lastSource = Optional.empty();

  SetReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The set or map that a rule looks into; {@code data} is empty for a set. */
  SetReference reference(List<DataType> keys, List<DataType> data) {
    Token token = cursor.peek();
    if (!token.quoted() && token.text().startsWith("@")) {
      cursor.next();
      return new SetReference.OfTable(token.text().substring(1));
    }
    Source source = token.line().source();
    List<Element> elements = elements(keys, data);
    return new SetReference.Inline(
        ElementSet.of("in the rule", "anonymous", List.of(), Coverage.COMPLETE, elements, source));
  }

  /** {@code { KEY [: DATA], … }}. */
  List<Element> elements(List<DataType> keys, List<DataType> data) {
    cursor.expect("{");
    List<Element> elements = new ArrayList<>();
    while (!cursor.hasFailed() && !cursor.at("}") && !cursor.isAtEnd()) {
      elements.add(element(keys, data));
      if (!cursor.take(",") && !cursor.at("}")) {
        cursor.fail();
      }
    }
    cursor.expect("}");
    return elements;
  }

  private Element element(List<DataType> keys, List<DataType> data) {
    Optional<Source> source = source(cursor.peek().line());
    List<Span> key = key(keys);
    skipExtras();
    boolean mapped = cursor.take(":");
    if (!mapped && !data.isEmpty()) {
      cursor.fail();
    }
    boolean verdict = data.equals(List.of(DataType.VERDICT));
    List<Datum> values = mapped && !verdict ? data(data) : List.of();
    Optional<Statement> decided = mapped && verdict ? Optional.of(verdict()) : Optional.empty();
    skipExtras();
    return new Element(key, false, values, decided, source);
  }

  /** The line as a source: one for all elements on it. */
  private Optional<Source> source(Line line) {
    if (!line.equals(lastLine)) {
      lastLine = line;
      lastSource = Optional.of(line.source());
    }
    return lastSource;
  }

  private List<Span> key(List<DataType> types) {
    if (cursor.at("*") && isBehindKey(cursor.peek(1))) {
      cursor.next();
      return List.of(new Span.Any());
    }
    List<Span> key = new ArrayList<>(types.size());
    for (DataType type : types) {
      if (!key.isEmpty()) {
        cursor.expect(".");
      }
      key.add(type.isBits() ? flags(type) : Values.span(cursor, type));
    }
    return key;
  }

  private static boolean isBehindKey(Token token) {
    return token.is(":") || token.is(",") || token.is("}");
  }

  /** Flags joined by {@code |} are one key. */
  private Span flags(DataType type) {
    int start = cursor.position();
    Span first = Values.span(cursor, type);
    if (!cursor.at("|")) {
      return first;
    }
    cursor.back(start);
    long sum = 0;
    do {
      sum |= Calculations.number(Values.datum(cursor, type)).orElse(0L);
    } while (cursor.take("|"));
    return Span.one(sum);
  }

  /** Timeouts, counters and comments, which don't change what the element says. */
  private void skipExtras() {
    int nested = 0;
    while (!cursor.isAtEnd()) {
      boolean over =
          nested == 0 && (cursor.at(":") || cursor.at(",") || cursor.at("}") || cursor.at("{"));
      if (over) {
        return;
      }
      Token token = cursor.next();
      nested += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
  }

  private List<Datum> data(List<DataType> types) {
    List<Datum> data = new ArrayList<>(types.size());
    for (DataType type : types) {
      if (!data.isEmpty()) {
        cursor.expect(".");
      }
      data.add(chosen(Values.span(cursor, type)));
    }
    boolean translation = types.equals(List.of(DataType.ADDRESS));
    if (translation && cursor.take(".")) {
      data.add(chosen(Values.span(cursor, DataType.PORT)));
    }
    return data;
  }

  private Datum chosen(Span span) {
    return switch (span) {
      case Span.One(Datum value) -> value;
      case Span.Addresses(var low, var high) ->
          new Datum.Choice(new Statement.AddressRange(low, high));
      case Span.Block(var prefix) -> new Datum.Choice(AddressRanges.of(prefix));
      case Span.Numbers(long low, long high) -> new Datum.Name(low + "-" + high);
      case Span.Masked masked -> failed();
      case Span.Beginning beginning -> failed();
      case Span.Any any -> failed();
    };
  }

  private Datum failed() {
    cursor.fail();
    return Datum.of(0);
  }

  /** What a verdict map does. */
  Statement verdict() {
    Optional<Statement> verdict = Verdicts.read(cursor);
    if (verdict.isEmpty()) {
      cursor.fail();
    }
    return verdict.orElseGet(Statement.Drop::new);
  }
}
