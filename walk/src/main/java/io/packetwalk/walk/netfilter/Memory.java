package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What rules of a namespace have noted about a packet in lists and sets, which later rules ask.
 *
 * <p>What they noted about earlier packets isn't known, beyond what a set's listing shows.
 */
final class Memory {
  private final NamespaceId place;
  private final Operands operands;

  Memory(NamespaceId place, Operands operands) {
    this.place = place;
    this.operands = operands;
  }

  /** Whether a packet fits a condition about lists of clients. */
  Judgement judge(Match.Met met, Trial trial) {
    Optional<Boolean> noted = trial.packet().tracking().noted(place, name(met), key(met, trial));
    if (met.asked() == Match.Met.Asked.ENTER) {
      return Judgement.of(!met.negated());
    }
    if (noted.isPresent() && !met.before()) {
      return Judgement.of(noted.get()).negated(met.negated());
    }
    Assumption assumption =
        new Assumption(
            "the client isn't in the list "
                + met.list()
                + " of earlier clients ("
                + met.text()
                + ")",
            Commands.in(place, "cat /proc/net/xt_recent/" + met.list()));
    return new Judgement(met.negated() ? 1 : 0, Optional.empty(), Optional.of(assumption));
  }

  /** The packet after the condition was asked. */
  Trial after(Match.Met met, Trial trial) {
    return switch (met.asked()) {
      case ENTER -> noting(trial, name(met), key(met, trial), true);
      case REMOVE -> noting(trial, name(met), key(met, trial), false);
      case LOOK -> trial;
    };
  }

  private static String name(Match.Met met) {
    return "recent " + met.list();
  }

  private static List<Datum> key(Match.Met met, Trial trial) {
    Ip header = Headers.ip(trial.packet().packet());
    IpAddress address = met.side() == Side.SOURCE ? header.source() : header.destination();
    return List.of(Datum.of(masked(address, met.mask())));
  }

  private static IpAddress masked(IpAddress address, IpAddress mask) {
    return address.isIpv4()
        ? IpAddress.ofIpv4(address.lowInt() & mask.lowInt())
        : IpAddress.ofIpv6(address.high() & mask.high(), address.low() & mask.low());
  }

  /** Whether rules have entered this key into the set, or taken it out; empty when neither. */
  Optional<Boolean> inSet(ElementSet set, List<Datum> key, Trial trial) {
    return trial.packet().tracking().noted(place, name(set), key);
  }

  /** The packet after a rule has changed the set; unchanged where its key isn't known. */
  Trial after(ElementSet set, Operand key, boolean removing, Trial trial) {
    return operands.one(key, trial) instanceof Answer.Value value
        ? noting(trial, name(set), value.parts(), !removing)
        : trial;
  }

  private static String name(ElementSet set) {
    return "set " + set.source().position() + " " + set.name();
  }

  private Trial noting(Trial trial, String list, List<Datum> key, boolean present) {
    Tracking.Noted note = new Tracking.Noted(place, list, new ArrayList<>(key), present);
    return trial.with(trial.packet().withTracking(trial.packet().tracking().noting(note)));
  }

  /** What the set is asked for; empty when the rule gives too few directions. */
  static Optional<Operand> key(SetReference reference, ElementSet set, Operand given) {
    return reference instanceof SetReference.IpSet
        ? IpSetKeys.of(set, Conditions.directions(given)).map(Operand.Together::new)
        : Optional.of(given);
  }
}
