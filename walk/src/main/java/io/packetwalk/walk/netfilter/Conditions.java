package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides whether packets fit the conditions of a table's rules. */
final class Conditions {
  /** Shares are sums of fractions; a sum of all of them is exactly 1. */
  private static final double PRECISION = 1e9;

  private final Operands operands;
  private final Sets sets;
  private final Memory memory;
  private final NamespaceId place;

  Conditions(Operands operands, Sets sets, Memory memory, NamespaceId place) {
    this.operands = operands;
    this.sets = sets;
    this.memory = memory;
    this.place = place;
  }

  /** The packet after it was asked; some conditions note in lists that they were. */
  Trial after(Match match, Trial trial) {
    return match instanceof Match.Met met ? memory.after(met, trial) : trial;
  }

  Judgement judge(Match match, Trial trial) {
    return switch (match) {
      case Match.Comparison comparison -> compare(comparison, trial);
      case Match.Membership membership -> lookUp(membership, trial);
      case Match.Chance(double probability) ->
          new Judgement(probability, Optional.empty(), Optional.empty());
      case Match.AnyOf anyOf -> any(anyOf, trial).negated(anyOf.negated());
      case Match.Content content -> content(content, trial);
      case Match.Presumed presumed -> presume(presumed);
      case Match.Met met -> memory.judge(met, trial);
      case Match.Open(String what, String command) ->
          Judgement.unknown(
              what,
              Optional.of(
                  new Assumption(
                      what + " isn't in the state", Commands.in(place, command), List.of())));
      case Match.Unreadable(String text) -> Judgement.unknown("what “" + text + "” means");
    };
  }

  private Judgement content(Match.Content content, Trial trial) {
    Answer length = operands.one(Operand.of(Field.LENGTH), trial);
    OptionalInt known =
        length instanceof Answer.Value value
                && value.parts().getFirst() instanceof Datum.Whole(long bytes)
            ? OptionalInt.of((int) bytes)
            : OptionalInt.empty();
    return Words.fits(content.tests(), KnownBytes.of(trial.packet().packet(), known))
        .map(Judgement::of)
        .orElseGet(
            () -> Judgement.unknown("what the packet has where “" + content.text() + "” looks"))
        .negated(content.negated());
  }

  private Judgement compare(Match.Comparison comparison, Trial trial) {
    double share = 0;
    Optional<Answer.Unknown> unknown = Optional.empty();
    boolean absent = false;
    for (Answer answer : operands.all(comparison.value(), trial)) {
      switch (answer) {
        case Answer.Value value -> share += isWithin(value, comparison.spans()) ? value.share() : 0;
        case Answer.Absent none -> absent = true;
        case Answer.Unknown open -> unknown = Optional.of(open);
      }
    }
    if (unknown.isPresent()) {
      return Judgement.unknown(unknown.get().what(), unknown.get().remedy());
    }
    return absent
        ? Judgement.FAILS
        : settled(Math.min(1, Math.round(share * PRECISION) / PRECISION))
            .negated(comparison.negated());
  }

  private static Judgement settled(double share) {
    return share == 0 || share == 1
        ? Judgement.of(share == 1)
        : new Judgement(share, Optional.empty(), Optional.empty());
  }

  private static boolean isWithin(Answer.Value value, List<Span> spans) {
    Datum datum = value.parts().isEmpty() ? Datum.of("") : value.parts().getFirst();
    for (Span span : spans) {
      if (span.contains(datum)) {
        return true;
      }
    }
    return false;
  }

  private Judgement lookUp(Match.Membership membership, Trial trial) {
    Optional<ElementSet> set = sets.find(membership.set());
    if (set.isEmpty()) {
      return presumed(membership, trial)
          .map(in -> in.negated(membership.negated()))
          .orElseGet(() -> sets.notShown(membership.set()));
    }
    Judgement in =
        membership.set() instanceof SetReference.IpSet(String name, boolean exceptions)
            ? inIpSet(set.get(), directions(membership.key()), exceptions, trial, 0)
            : inSet(set.get(), membership.key(), false, trial);
    boolean keyless =
        !(membership.set() instanceof SetReference.IpSet)
            && operands.one(membership.key(), trial) instanceof Answer.Absent;
    return keyless ? Judgement.FAILS : in.negated(membership.negated());
  }

  /** What the name of a set of addresses that wasn't listed makes plausible. */
  private Optional<Judgement> presumed(Match.Membership membership, Trial trial) {
    List<String> directions = directions(membership.key());
    boolean single = directions.equals(List.of("src")) || directions.equals(List.of("dst"));
    if (!single || !(membership.set() instanceof SetReference.IpSet ipSet)) {
      return Optional.empty();
    }
    return operands
        .presumedMember(ipSet.name(), directions.getFirst().equals("src"), trial)
        .map(found ->
            new Judgement(
                found.member() ? 1 : 0, Optional.empty(), Optional.of(found.assumption())));
  }

