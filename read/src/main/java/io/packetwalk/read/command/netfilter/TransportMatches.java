package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The matches of what stands over IP: ports, TCP flags, ICMP types. */
final class TransportMatches {
  private static final Map<String, Integer> TCP_FLAGS =
      Map.of("FIN", 1, "SYN", 2, "RST", 4, "PSH", 8, "ACK", 16, "URG", 32, "ALL", 63, "NONE", 0);

  private TransportMatches() {}

  static List<Match> ports(Extension extension) {
    return MatchReader.each(extension, TransportMatches::port);
  }

  static List<Match> tcp(Extension extension) {
    return MatchReader.each(
        extension,
        option ->
            switch (option.name()) {
              case "--syn" -> Optional.of(flags(option, 0x17, 2));
              case "--tcp-flags" -> flags(option);
              default -> port(option);
            });
  }

  private static Optional<Match> port(Option option) {
    return switch (option.name()) {
      case "--sport", "--source-port" -> port(option, Field.SOURCE_PORT);
      case "--dport", "--destination-port" -> port(option, Field.DESTINATION_PORT);
      default -> Optional.empty();
    };
  }

  private static Optional<Match> port(Option option, Field field) {
    return Numbers.ports(option.value())
        .map(range -> MatchReader.compare(field, option, Numbers.span(range)));
  }

  static Optional<Match> multiport(Option option) {
    Optional<List<Span>> spans = Numbers.portList(option.value());
    return spans.flatMap(ports ->
        switch (option.name()) {
          case "--sports", "--source-ports" ->
              Optional.of(among(Field.SOURCE_PORT, ports, option.negated()));
          case "--dports", "--destination-ports" ->
              Optional.of(among(Field.DESTINATION_PORT, ports, option.negated()));
          case "--ports" ->
              Optional.of(
                  new Match.AnyOf(
                      List.of(
                          among(Field.SOURCE_PORT, ports, false),
                          among(Field.DESTINATION_PORT, ports, false)),
                      option.negated()));
          default -> Optional.empty();
        });
  }

  private static Match among(Field field, List<Span> ports, boolean negated) {
    return new Match.Comparison(Operand.of(field), negated, ports);
  }

  private static Optional<Match> flags(Option option) {
    if (option.values().size() < 2) {
      return Optional.empty();
    }
    Optional<Integer> mask = flagBits(option.values().get(0));
    Optional<Integer> set = flagBits(option.values().get(1));
    return mask.flatMap(counting -> set.map(bits -> flags(option, counting, bits)));
  }

  private static Match flags(Option option, int mask, int bits) {
    return new Match.Comparison(
        new Operand.Bits(Operand.of(Field.TCP_FLAGS), mask, 0),
        option.negated(),
        List.of(Span.one(bits)));
  }

  private static Optional<Integer> flagBits(String names) {
    int bits = 0;
    for (String name : names.split(",", -1)) {
      Integer known = TCP_FLAGS.get(name);
      if (known == null) {
        return Numbers.parse(names).map(Long::intValue);
      }
      bits |= known;
    }
    return Optional.of(bits);
  }

  static List<Match> icmp(Extension extension, String typeOption) {
    List<Match> matches = new ArrayList<>();
    for (Option option : extension.options()) {
      Optional<List<Match>> parsed =
          option.name().equals(typeOption) ? icmpType(option, typeOption) : Optional.empty();
      parsed.ifPresentOrElse(
          matches::addAll, () -> matches.add(MatchReader.unreadable(extension, option)));
    }
    return matches;
  }

  private static Optional<List<Match>> icmpType(Option option, String typeOption) {
    boolean version6 = typeOption.equals("--icmpv6-type");
    Optional<int[]> type = IcmpTypes.parse(option.value(), version6);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    if (type.get()[0] == IcmpTypes.ANY) {
      return Optional.of(List.of());
    }
    Match ofType = Match.is(Field.ICMP_TYPE, Span.one(type.get()[0]));
    boolean anyCode = type.get()[1] == IcmpTypes.ANY;
    List<Match> both =
        anyCode
            ? List.of(ofType)
            : List.of(ofType, Match.is(Field.ICMP_CODE, Span.one(type.get()[1])));
    return Optional.of(option.negated() ? List.of(not(both)) : both);
  }

  private static Match not(List<Match> all) {
    return all.size() == 1
        ? new Match.AnyOf(all, true)
        : new Match.AnyOf(
            List.of(
                new Match.AnyOf(all.subList(0, 1), true), new Match.AnyOf(all.subList(1, 2), true)),
            false);
  }
}
