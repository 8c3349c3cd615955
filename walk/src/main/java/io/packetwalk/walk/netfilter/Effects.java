package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.meaning.Meaning;
import io.packetwalk.walk.netfilter.RuleRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does to packets what the statements of a table's rules say. */
final class Effects {
  private final Site site;
  private final Operands operands;
  private final Translations translations;

  Effects(Site site, Operands operands, Translations translations) {
    this.site = site;
    this.operands = operands;
    this.translations = translations;
  }

  List<Outcome> apply(Statement statement, Rule rule, Position position, Trial trial) {
    return switch (statement) {
      case Statement.Accept accept -> one(accepted(trial, rule, position), Move.ACCEPT);
      case Statement.Drop drop -> one(dropped(trial, rule, position), Move.END);
      case Statement.Return back -> one(trial, Move.RETURN);
      case Statement.Jump(String chain) -> one(trial, new Move.Jump(chain));
      case Statement.Goto(String chain) -> one(trial, new Move.Goto(chain));
      case Statement.Reject(String with) -> one(rejected(trial, with, rule, position), Move.END);
      case Statement.Queue queue ->
          one(
              undetermined(
                  trial,
                  "a program decides about the packet (" + queue.text() + ")",
                  rule,
                  position),
              Move.END);
      case Statement.Translate to -> translated(translations.to(to, trial, rule, position));
      case Statement.TranslateComputed to ->
          translated(translations.computed(to, trial, rule, position));
      case Statement.Masquerade to ->
          translated(translations.masquerade(to, trial, rule, position));
      case Statement.Redirect to -> translated(translations.redirect(to, trial, rule, position));
      case Statement.NetworkMap to ->
          translated(translations.networkMap(to, trial, rule, position));
      case Statement.Write write -> write(write, rule, position, trial);
      case Statement.Untracked untracked -> one(untracked(trial), Move.NEXT);
      case Statement.VerdictMap map -> verdict(map, rule, position, trial);
      case Statement.Aside aside -> one(trial, Move.NEXT);
      case Statement.Unreadable(String text) ->
          one(
              undetermined(trial, "what “" + text + "” does isn't understood", rule, position),
              Move.END);
    };
  }

  static List<Outcome> one(Trial trial, Move move) {
    return List.of(new Outcome(trial, move));
  }

  private static List<Outcome> translated(List<Trial> trials) {
    return trials.stream()
        .map(trial -> new Outcome(trial, trial.isOver() ? Move.END : Move.ACCEPT))
        .toList();
  }

  private Trial accepted(Trial trial, Rule rule, Position position) {
    Site.Decision told = site.decision("accepted", rule, position);
    return trial.remarking(Action.FORWARD, told.text(), told.evidence());
  }

  private Trial dropped(Trial trial, Rule rule, Position position) {
    Site.Decision told = site.decision("dropped", rule, position);
    return trial
        .remarking(Action.DROP, told.text(), told.evidence())
        .ending(Verdict.DROPPED, told.text());
  }

  private Trial rejected(Trial trial, String with, Rule rule, Position position) {
    Site.Decision told = site.decision("rejected with " + with, rule, position);
    return trial
        .remarking(Action.REJECT, told.text(), told.evidence())
        .ending(new Passage.Ending(Verdict.REJECTED, told.text(), Optional.of(with)));
  }

  Trial undetermined(Trial trial, String why, Rule rule, Position position) {
    String decision = site.path(position) + ": " + why;
    return trial
        .remarking(Action.CLASSIFY, decision, position.evidence(rule))
        .ending(Verdict.UNDETERMINED, decision + " (" + rule.source().position() + ")");
  }

  Trial ofPolicy(Trial trial, Source chain, String base) {
    String decision = site.table().name() + " " + base + ": dropped by the chain's policy";
    return trial.remarking(Action.DROP, decision, List.of(chain)).ending(Verdict.DROPPED, decision);
  }

  /** A packet that has a connection already keeps it. */
  private Trial untracked(Trial trial) {
    Tracking tracking = trial.packet().tracking();
    return tracking.attachment(site.place()).isPresent()
        ? trial
        : trial.with(
            trial
                .packet()
                .withTracking(
                    tracking.attached(
                        new Tracking.Attachment(
                            site.place(), Tracking.State.UNTRACKED, 0, false))));
  }

  private List<Outcome> write(Statement.Write write, Rule rule, Position position, Trial trial) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Answer answer : operands.all(write.value(), trial)) {
      Trial part = trial.weighing(answer.share());
      switch (answer) {
        case Answer.Absent absent -> outcomes.add(new Outcome(part, Move.NEXT));
        case Answer.Unknown unknown ->
            outcomes.add(
                new Outcome(
                    undetermined(part, "it depends on " + unknown.what(), rule, position),
                    Move.END));
        case Answer.Value value ->
            outcomes.add(
                new Outcome(
                    written(write.field(), Operands.number(value), rule, position, part),
                    Move.NEXT));
      }
    }
    return outcomes;
  }

  private Trial written(
      Field field, Optional<Long> value, Rule rule, Position position, Trial trial) {
    int number = value.orElse(0L).intValue();
    InFlight flight = trial.packet();
    int service = Headers.ip(flight.packet()).trafficClass();
    return switch (field) {
      case MARK -> marked(trial, number, rule, position);
      case CONNECTION_MARK -> connectionMarked(trial, number);
      case CONNECTION_ZONE -> trial.withZone(number);
      case DSCP ->
          trial.with(
              flight.withPacket(
                  Rewriting.trafficClass(flight.packet(), number << 2 | (service & 3))));
      case TRAFFIC_CLASS ->
          trial.with(flight.withPacket(Rewriting.trafficClass(flight.packet(), number & 0xff)));
      case HOP_LIMIT -> trial.with(flight.withPacket(Rewriting.hopLimit(flight.packet(), number)));
      default -> undetermined(trial, "writing " + field + " isn't understood", rule, position);
    };
  }

  private Trial marked(Trial trial, int mark, Rule rule, Position position) {
    if (mark == trial.packet().mark()) {
      return trial;
    }
    String why = site.meaning(rule, position).map(Meaning::text).map(", "::concat).orElse("");
    return trial.marked(mark, site.path(position), why, rule.source());
  }

  private Trial connectionMarked(Trial trial, int mark) {
    Tracking tracking = trial.packet().tracking();
    return tracking
        .connection(site.place())
        .map(connection ->
            trial.with(
                trial
                    .packet()
                    .withTracking(
                        tracking.replacing(
                            site.place(),
                            tracking.attachment(site.place()).orElseThrow().connection(),
                            connection.withMark(mark)))))
        .orElse(trial);
  }

  private List<Outcome> verdict(
      Statement.VerdictMap map, Rule rule, Position position, Trial trial) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Answer answer : operands.all(new Operand.Mapped(map.key(), map.map()), trial)) {
      Trial part = trial.weighing(answer.share());
      switch (answer) {
        case Answer.Absent absent -> outcomes.add(new Outcome(part, Move.NEXT));
        case Answer.Unknown unknown ->
            outcomes.add(
                new Outcome(
                    undetermined(part, "it depends on " + unknown.what(), rule, position),
                    Move.END));
        case Answer.Value value ->
            value
                .verdict()
                .ifPresentOrElse(
                    statement -> outcomes.addAll(apply(statement, rule, position, part)),
                    () -> outcomes.add(new Outcome(part, Move.NEXT)));
      }
    }
    return outcomes;
  }
}
