package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.meaning.Meaning;
import io.packetwalk.walk.netfilter.RuleRun.Outcome;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does to packets what the statements of a table's rules say. */
final class Effects {
  private final Site site;
  private final Operands operands;
  private final Sets sets;
  private final Memory memory;
  private final Translations translations;

  private final Interception interception;

  Effects(
      Site site,
      Operands operands,
      Sets sets,
      Translations translations,
      Surroundings surroundings) {
    this.interception = new Interception(site, surroundings);
    this.site = site;
    this.operands = operands;
    this.sets = sets;
    this.memory = new Memory(site.place(), operands);
    this.translations = translations;
  }

  List<Outcome> apply(Statement statement, Rule rule, Position position, Trial trial) {
    return switch (statement) {
      case Statement.Accept accept -> one(accepted(trial, rule, position), Move.ACCEPT);
      case Statement.Drop drop -> one(dropped(trial, rule, position), Move.END);
      case Statement.Return back -> one(trial, Move.RETURN);
      case Statement.Jump(String chain) -> one(trial, new Move.Jump(chain, position.grounds()));
      case Statement.Goto(String chain) -> one(trial, new Move.Goto(chain, position.grounds()));
      case Statement.Reject(String with) ->
          Wording.isErrorOf(with, Headers.ip(trial.packet().packet()).source().isIpv4())
              ? one(rejected(trial, with, rule, position), Move.END)
              : one(trial, Move.BREAK);
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
      case Statement.RedirectComputed to ->
          translated(translations.redirect(to, trial, rule, position));
      case Statement.NetworkMap to ->
          translated(translations.networkMap(to, trial, rule, position));
      case Statement.Write write -> write(write, rule, position, trial);
      case Statement.Untracked untracked -> one(untracked(trial), Move.NEXT);
      case Statement.Offload(String flowtable) ->
          Offloading.apply(site, flowtable, trial, rule, position);
      case Statement.VerdictMap map -> verdict(map, rule, position, trial);
      case Statement.ChangeSet change -> one(changed(change, trial), Move.NEXT);
      case Statement.Intercept intercept -> interception.apply(intercept, rule, position, trial);
      case Statement.Aside aside -> one(trial, Move.NEXT);
      case Statement.Unreadable(String text) ->
          one(
              undetermined(trial, "what “" + text + "” does isn't understood", rule, position),
              Move.END);
    };
  }

  private Trial changed(Statement.ChangeSet change, Trial trial) {
    return sets.find(change.set())
        .flatMap(set ->
            Memory.key(change.set(), set, change.key())
                .map(key -> memory.after(set, key, change.removing(), trial)))
        .orElse(trial);
  }

  static List<Outcome> one(Trial trial, Move move) {
    return List.of(new Outcome(trial, move));
  }

  /** A packet for which a map has no address goes on behind the rule. */
  private List<Outcome> translated(List<Trial> trials) {
    return trials.stream()
        .map(trial ->
            new Outcome(
                trial, trial.isOver() ? Move.END : isSettled(trial) ? Move.ACCEPT : Move.BREAK))
        .toList();
  }

  private boolean isSettled(Trial trial) {
    return trial
        .packet()
        .tracking()
        .connection(site.place())
        .filter(connection ->
            site.isForDestination() ? connection.destinationSettled() : connection.sourceSettled())
        .isPresent();
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

  private Trial rejected(Trial trial, String named, Rule rule, Position position) {
    String with = Wording.rejection(named, Headers.ip(trial.packet().packet()).source().isIpv4());
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
    String decision = Wording.table(site.table()) + " " + base + ": dropped by the chain's policy";
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
        case Answer.Absent absent -> outcomes.add(new Outcome(part, Move.BREAK));
        case Answer.Unknown unknown ->
            outcomes.add(
                new Outcome(
                    undetermined(part, "it depends on " + unknown.what(), rule, position),
                    Move.END));
        case Answer.Value value -> {
          Trial after = written(write.field(), value, rule, position, part);
          outcomes.add(new Outcome(after, after.isOver() ? Move.END : Move.NEXT));
        }
      }
    }
    return outcomes;
  }

  private Trial written(
      Field field, Answer.Value value, Rule rule, Position position, Trial trial) {
    Optional<Long> known = Operands.number(value);
    InFlight flight = trial.packet();
    Packet packet = flight.packet();
    int service = Headers.ip(packet).trafficClass();
    if (known.isEmpty()) {
      return value.parts().size() == 1 && value.parts().getFirst() instanceof Datum.Address(var to)
          ? readdressed(field, to, rule, position, trial)
          : undetermined(trial, "writing " + field + " isn't understood", rule, position);
    }
    int number = known.get().intValue();
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
      case ECN ->
          trial.with(
              flight.withPacket(Rewriting.trafficClass(packet, (service & ~3) | (number & 3))));
      case SOURCE_PORT ->
          trial.with(
              flight.withPacket(
                  Rewriting.source(packet, Headers.ip(packet).source(), number & 0xffff)));
      case DESTINATION_PORT ->
          trial.with(
              flight.withPacket(
                  Rewriting.destination(
                      packet, Headers.ip(packet).destination(), number & 0xffff)));
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

  /** A rule may write addresses into packets without a word to connection tracking. */
  private Trial readdressed(Field field, IpAddress to, Rule rule, Position position, Trial trial) {
    InFlight flight = trial.packet();
    Packet packet = flight.packet();
    boolean source = field == Field.SOURCE_ADDRESS;
    if (!source && field != Field.DESTINATION_ADDRESS) {
      return undetermined(trial, "writing " + field + " isn't understood", rule, position);
    }
    int port =
        (source ? Headers.sourcePort(packet) : Headers.destinationPort(packet))
            .orElse(Headers.identifier(packet).orElse(0));
    Packet changed =
        source ? Rewriting.source(packet, to, port) : Rewriting.destination(packet, to, port);
    String decision =
        site.path(position) + ": " + (source ? "source" : "destination") + " set to " + to;
    return trial
        .with(flight.withPacket(changed))
        .remarking(Action.REWRITE, decision, position.evidence(rule));
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
        case Answer.Absent absent -> outcomes.add(new Outcome(part, Move.BREAK));
        case Answer.Unknown unknown ->
            outcomes.add(
                new Outcome(
                    undetermined(part, "it depends on " + unknown.what(), rule, position),
                    Move.END));
        case Answer.Value value ->
            value
                .verdict()
                .ifPresentOrElse(
                    statement ->
                        outcomes.addAll(apply(statement, rule, position.on(value.grounds()), part)),
                    () -> outcomes.add(new Outcome(part, Move.NEXT)));
      }
    }
    return outcomes;
  }
}
