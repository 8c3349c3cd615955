package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks one rule about a packet, part by part. */
final class RuleRun {
  private final Conditions conditions;
  private final Effects effects;

  RuleRun(Conditions conditions, Effects effects) {
    this.conditions = conditions;
    this.effects = effects;
  }

  /** A packet after the rule, and where it goes. */
  record Outcome(Trial trial, Move move) {}

  /**
   * What is in doubt so far.
   *
   * @param unknown what the state would have to tell to say whether the packet fits
   * @param failing an assumption by which the packet doesn't fit
   */
  private record Doubt(Optional<String> unknown, Optional<Assumption> failing) {
    static final Doubt NONE = new Doubt(Optional.empty(), Optional.empty());
  }

  /** Where the packet goes, way by way. */
  List<Outcome> ask(Rule rule, Position position, Trial trial) {
    List<Outcome> outcomes = new ArrayList<>(1);
    from(0, rule, position, trial, Doubt.NONE, outcomes);
    return outcomes;
  }

  private void from(
      int start,
      Rule rule,
      Position begunAt,
      Trial begun,
      Doubt begunDoubt,
      List<Outcome> outcomes) {
    Position position = begunAt;
    Trial trial = begun;
    Doubt doubt = begunDoubt;
    List<RulePart> parts = rule.parts();
    for (int part = start; part < parts.size(); part++) {
      switch (parts.get(part)) {
        case Match match -> {
          Judgement judged = conditions.judge(match, trial);
          trial = doubt.equals(Doubt.NONE) ? conditions.after(match, trial) : trial;
          position = position.on(judged.grounds());
          if (judged.isFailure()) {
            if (judged.assumption().isEmpty()) {
              outcomes.add(new Outcome(trial, Move.NEXT));
              return;
            }
            doubt = new Doubt(doubt.unknown(), judged.assumption());
          } else if (judged.unknown().isPresent()) {
            doubt = new Doubt(judged.unknown(), doubt.failing());
          } else if (judged.share() < 1) {
            Trial fitting = trial.weighing(judged.share());
            from(part + 1, rule, position, fitting, doubt, outcomes);
            outcomes.add(new Outcome(trial.weighing(1 - judged.share()), Move.NEXT));
            return;
          } else if (judged.assumption().isPresent()) {
            trial = trial.assuming(judged.assumption().get());
          }
        }
        case Statement.Aside aside -> {}
        case Statement statement -> {
          if (doubt.failing().isPresent()) {
            outcomes.add(new Outcome(trial.assuming(doubt.failing().get()), Move.NEXT));
            return;
          }
          if (doubt.unknown().isPresent()) {
            outcomes.add(
                new Outcome(undetermined(trial, doubt.unknown().get(), rule, position), Move.END));
            return;
          }
          List<Outcome> after = effects.apply(statement, rule, position, trial);
          if (after.size() == 1 && after.getFirst().move() instanceof Move.Next) {
            trial = after.getFirst().trial();
          } else {
            for (Outcome outcome : after) {
              if (outcome.move() instanceof Move.Next) {
                from(part + 1, rule, position, outcome.trial(), doubt, outcomes);
              } else if (outcome.move() instanceof Move.Break) {
                outcomes.add(new Outcome(outcome.trial(), Move.NEXT));
              } else {
                outcomes.add(outcome);
              }
            }
            return;
          }
        }
      }
    }
    outcomes.add(new Outcome(trial, Move.NEXT));
  }

  private Trial undetermined(Trial trial, String what, Rule rule, Position position) {
    return effects.undetermined(trial, "it depends on " + what, rule, position);
  }
}
