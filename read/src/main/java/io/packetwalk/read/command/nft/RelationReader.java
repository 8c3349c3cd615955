package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a rule compares an expression with. */
final class RelationReader {
  private static final long HIGHEST = Long.MAX_VALUE;
  private static final long ALL = 0xffff_ffffL;

  private final Cursor cursor;

  RelationReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The condition, behind what nft adds to it. */
  List<RulePart> behind(Expression left) {
    List<RulePart> parts = new ArrayList<>(left.implied());
    if (cursor.take("vmap")) {
      SetReference map = new SetReader(cursor).reference(left.types(), List.of(DataType.VERDICT));
      parts.add(
          left.isReadable()
              ? new Statement.VerdictMap(left.operand(), map)
              : new Statement.Unreadable(left.text() + " vmap"));
      return parts;
    }
    int start = cursor.position();
    Match match = relation(left);
    boolean understood = left.isReadable() || match instanceof Match.Presumed;
    String text = left.text() + " " + cursor.textFrom(start);
    Optional<Match> share = RandomShare.of(text);
    if (share.isPresent()) {
      parts.add(share.get());
    } else if (understood) {
      parts.add(match);
    } else {
      parts.addAll(Presumptions.of(left.text(), text, text.contains("!=")));
    }
    return parts;
  }

  private Match relation(Expression left) {
    if (cursor.take("==")) {
      return equal(left, false, false);
    }
    if (cursor.take("!=")) {
      return equal(left, true, false);
    }
    if (cursor.take("!")) {
      return equal(left, true, true);
    }
    for (String operator : List.of("<=", ">=", "<", ">")) {
      if (cursor.take(operator)) {
        return order(left, operator);
      }
    }
    return equal(left, false, true);
  }

  private Match order(Expression left, String operator) {
    Datum limit = Values.datum(cursor, left.type());
    Span span =
        switch (limit) {
          case Datum.Whole(long number) ->
              switch (operator) {
                case "<" -> new Span.Numbers(0, number - 1);
                case "<=" -> new Span.Numbers(0, number);
                case ">" -> new Span.Numbers(number + 1, HIGHEST);
                default -> new Span.Numbers(number, HIGHEST);
              };
          case Datum.Address(IpAddress address) -> orBeyond(address, operator);
          case Datum.Name name -> new Span.Any();
          case Datum.Choice choice -> new Span.Any();
        };
    boolean opposite = limit instanceof Datum.Address && operator.length() == 1;
    return new Match.Comparison(left.operand(), opposite, List.of(span));
  }

  /** The addresses from the limit on; for a strict comparison those that don't fit it. */
  private static Span orBeyond(IpAddress limit, String operator) {
    IpAddress lowest = IpAddress.unspecified(limit.family());
    IpAddress highest = AddressRanges.of(io.packetwalk.wire.IpPrefix.all(limit.family())).last();
    boolean downwards = operator.equals("<=") || operator.equals(">");
    return downwards ? new Span.Addresses(lowest, limit) : new Span.Addresses(limit, highest);
  }

  /**
   * @param anyBit whether a value of flags asks for any of them, as it does without an operator
   */
  private Match equal(Expression left, boolean negated, boolean anyBit) {
    boolean set =
        cursor.at("{") || (cursor.peek().text().startsWith("@") && !cursor.peek().quoted());
    if (set) {
      SetReference reference = new SetReader(cursor).reference(left.types(), List.of());
      return new Match.Membership(left.operand(), negated, reference);
    }
    if (left.types().size() > 1) {
      return together(left, negated);
    }
    if (left.type().isBits()) {
      return bits(left, negated, anyBit);
    }
    if (left.type() == DataType.ROUTE_DEVICE && (cursor.at("exists") || cursor.at("1"))) {
      cursor.next();
      return new Match.Comparison(left.operand(), !negated, List.of(new Span.One(Datum.of(""))));
    }
    Span span = Values.span(cursor, left.type());
    return masked(left.operand(), span)
        .map(under -> new Match.Comparison(under.base(), negated, List.of(under.span())))
        .orElseGet(() -> new Match.Comparison(left.operand(), negated, List.of(span)));
  }

  private record Under(Operand base, Span span) {}

  /** An address under a mask: the mask belongs to the span. */
  private static Optional<Under> masked(Operand left, Span span) {
    if (left instanceof Operand.Bits(Operand base, long and, long xor)
        && xor == 0
        && span instanceof Span.One(Datum value)
        && value instanceof Datum.Address(IpAddress bits)
        && bits.isIpv4()) {
      return Optional.of(new Under(base, new Span.Masked(bits, IpAddress.ofIpv4((int) and))));
    }
    return Optional.empty();
  }

  /** Several values side by side: a set with one element. */
  private Match together(Expression left, boolean negated) {
    Token token = cursor.peek();
    List<Span> key = new ArrayList<>();
    for (DataType type : left.types()) {
      if (!key.isEmpty()) {
        cursor.expect(".");
      }
      key.add(Values.span(cursor, type));
    }
    return new Match.Membership(
        left.operand(), negated, InlineSets.of(List.of(key), token.line().source()));
  }

  private Match bits(Expression left, boolean negated, boolean anyBit) {
    Optional<Long> first = Calculations.joinedFlags(cursor, left.type());
    if (first.isEmpty()) {
      cursor.fail();
    }
    long value = first.orElse(0L);
    if (cursor.take("/")) {
      long mask = Calculations.joinedFlags(cursor, left.type()).orElse(ALL);
      return new Match.Comparison(
          new Operand.Bits(left.operand(), mask, 0), negated, List.of(Span.one(value)));
    }
    boolean calculated = left.operand() instanceof Operand.Bits;
    return anyBit && !calculated
        ? new Match.Comparison(
            new Operand.Bits(left.operand(), value, 0), !negated, List.of(Span.one(0)))
        : new Match.Comparison(left.operand(), negated, List.of(Span.one(value)));
  }
}
