package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Ports;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.model.netfilter.Statement.NatOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads translations: {@code dnat}, {@code snat}, {@code masquerade}, {@code redirect}. */
final class NatReader {
  private final Cursor cursor;
  private final ExpressionReader expressions;
  private final List<RulePart> parts = new ArrayList<>();
  private List<DataType> wanted = List.of(DataType.ADDRESS);
  private boolean prefix;

  private NatReader(Cursor cursor, ExpressionReader expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /** The statement, behind what must be true of packets that it can translate. */
  static List<RulePart> read(Cursor cursor, ExpressionReader expressions) {
    NatReader reader = new NatReader(cursor, expressions);
    Statement statement =
        switch (cursor.next().text()) {
          case "dnat" -> reader.translation(Side.DESTINATION);
          case "snat" -> reader.translation(Side.SOURCE);
          case "masquerade" -> reader.masquerade();
          default -> reader.redirect();
        };
    reader.parts.add(statement);
    return reader.parts;
  }

  private Statement masquerade() {
    Optional<Ports> ports = cursor.take("to") ? Optional.of(ports()) : Optional.empty();
    return new Statement.Masquerade(ports, options());
  }

  private Statement redirect() {
    if (!cursor.take("to")) {
      return new Statement.Redirect(Optional.empty(), options());
    }
    if (cursor.at(":")) {
      Operand port = computedPort();
      return new Statement.RedirectComputed(port, options());
    }
    Optional<Ports> ports = Optional.of(ports());
    return new Statement.Redirect(ports, options());
  }

  private Statement translation(Side side) {
    family();
    prefix = cursor.take("prefix");
    cursor.take("interval");
    cursor.expect("to");
    if (cursor.at(":")) {
      Operand port = computedPort();
      return new Statement.TranslateComputed(side, port, options());
    }
    if (expressions.isNext()) {
      return computed(side);
    }
    NatTarget target = target();
    if (cursor.at(":") && target.addresses().isPresent()) {
      Operand address = new Operand.Constant(new Datum.Choice(target.addresses().get()));
      return withPort(side, address, computedPort());
    }
    return new Statement.Translate(side, target.addresses(), target.ports(), options());
  }

  /** {@code ip}, {@code ip addr . port}: the version of IP, and what a map has. */
  private void family() {
    boolean version4 = cursor.take("ip");
    if (version4 || cursor.take("ip6")) {
      parts.add(Match.is(Field.PROTOCOL_FAMILY, Span.one(version4 ? 2 : 10)));
    }
    if (cursor.take("addr") && cursor.take(".")) {
      cursor.expect("port");
      wanted = List.of(DataType.ADDRESS, DataType.PORT);
    }
  }

  private Statement computed(Side side) {
    Expression address = expressions.value(wanted);
    parts.addAll(address.implied());
    if (cursor.at(":")) {
      return withPort(side, address.operand(), computedPort());
    }
    boolean plain = !cursor.peek().quoted() && cursor.peek().text().startsWith(":");
    if (plain) {
      Operand port = new Operand.Constant(Datum.of(ports().first()));
      return withPort(side, address.operand(), port);
    }
    return new Statement.TranslateComputed(side, address.operand(), options());
  }

  private Statement withPort(Side side, Operand address, Operand port) {
    Operand both = new Operand.Together(List.of(address, port));
    return new Statement.TranslateComputed(side, both, options());
  }

  /** {@code :tcp dport map …}. */
  private Operand computedPort() {
    cursor.expect(":");
    Expression port = expressions.value(List.of(DataType.PORT));
    parts.addAll(port.implied());
    return port.operand();
  }

  private Ports ports() {
    Optional<Ports> ports = target().ports();
    if (ports.isEmpty()) {
      cursor.fail();
    }
    return ports.orElseGet(() -> new Ports(0, 0));
  }

  private NatTarget target() {
    Optional<NatTarget> target = NatTarget.parse(cursor.next().text());
    if (target.isEmpty()) {
      cursor.fail();
    }
    return target.orElseGet(() -> new NatTarget(Optional.empty(), Optional.of(new Ports(0, 0))));
  }

  private NatOptions options() {
    boolean random = false;
    boolean persistent = false;
    while (cursor.at("random") || cursor.at("fully-random") || cursor.at("persistent")) {
      boolean keeps = cursor.next().is("persistent");
      persistent |= keeps;
      random |= !keeps;
      cursor.take(",");
    }
    return new NatOptions(random, persistent, prefix);
  }
}
