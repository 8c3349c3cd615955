package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Ports;
import io.packetwalk.model.netfilter.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers, ports and protocols as rules write them. */
public final class Numbers {
  private static final Map<String, Integer> PROTOCOLS =
      Map.ofEntries(
          Map.entry("all", 0),
          Map.entry("icmp", 1),
          Map.entry("igmp", 2),
          Map.entry("ggp", 3),
          Map.entry("ipencap", 4),
          Map.entry("ipv4", 4),
          Map.entry("st", 5),
          Map.entry("tcp", 6),
          Map.entry("egp", 8),
          Map.entry("igp", 9),
          Map.entry("pup", 12),
          Map.entry("udp", 17),
          Map.entry("hmp", 20),
          Map.entry("dccp", 33),
          Map.entry("ipv6", 41),
          Map.entry("ipv6-route", 43),
          Map.entry("ipv6-frag", 44),
          Map.entry("rsvp", 46),
          Map.entry("gre", 47),
          Map.entry("esp", 50),
          Map.entry("ah", 51),
          Map.entry("icmpv6", 58),
          Map.entry("ipv6-icmp", 58),
          Map.entry("icmp6", 58),
          Map.entry("ipv6-nonxt", 59),
          Map.entry("ipv6-opts", 60),
          Map.entry("eigrp", 88),
          Map.entry("ospf", 89),
          Map.entry("ospfigp", 89),
          Map.entry("ipip", 94),
          Map.entry("etherip", 97),
          Map.entry("encap", 98),
          Map.entry("pim", 103),
          Map.entry("ipcomp", 108),
          Map.entry("vrrp", 112),
          Map.entry("l2tp", 115),
          Map.entry("isis", 124),
          Map.entry("sctp", 132),
          Map.entry("mh", 135),
          Map.entry("ipv6-mh", 135),
          Map.entry("mobility-header", 135),
          Map.entry("udplite", 136),
          Map.entry("mpls-in-ip", 137),
          Map.entry("hip", 139));

  private Numbers() {}

  /** An unsigned decimal or hexadecimal number of at most 63 bits. */
  public static Optional<Long> parse(String text) {
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    String digits = hexadecimal ? text.substring(2) : text;
    int radix = hexadecimal ? 16 : 10;
    if (digits.isEmpty() || digits.length() > (hexadecimal ? 15 : 18)) {
      return Optional.empty();
    }
    long value = 0;
    for (int index = 0; index < digits.length(); index++) {
      int digit = digits.charAt(index) < 128 ? Character.digit(digits.charAt(index), radix) : -1;
      if (digit < 0) {
        return Optional.empty();
      }
      value = value * radix + digit;
    }
    return Optional.of(value);
  }

  /** A protocol's number by number or name; {@code all} is 0. */
  public static Optional<Integer> protocol(String text) {
    Integer named = PROTOCOLS.get(text);
    return named != null
        ? Optional.of(named)
        : parse(text).filter(number -> number <= 255).map(Long::intValue);
  }

  public static Optional<Integer> port(String text) {
    Optional<Integer> named = ServiceNames.port(text);
    return named.isPresent()
        ? named
        : parse(text).filter(number -> number <= 65535).map(Long::intValue);
  }

  /** {@code 80}, {@code 80:90}, {@code 80-90}, {@code :90}, {@code 80:}. */
  public static Optional<Ports> ports(String text) {
    int separator = text.indexOf(':') >= 0 ? text.indexOf(':') : text.indexOf('-', 1);
    if (separator < 0 || ServiceNames.port(text).isPresent()) {
      return port(text).map(only -> new Ports(only, only));
    }
    String low = text.substring(0, separator);
    String high = text.substring(separator + 1);
    Optional<Integer> first = low.isEmpty() ? Optional.of(0) : port(low);
    Optional<Integer> last = high.isEmpty() ? Optional.of(65535) : port(high);
    return first.flatMap(from -> last.filter(to -> to >= from).map(to -> new Ports(from, to)));
  }

  /** Ranges separated by commas; empty when one of them can't be read. */
  public static Optional<List<Span>> portList(String text) {
    List<Span> spans = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Optional<Ports> range = ports(part);
      if (range.isEmpty()) {
        return Optional.empty();
      }
      spans.add(span(range.get()));
    }
    return Optional.of(spans);
  }

  public static Span span(Ports range) {
    return range.first() == range.last()
        ? Span.one(range.first())
        : new Span.Numbers(range.first(), range.last());
  }

  /** {@code LOW:HIGH} or one number. */
  public static Optional<Span> range(String text, long highest) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return parse(text).map(Span::one);
    }
    Optional<Long> low = colon == 0 ? Optional.of(0L) : parse(text.substring(0, colon));
    String after = text.substring(colon + 1);
    Optional<Long> high = after.isEmpty() ? Optional.of(highest) : parse(after);
    return low.flatMap(from -> high.map(to -> new Span.Numbers(from, to)));
  }
}
