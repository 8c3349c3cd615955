package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.read.command.netfilter.Numbers;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.MacAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the values that rules compare with, and the keys of sets' elements. */
final class Values {
  /** What {@code /etc/protocols} calls other than iptables does. */
  private static final Map<String, Integer> PROTOCOLS =
      Map.of("ip", 0, "ipip", 94, "st", 5, "ipv6-route", 43, "ipv6-frag", 44, "ipv6-opts", 60);

  private Values() {}

  /** A value, a range or a prefix; notes a failure when the next word is none. */
  static Span span(Cursor cursor, DataType type) {
    if (type == DataType.ROUTE_DEVICE || type == DataType.DEVICE) {
      return device(cursor, type);
    }
    Token token = cursor.next();
    Optional<Span> span = type == DataType.OTHER ? passed(token) : span(token, type);
    if (span.isEmpty()) {
      cursor.fail();
    }
    if (type == DataType.OTHER && cursor.take("-")) {
      cursor.next();
    }
    return span.orElseGet(Span.Any::new);
  }

  /** A single value. */
  static Datum datum(Cursor cursor, DataType type) {
    Span span = span(cursor, type);
    if (span instanceof Span.One(Datum value)) {
      return value;
    }
    cursor.fail();
    return Datum.of(0);
  }

  private static Optional<Span> passed(Token token) {
    return isPunctuation(token)
        ? Optional.empty()
        : Optional.of(new Span.One(Datum.of(token.text())));
  }

  private static boolean isPunctuation(Token token) {
    return !token.quoted()
        && (token.text().isEmpty() || "{},;()=!<>&|^".contains(token.text().substring(0, 1)));
  }

  private static Optional<Span> span(Token token, DataType type) {
    Optional<Datum> whole = value(token, type);
    if (whole.isPresent()) {
      return whole.map(Span.One::new);
    }
    return type == DataType.ADDRESS ? addresses(token.text()) : numbers(token.text(), type);
  }

  private static Optional<Datum> value(Token token, DataType type) {
    String text = token.text();
    return switch (type) {
      case ADDRESS -> IpAddress.parse(text).map(Datum::of);
      case MAC -> MacAddress.parse(text).map(mac -> Datum.of(mac.bits()));
      case PORT -> Numbers.port(text).map(Datum::of);
      case PROTOCOL ->
          Optional.ofNullable(PROTOCOLS.get(text)).or(() -> Numbers.protocol(text)).map(Datum::of);
      case ADDRESS_TYPE -> Optional.of(Datum.of(text.toLowerCase(Locale.ROOT)));
      case TEXT -> Optional.of(Datum.of(text));
      case PRESENCE -> presence(text);
      default -> Symbols.number(type, text).or(() -> Numbers.parse(text)).map(Datum::of);
    };
  }

  private static Optional<Datum> presence(String text) {
    return switch (text) {
      case "exists", "1" -> Optional.of(Datum.of(1));
      case "missing", "0" -> Optional.of(Datum.of(0));
      default -> Optional.empty();
    };
  }

  private static Optional<Span> addresses(String text) {
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      return IpPrefix.parse(text).map(Span::of);
    }
    Optional<IpAddress> low = IpAddress.parse(text.substring(0, hyphen));
    Optional<IpAddress> high = IpAddress.parse(text.substring(hyphen + 1));
    return low.flatMap(first ->
        high.filter(last -> last.family() == first.family() && first.compareTo(last) <= 0)
            .map(last -> new Span.Addresses(first, last)));
  }

  private static Optional<Span> numbers(String text, DataType type) {
    for (int hyphen = text.indexOf('-', 1); hyphen > 0; hyphen = text.indexOf('-', hyphen + 1)) {
      Optional<Long> low = number(text.substring(0, hyphen), type);
      Optional<Long> high = number(text.substring(hyphen + 1), type);
      if (low.isPresent() && high.isPresent() && low.get() <= high.get()) {
        return Optional.of(new Span.Numbers(low.get(), high.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> number(String text, DataType type) {
    return value(new Token(text, false, new io.packetwalk.read.transcript.Line("", 1, "")), type)
        .flatMap(datum ->
            datum instanceof Datum.Whole(long number) ? Optional.of(number) : Optional.empty());
  }

  /**
   * A device's name, in quotes mostly; a number for one that was there when the rule was made and
   * isn't any more. {@code fib} also has 0 and {@code missing} for no device at all.
   */
  private static Span device(Cursor cursor, DataType type) {
    Token token = cursor.next();
    if (isPunctuation(token) && !token.quoted()) {
      cursor.fail();
    }
    String name = token.text();
    boolean none = type == DataType.ROUTE_DEVICE && (name.equals("0") || name.equals("missing"));
    if (none) {
      return new Span.One(Datum.of(""));
    }
    boolean wildcard = name.endsWith("*") && !name.endsWith("\\*");
    return wildcard
        ? new Span.Beginning(name.substring(0, name.length() - 1))
        : new Span.One(Datum.of(name.replace("\\*", "*")));
  }
}
