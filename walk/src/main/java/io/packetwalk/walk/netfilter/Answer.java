package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.walk.Assumption;
import java.util.List;
import java.util.Optional;

/** What an operand is for a packet. */
sealed interface Answer {
  /**
   * Its value, part by part, for a share of the packets.
   *
   * @param grounds the lines of the maps' elements that gave it
   */
  record Value(double share, List<Datum> parts, Optional<Statement> verdict, List<Source> grounds)
      implements Answer {
    Value(double share, List<Datum> parts, Optional<Statement> verdict) {
      this(share, parts, verdict, List.of());
    }

    Value with(Datum datum) {
      return new Value(share, List.of(datum), Optional.empty(), grounds);
    }

    static Value of(Datum datum) {
      return new Value(1, List.of(datum), Optional.empty());
    }
  }

  /** The packet has no such thing, or the map has nothing for it: the rule doesn't fit. */
  record Absent(double share) implements Answer {}

  /**
   * The state doesn't tell.
   *
   * @param what what isn't known: the end of a sentence
   */
  record Unknown(double share, String what, Optional<Assumption> remedy) implements Answer {
    static Unknown of(String what) {
      return new Unknown(1, what, Optional.empty());
    }
  }

  double share();
}