  static List<String> directions(Operand key) {
    List<String> directions = new ArrayList<>();
    if (key instanceof Operand.Together(List<Operand> parts)) {
      for (Operand part : parts) {
        directions.add(part instanceof Operand.Constant(Datum value) ? value.toString() : "");
      }
    }
    return directions;
  }

  private Judgement inIpSet(
      ElementSet set, List<String> directions, boolean exceptions, Trial trial, int depth) {
    if (set.type().equals("list:set")) {
      return inAnyMember(set, directions, exceptions, trial, depth);
    }
    return IpSetKeys.of(set, directions)
        .map(key -> inSet(set, new Operand.Together(key), exceptions, trial))
        .orElse(Judgement.FAILS);
  }

  /** A list of sets; the kernel allows no list in a list. */
  private Judgement inAnyMember(
      ElementSet list, List<String> directions, boolean exceptions, Trial trial, int depth) {
    Judgement result = Judgement.FAILS;
    for (Element member : list.elements().all()) {
      String name = member.data().isEmpty() ? "" : member.data().getFirst().toString();
      SetReference reference = new SetReference.IpSet(name);
      Judgement in =
          sets.find(reference)
              .filter(set -> depth == 0)
              .map(set -> inIpSet(set, directions, exceptions, trial, depth + 1))
              .orElseGet(() -> sets.notShown(reference));
      if (in.unknown().isEmpty() && in.share() == 1) {
        return in;
      }
      result = in.isFailure() ? result : in;
    }
    return result;
  }

  private Judgement inSet(ElementSet set, Operand key, boolean exceptions, Trial trial) {
    List<Answer> answers = operands.all(key, trial);
    if (answers.size() == 1) {
      return inSet(set, answers.getFirst(), exceptions, trial);
    }
    double share = 0;
    for (Answer answer : answers) {
      Judgement one = inSet(set, answer, exceptions, trial);
      if (one.unknown().isPresent() || one.assumption().isPresent()) {
        return one;
      }
      share += one.share() * answer.share();
    }
    return settled(Math.min(1, Math.round(share * PRECISION) / PRECISION));
  }

  private Judgement inSet(ElementSet set, Answer answer, boolean exceptions, Trial trial) {
    return switch (answer) {
      case Answer.Absent absent -> Judgement.FAILS;
      case Answer.Unknown unknown -> Judgement.unknown(unknown.what(), unknown.remedy());
      case Answer.Value value -> {
        Optional<Boolean> noted = memory.inSet(set, value.parts(), trial);
        if (noted.isPresent()) {
          yield Judgement.of(noted.get() && !exceptions);
        }
        Optional<Element> found = set.find(IpSetKeys.masked(set, value.parts()));
        boolean certain = found.isPresent() || set.coverage() == Coverage.COMPLETE;
        yield certain ? asListed(set, found, exceptions) : sets.notAllShown(set.name());
      }
    };
  }

  /** What rules themselves enter into a set may have changed since it was listed. */
  private Judgement asListed(ElementSet set, Optional<Element> found, boolean exceptions) {
    boolean in = found.filter(element -> element.exception() == exceptions).isPresent();
    if (set.options().contains("dynamic") || (in && isPassing(set))) {
      String said =
          in
              ? "the element of the set " + set.name() + " is still there"
              : "rules entered nothing for the packet into the set " + set.name();
      return new Judgement(
          in ? 1 : 0,
          Optional.empty(),
          Optional.of(new Assumption(said, listing(set))),
          found.flatMap(Element::source).stream().toList());
    }
    return Judgement.of(in).because(found.flatMap(Element::source).stream().toList());
  }

  /** Whether elements leave the set by themselves. */
  private static boolean isPassing(ElementSet set) {
    int timeout = set.options().indexOf("timeout");
    return timeout >= 0
        && timeout + 1 < set.options().size()
        && !set.options().get(timeout + 1).equals("0");
  }

  private String listing(ElementSet set) {
    boolean ours = set.options().contains("dynamic");
    return Commands.in(place, ours ? "nft list ruleset" : "ipset list " + set.name());
  }

  private Judgement any(Match.AnyOf anyOf, Trial trial) {
    Judgement result = Judgement.FAILS;
    for (Match choice : anyOf.choices()) {
      Judgement judged = judge(choice, trial);
      if (judged.isCertain()) {
        return judged;
      }
      result = judged.isFailure() ? result : judged;
    }
    return result;
  }

  private Judgement presume(Match.Presumed presumed) {
    return new Judgement(
        presumed.taken() ? 1 : 0,
        Optional.empty(),
        Optional.of(new Assumption(presumed.assumption(), Commands.in(place, presumed.command()))));
  }
}
