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
  private final boolean supposing;

  RuleRun(Conditions conditions, Effects effects) {
    this(conditions, effects, false);
  }

  private RuleRun(Conditions conditions, Effects effects, boolean supposing) {
    this.conditions = conditions;
    this.effects = effects;
    this.supposing = supposing;
  }

  /** A packet after the rule, and where it goes. */
  record Outcome(Trial trial, Move move) {}

  /**
   * What is in doubt so far.
   *
   * @param unknown what the state would have to tell to say whether the packet fits
   * @param remedy the same with the command that shows it
   * @param failing an assumption by which the packet doesn't fit
   */
  private record Doubt(
      Optional<String> unknown, Optional<Assumption> remedy, Optional<Assumption> failing) {
    static final Doubt NONE = new Doubt(Optional.empty(), Optional.empty(), Optional.empty());

    Doubt failing(Optional<Assumption> assumption) {
      return new Doubt(unknown, remedy, assumption);
    }

    Doubt unknown(Judgement judged) {
      return new Doubt(judged.unknown(), judged.assumption(), failing);
    }
  }

  /** Where the packet goes, way by way. */
  List<Outcome> ask(Rule rule, Position position, Trial trial) {
    List<Outcome> outcomes = new ArrayList<>(1);
    from(0, rule, position, trial, Doubt.NONE, outcomes);
    return outcomes;
  }

  /** The same, supposing that the packet fits what the state doesn't tell. */
  List<Outcome> suppose(Rule rule, Position position, Trial trial) {
    return new RuleRun(conditions, effects, true).ask(rule, position, trial);
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
            doubt = doubt.failing(judged.assumption());
          } else if (judged.unknown().isPresent()) {
            doubt = supposing ? doubt : doubt.unknown(judged);
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
            outcomes.add(new Outcome(undetermined(trial, doubt, rule, position), Move.OPEN));
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

  private Trial undetermined(Trial trial, Doubt doubt, Rule rule, Position position) {
    Trial missing = doubt.remedy().map(trial::assuming).orElse(trial);
    String what = doubt.unknown().orElse("what isn't in the state");
    return effects.undetermined(missing, "it depends on " + what, rule, position);
  }
}
