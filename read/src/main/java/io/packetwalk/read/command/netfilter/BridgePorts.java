package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Span;
import java.util.List;
import java.util.Optional;

/**
 * The match {@code physdev}: by which ports of a bridge a frame goes.
 *
 * <p>A packet that doesn't go over a bridge has none, so it fits what is negated (the kernel's
 * xt_physdev.c).
 */
final class BridgePorts {
  private static final Span NONE = new Span.One(Datum.of(""));

  private BridgePorts() {}

  static Optional<Match> read(Option option) {
    return switch (option.name()) {
      case "--physdev-in" -> named(option, Field.BRIDGE_INPUT_PORT);
      case "--physdev-out" -> named(option, Field.BRIDGE_OUTPUT_PORT);
      case "--physdev-is-in" -> any(option, Field.BRIDGE_INPUT_PORT);
      case "--physdev-is-out", "--physdev-is-bridged" -> any(option, Field.BRIDGE_OUTPUT_PORT);
      default -> Optional.empty();
    };
  }

  private static Optional<Match> named(Option option, Field port) {
    List<Match> both =
        List.of(
            MatchReader.compare(port, option, Span.device(option.value(), '+')),
            new Match.Comparison(Operand.of(port), !option.negated(), List.of(NONE)));
    return Optional.of(option.negated() ? new Match.AnyOf(both, false) : both(both));
  }

  /** Both of two conditions: that it isn't so that one of them fails. */
  private static Match both(List<Match> conditions) {
    return new Match.AnyOf(
        conditions.stream().<Match>map(one -> new Match.AnyOf(List.of(one), true)).toList(), true);
  }

  private static Optional<Match> any(Option option, Field port) {
    return Optional.of(new Match.Comparison(Operand.of(port), !option.negated(), List.of(NONE)));
  }
}
