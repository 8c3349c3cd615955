package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.Absence;
import io.packetwalk.correlate.Places;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Taps;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.engine.Walker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares flows with what the state predicts for them. */
final class FlowJudge {
  /** Of several branches one that contradicts the flow counts only when all of them do. */
  private static final int UNFIT = 1 << 20;

  static final Judgement NOT_JUDGED = unknown("not compared: too many flows");

  private final Snapshot snapshot;
  private final Taps taps;
  private final Walker walker;
  private final Absence absence;
  private final FlowQuestions questions;

  FlowJudge(Snapshot snapshot, Taps taps) {
    this.snapshot = snapshot;
    this.taps = taps;
    this.walker = new Walker(snapshot);
    this.absence = new Absence(taps);
    this.questions = new FlowQuestions(snapshot, taps);
  }

  record Judgement(
      Conformity conformity,
      Optional<Verdict> predicted,
      String reason,
      Optional<Source> evidence,
      List<DropPoint> drops) {
    Judgement {
      drops = List.copyOf(drops);
    }

    Judgement(
        Conformity conformity, Optional<Verdict> predicted, String reason, List<DropPoint> drops) {
      this(conformity, predicted, reason, Optional.empty(), drops);
    }
  }

  /** A place of a prediction that a tap shows. */
  private record Place(int tap, Step step) {}

  /**
   * Judges a flow.
   *
   * @param request the flow that it answers, when that was seen
   */
  Judgement judge(FlowUse use, Optional<FlowUse> request) {
    if (!use.isAnswer()) {
      return questions
          .of(use)
          .map(question -> best(walker.walk(question).forward(), use))
          .orElseGet(() -> unknown("the state doesn't show its sender"));
    }
    if (request.isEmpty()) {
      return unknown("an answer to packets that no capture shows");
    }
    return questions
        .of(request.get())
        .map(walker::walk)
        .map(walk ->
            walk.reply()
                .map(reply -> best(reply, use))
                .orElseGet(() -> unknown("no answer to its requests was predicted")))
        .orElseGet(() -> unknown("the state doesn't show the sender of its requests"));
  }

  private Judgement best(Direction direction, FlowUse use) {
    PathUse path = use.paths().getFirst();
    Judgement best = unknown("no branch");
    int most = Integer.MIN_VALUE;
    for (Branch branch : direction.branches()) {
      Judgement judgement = beside(branch, use, path);
      int fit = fit(branch, path) - (judgement.conformity() == Conformity.DIFFERS ? UNFIT : 0);
      if (fit > most) {
        best = judgement;
        most = fit;
      }
    }
    return best;
  }

  /** How much of what was seen is on this branch, less what isn't. */
  private int fit(Branch branch, PathUse path) {
    List<Integer> expected = expected(branch).stream().map(Place::tap).toList();
    int on = (int) path.taps().stream().filter(expected::contains).count();
    int off = path.taps().size() - on;
    int missed = (int) expected.stream().filter(tap -> !path.taps().contains(tap)).count();
    return 2 * on - off - missed;
  }

  private List<Place> expected(Branch branch) {
    List<Place> expected = new ArrayList<>();
    for (Step step : Places.observable(branch)) {
      taps.at(step.place(), step.device()).ifPresent(tap -> expected.add(new Place(tap, step)));
    }
    return expected;
  }

  private static Judgement unknown(String reason) {
    return new Judgement(Conformity.UNKNOWN, Optional.empty(), reason, List.of());
  }

  private Judgement beside(Branch branch, FlowUse use, PathUse path) {
    List<Place> expected = expected(branch);
    List<Integer> seen =
        path.taps().stream()
            .filter(tap -> Places.isKnown(snapshot, taps.tap(tap).place()))
            .toList();
    int next = 0;
    for (int tap : seen) {
      int at = indexFrom(expected, next, tap);
      if (at >= 0) {
        next = at + 1;
      } else if (!isBeside(branch, tap) && indexFrom(expected, 0, tap) < 0) {
        return new Judgement(
            Conformity.DIFFERS,
            Optional.of(branch.verdict()),
            "seen at " + taps.tap(tap).name() + ", not predicted",
            List.of());
      }
    }
    return next == expected.size()
        ? toTheEnd(branch)
        : ended(branch, use, path, expected.get(next));
  }

  /** Whether a sighting there contradicts nothing. */
  private boolean isBeside(Branch branch, int tap) {
    return !taps.tap(tap).isSure()
        || !Places.isDevice(snapshot, taps.tap(tap))
        || Places.isBridge(snapshot, taps.tap(tap))
        || Places.isFlooded(branch, taps.tap(tap).place().node());
  }

  private static int indexFrom(List<Place> expected, int from, int tap) {
    for (int index = from; index < expected.size(); index++) {
      if (expected.get(index).tap() == tap) {
        return index;
      }
    }
    return -1;
  }

  /**
   * It was seen at all predicted places that have a tap. Whether it came to the last place, only a
   * tap there tells; where one does, what the prediction assumed on the way held.
   */
  private Judgement toTheEnd(Branch branch) {
    Step last = branch.steps().getLast();
    Optional<Step> place = Places.observable(branch).stream().reduce((_, later) -> later);
    if (place.isPresent() && taps.at(place.get().place(), place.get().device()).isEmpty()) {
      return new Judgement(
          Conformity.UNKNOWN,
          Optional.of(branch.verdict()),
          "there is no capture of %s %s, where it was predicted last"
              .formatted(place.get().place(), place.get().device()),
          List.of());
    }
    if (branch.verdict() == Verdict.DELIVERED || last.action() == Action.DELIVER) {
      return new Judgement(Conformity.FOLLOWS, Optional.of(Verdict.DELIVERED), "", List.of());
    }
    boolean decided = branch.verdict() != Verdict.UNDETERMINED;
    return new Judgement(
        decided ? Conformity.FOLLOWS : Conformity.UNKNOWN,
        Optional.of(branch.verdict()),
        branch.reason(),
        branch.decisive().stream().findFirst(),
        List.of());
  }

  private Judgement ended(Branch branch, FlowUse use, PathUse path, Place missing) {
    int after = path.taps().getLast();
    Sight sight =
        absence.at(
            missing.tap(),
            new Absence.Missing(
                after,
                path.lastStamp(),
                use.ambiguous() > 0,
                Optional.of(missing.step().packet()),
                use.wasSeenAt(missing.tap())));
    DropPoint drop = new DropPoint(use.flow(), after, missing.tap(), path.packets(), sight);
    String name = taps.tap(missing.tap()).name();
    return switch (sight) {
      case Sight.Absent _ ->
          new Judgement(
              Conformity.DIFFERS,
              Optional.of(branch.verdict()),
              "predicted at %s, never seen there".formatted(name),
              List.of(drop));
      case Sight.Unknown unknown ->
          new Judgement(
              Conformity.UNKNOWN,
              Optional.of(branch.verdict()),
              "at %s: %s".formatted(name, unknown.reason()),
              List.of(drop));
      case Sight.There _ -> throw new IllegalStateException("an absence that is a sighting");
    };
  }
}
