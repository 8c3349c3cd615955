package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Assumption;
import java.util.List;
import java.util.Optional;

/**
 * Whether a packet fits a condition.
 *
 * @param share how many of the packets do, from 0 to 1
 * @param unknown what the state would have to tell to say so; empty when it tells
 * @param assumption what was taken for granted; of an unknown answer, what is missing
 * @param grounds the lines of the set's elements that say so
 */
record Judgement(
    double share, Optional<String> unknown, Optional<Assumption> assumption, List<Source> grounds) {
  static final Judgement FITS = new Judgement(1, Optional.empty(), Optional.empty());
  static final Judgement FAILS = new Judgement(0, Optional.empty(), Optional.empty());

  Judgement(double share, Optional<String> unknown, Optional<Assumption> assumption) {
    this(share, unknown, assumption, List.of());
  }

  static Judgement of(boolean fits) {
    return fits ? FITS : FAILS;
  }

  static Judgement unknown(String what) {
    return unknown(what, Optional.empty());
  }

  /**
   * @param remedy what is missing, with the command that shows it
   */
  static Judgement unknown(String what, Optional<Assumption> remedy) {
    return new Judgement(1, Optional.of(what), remedy);
  }

  boolean isFailure() {
    return share == 0 && unknown.isEmpty();
  }

  boolean isCertain() {
    return unknown.isEmpty() && assumption.isEmpty() && share == 1;
  }

  Judgement because(List<Source> sources) {
    return sources.isEmpty() ? this : new Judgement(share, unknown, assumption, sources);
  }

  Judgement negated(boolean really) {
    return really ? new Judgement(1 - share, unknown, assumption, grounds) : this;
  }
}
