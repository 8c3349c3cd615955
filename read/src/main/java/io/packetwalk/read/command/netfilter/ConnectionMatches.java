package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.ConnectionStates;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The matches {@code conntrack} and {@code state}. */
final class ConnectionMatches {
  private static final Map<String, Integer> STATES =
      Map.of(
          "INVALID", ConnectionStates.INVALID,
          "NEW", ConnectionStates.NEW,
          "ESTABLISHED", ConnectionStates.ESTABLISHED,
          "RELATED", ConnectionStates.RELATED,
          "UNTRACKED", ConnectionStates.UNTRACKED);

  /** Those that {@code --ctstate} takes although they are about the connection's translation. */
  private static final Map<String, Integer> TRANSLATIONS =
      Map.of(
          "SNAT", ConnectionStates.SOURCE_TRANSLATED,
          "DNAT", ConnectionStates.DESTINATION_TRANSLATED);

  private static final Map<String, Integer> STATUSES =
      Map.of(
          "EXPECTED", ConnectionStates.EXPECTED,
          "SEEN_REPLY", ConnectionStates.SEEN_REPLY,
          "ASSURED", ConnectionStates.ASSURED,
          "CONFIRMED", ConnectionStates.CONFIRMED);

  private final IpFamily family;

  ConnectionMatches(IpFamily family) {
    this.family = family;
  }

  Optional<Match> read(Option option) {
    return switch (option.name()) {
      case "--ctstate", "--state" -> states(option);
      case "--ctstatus" -> bits(option, STATUSES, Field.CONNECTION_STATUS);
      case "--ctdir" ->
          Optional.of(
              MatchReader.compare(
                  Field.CONNECTION_DIRECTION,
                  option,
                  Span.one(option.value().equals("ORIGINAL") ? 0 : 1)));
      case "--ctproto" ->
          Numbers.protocol(option.value())
              .map(number ->
                  MatchReader.compare(Field.CONNECTION_PROTOCOL, option, Span.one(number)));
      case "--ctorigsrc" -> address(option, Field.ORIGINAL_SOURCE_ADDRESS);
      case "--ctorigdst" -> address(option, Field.ORIGINAL_DESTINATION_ADDRESS);
      case "--ctreplsrc" -> address(option, Field.REPLY_SOURCE_ADDRESS);
      case "--ctrepldst" -> address(option, Field.REPLY_DESTINATION_ADDRESS);
      case "--ctorigsrcport" -> port(option, Field.ORIGINAL_SOURCE_PORT);
      case "--ctorigdstport" -> port(option, Field.ORIGINAL_DESTINATION_PORT);
      case "--ctreplsrcport" -> port(option, Field.REPLY_SOURCE_PORT);
      case "--ctrepldstport" -> port(option, Field.REPLY_DESTINATION_PORT);
      default -> Optional.empty();
    };
  }

  private static Optional<Match> states(Option option) {
    int states = 0;
    int translations = 0;
    for (String name : option.value().split(",", -1)) {
      if (!STATES.containsKey(name) && !TRANSLATIONS.containsKey(name)) {
        return Optional.empty();
      }
      states |= STATES.getOrDefault(name, 0);
      translations |= TRANSLATIONS.getOrDefault(name, 0);
    }
    List<Match> choices = new ArrayList<>();
    if (states != 0) {
      choices.add(Match.anyBit(Field.CONNECTION_STATE, states, false));
    }
    if (translations != 0) {
      choices.add(Match.anyBit(Field.CONNECTION_STATUS, translations, false));
    }
    return Optional.of(new Match.AnyOf(choices, option.negated()));
  }

  private static Optional<Match> bits(Option option, Map<String, Integer> names, Field field) {
    int bits = 0;
    if (option.value().equals("NONE")) {
      return Optional.of(Match.anyBit(field, 0, option.negated()));
    }
    for (String name : option.value().split(",", -1)) {
      Integer bit = names.get(name);
      if (bit == null) {
        return Optional.empty();
      }
      bits |= bit;
    }
    return Optional.of(Match.anyBit(field, bits, option.negated()));
  }

  private Optional<Match> address(Option option, Field field) {
    return RuleReader.addressSpan(option.value(), family)
        .map(span -> new Match.Comparison(Operand.of(field), option.negated(), List.of(span)));
  }

  private static Optional<Match> port(Option option, Field field) {
    return Numbers.ports(option.value())
        .map(range -> MatchReader.compare(field, option, Numbers.span(range)));
  }
}
