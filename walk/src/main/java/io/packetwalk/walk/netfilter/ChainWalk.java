package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sends a packet through a base chain and the chains that it leads to.
 *
 * <p>Rules that apply to a share of the packets split the walk; each part is followed to its end.
 */
final class ChainWalk {
  /** More than the kernel lets any ruleset do, and few enough to end in time. */
  private static final int DEEPEST = 512;

  private static final int MOST_WAYS = 4096;
  private static final int MOST_RULES = 4_000_000;

  private final Site site;
  private final RuleRun rules;
  private final Effects effects;
  private final Suppositions suppositions;
  private final Deque<Runner> runners = new ArrayDeque<>();
  private final List<Trial> done = new ArrayList<>();
  private int asked;

  /** A packet at a place. */
  private record Runner(Trial trial, Position position) {}

  ChainWalk(Site site, RuleRun rules, Effects effects) {
    this(site, rules, effects, new Suppositions());
  }

  private ChainWalk(Site site, RuleRun rules, Effects effects, Suppositions suppositions) {
    this.site = site;
    this.rules = rules;
    this.effects = effects;
    this.suppositions = suppositions;
  }

  /** The packet after the chain, way by way: on its way, or with its ending. */
  List<Trial> through(Chain base, Trial trial) {
    runners.push(new Runner(trial, Position.at(base)));
    return toTheEnd();
  }

  private List<Trial> toTheEnd() {
    while (!runners.isEmpty()) {
      follow(runners.pop());
    }
    return done;
  }

  private void follow(Runner runner) {
    Trial trial = runner.trial();
    Position position = runner.position();
    while (true) {
      IpAddress destination = Headers.ip(trial.packet().packet()).destination();
      int size = position.chain().rules().size();
      int number =
          position.next() >= size
              ? size
              : position.chain().index().next(position.next(), destination, size);
      if (number >= size) {
        Optional<Position> back = position.caller();
        if (back.isEmpty()) {
          done.add(atTheEnd(trial, position));
          return;
        }
        position = back.get();
        continue;
      }
      Rule rule = position.chain().rules().get(number);
      List<RuleRun.Outcome> outcomes = rules.ask(rule, position, trial);
      if (++asked > MOST_RULES || runners.size() + done.size() > MOST_WAYS) {
        done.add(tooMuch(trial, rule, position));
        return;
      }
      if (outcomes.size() == 1 && outcomes.getFirst().move() instanceof Move.Next) {
        trial = outcomes.getFirst().trial();
        position = position.after(number);
        continue;
      }
      Trial before = trial;
      Position at = position;
      for (RuleRun.Outcome outcome : outcomes.reversed()) {
        if (outcome.move() instanceof Move.Open) {
          done.addAll(eitherWay(before, at, rule, number).orElse(List.of(outcome.trial())));
        } else {
          move(outcome, rule, at, number);
        }
      }
      return;
    }
  }

  /**
   * What becomes of a packet whether or not it fits a rule; empty where that makes a difference.
   */
  private Optional<List<Trial>> eitherWay(Trial trial, Position position, Rule rule, int number) {
    return suppositions.compare(
        () -> {
          ChainWalk fitting = new ChainWalk(site, rules, effects, suppositions);
          rules
              .suppose(rule, position, trial)
              .forEach(outcome -> fitting.move(outcome, rule, position, number));
          return fitting.toTheEnd();
        },
        () -> {
          ChainWalk passing = new ChainWalk(site, rules, effects, suppositions);
          passing.runners.push(new Runner(trial, position.after(number)));
          return passing.toTheEnd();
        });
  }

  private void move(RuleRun.Outcome outcome, Rule rule, Position position, int number) {
    Trial trial = outcome.trial();
    switch (outcome.move()) {
      case Move.Next next -> runners.push(new Runner(trial, position.after(number)));
      case Move.Break broken -> runners.push(new Runner(trial, position.after(number)));
      case Move.Accept accept -> done.add(trial);
      case Move.End end -> done.add(trial);
      case Move.Open open -> done.add(trial);
      case Move.Return back ->
          position
              .caller()
              .ifPresentOrElse(
                  caller -> runners.push(new Runner(trial, caller)),
                  () -> done.add(atTheEnd(trial, position)));
      case Move.Jump(String name, List<Source> grounds) ->
          enter(trial, name, rule, position.on(grounds), number, false);
      case Move.Goto(String name, List<Source> grounds) ->
          enter(trial, name, rule, position.on(grounds), number, true);
    }
  }

  private void enter(
      Trial trial, String name, Rule rule, Position position, int number, boolean forGood) {
    Chain target = site.table().chains().get(name);
    if (target == null) {
      boolean verdict = name.equals("ACCEPT") || name.equals("DROP");
      Statement plain = name.equals("ACCEPT") ? new Statement.Accept() : new Statement.Drop();
      List<RuleRun.Outcome> outcomes =
          verdict
              ? effects.apply(plain, rule, position, trial)
              : Effects.one(unknownChain(trial, name, rule, position), Move.END);
      outcomes.forEach(outcome -> done.add(outcome.trial()));
      return;
    }
    if (position.path().size() > DEEPEST) {
      done.add(tooMuch(trial, rule, position));
      return;
    }
    Position entered =
        forGood ? position.going(target, rule) : position.jumping(target, rule, number);
    runners.push(new Runner(trial, entered));
  }

  private Trial unknownChain(Trial trial, String name, Rule rule, Position position) {
    return effects.undetermined(
        trial,
        "the listing has no chain " + name + ", and no such target is understood",
        rule,
        position);
  }

  private Trial tooMuch(Trial trial, Rule rule, Position position) {
    return effects.undetermined(
        trial, "the rules lead through too many chains or ways to follow", rule, position);
  }

  private Trial atTheEnd(Trial trial, Position position) {
    boolean drops = site.base().policy() == BaseHook.Policy.DROP;
    Chain base = site.table().chains().get(position.path().getFirst());
    return drops && base != null ? effects.ofPolicy(trial, base.source(), base.name()) : trial;
  }
}
