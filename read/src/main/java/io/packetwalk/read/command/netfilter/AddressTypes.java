package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.model.netfilter.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words for what the routing tables make of an address. */
final class AddressTypes {
  private AddressTypes() {}

  static Optional<Match> match(Option option, boolean source, boolean input, boolean output) {
    List<Span> types = new ArrayList<>();
    for (String type : option.value().split(",", -1)) {
      types.add(new Span.One(Datum.of(type.toLowerCase(Locale.ROOT))));
    }
    Side side = source ? Side.SOURCE : Side.DESTINATION;
    return Optional.of(
        new Match.Comparison(
            new Operand.AddressType(side, input, output), option.negated(), types));
  }
}
