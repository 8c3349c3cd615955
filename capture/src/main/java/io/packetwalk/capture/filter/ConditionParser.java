package io.packetwalk.capture.filter;

import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.decode.LayerKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The reading of an inner filter's text, with bounded depth. */
final class ConditionParser {
  private static final int DEEPEST = 50;
  private static final int LONGEST = 4096;

  private static final Map<String, LayerKind> PROTOCOLS =
      Map.ofEntries(
          Map.entry("arp", LayerKind.ARP),
          Map.entry("ip", LayerKind.IPV4),
          Map.entry("ip6", LayerKind.IPV6),
          Map.entry("icmp", LayerKind.ICMP),
          Map.entry("icmp6", LayerKind.ICMPV6),
          Map.entry("tcp", LayerKind.TCP),
          Map.entry("udp", LayerKind.UDP),
          Map.entry("sctp", LayerKind.SCTP),
          Map.entry("vlan", LayerKind.VLAN),
          Map.entry("mpls", LayerKind.MPLS),
          Map.entry("vxlan", LayerKind.VXLAN),
          Map.entry("geneve", LayerKind.GENEVE),
          Map.entry("gre", LayerKind.GRE),
          Map.entry("erspan", LayerKind.ERSPAN),
          Map.entry("stt", LayerKind.STT),
          Map.entry("gtp", LayerKind.GTP),
          Map.entry("gue", LayerKind.GUE),
          Map.entry("nsh", LayerKind.NSH),
          Map.entry("esp", LayerKind.ESP),
          Map.entry("ah", LayerKind.AUTHENTICATION_HEADER),
          Map.entry("wireguard", LayerKind.WIREGUARD));

  private final List<String> words;
  private int position;
  private int depth;

  ConditionParser(String text) {
    words =
        List.of(
                text.substring(0, Math.min(text.length(), LONGEST))
                    .toLowerCase(Locale.ROOT)
                    .replace("(", " ( ")
                    .replace(")", " ) ")
                    .replace("!", " not ")
                    .replace("&&", " and ")
                    .replace("||", " or ")
                    .strip()
                    .split("\\s+", -1))
            .stream()
            .filter(word -> !word.isEmpty())
            .toList();
  }

  Condition parse() throws FilterSyntaxException {
    Condition condition = alternatives();
    if (position < words.size()) {
      throw new FilterSyntaxException("'" + words.get(position) + "' isn't expected here");
    }
    return condition;
  }

  private Condition alternatives() throws FilterSyntaxException {
    Condition condition = conjunction();
    while (accept("or")) {
      condition = new Condition.Or(condition, conjunction());
    }
    return condition;
  }

  private Condition conjunction() throws FilterSyntaxException {
    Condition condition = single();
    while (accept("and")) {
      condition = new Condition.And(condition, single());
    }
    return condition;
  }

  private Condition single() throws FilterSyntaxException {
    depth++;
    if (depth > DEEPEST) {
      throw new FilterSyntaxException("nested too deeply");
    }
    Condition condition;
    if (accept("not")) {
      condition = new Condition.Not(single());
    } else if (accept("(")) {
      condition = alternatives();
      if (!accept(")")) {
        throw new FilterSyntaxException("a ')' is missing");
      }
    } else {
      condition = primitive();
    }
    depth--;
    return condition;
  }

  private Condition primitive() throws FilterSyntaxException {
    Condition.Side side = Condition.Side.EITHER;
    if (accept("src")) {
      side = Condition.Side.SOURCE;
    } else if (accept("dst")) {
      side = Condition.Side.DESTINATION;
    }
    String word = next();
    return switch (word) {
      case "host", "net" -> address(side, next());
      case "port" -> new Condition.Port(side, number(next(), 0xffff));
      case "vni" -> new Condition.Vni(number(next(), 0xff_ffff));
      case "proto" -> protocol(next());
      default -> PROTOCOLS.containsKey(word) ? protocol(word) : address(side, word);
    };
  }

  private static Condition protocol(String name) throws FilterSyntaxException {
    return new Condition.Kind(
        Optional.ofNullable(PROTOCOLS.get(name))
            .orElseThrow(() -> new FilterSyntaxException("'" + name + "' is no known protocol")));
  }

  private static Condition address(Condition.Side side, String text) throws FilterSyntaxException {
    return new Condition.Address(
        side,
        IpPrefix.parse(text)
            .orElseThrow(
                () -> new FilterSyntaxException("'" + text + "' is no address or protocol")));
  }

  private static int number(String text, int most) throws FilterSyntaxException {
    boolean digits = text.length() <= 8 && text.chars().allMatch(Character::isDigit);
    int value = digits ? Integer.parseInt(text) : -1;
    if (value < 0 || value > most) {
      throw new FilterSyntaxException("'" + text + "' isn't a number from 0 to " + most);
    }
    return value;
  }

  private boolean accept(String word) {
    boolean there = position < words.size() && words.get(position).equals(word);
    position += there ? 1 : 0;
    return there;
  }

  private String next() throws FilterSyntaxException {
    if (position == words.size()) {
      throw new FilterSyntaxException("the filter ends too early");
    }
    return words.get(position++);
  }
}
