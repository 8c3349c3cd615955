package io.packetwalk.explain;

import io.packetwalk.capture.tap.KernelDrop;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a packet died, or went another way, by where that was and what it looked like there. */
final class Losses {
  private final Comparison comparison;

  Losses(Comparison comparison) {
    this.comparison = comparison;
  }

  Optional<Finding> of(Way way, String what) {
    return switch (way.ending()) {
      case ARRIVED -> way.firstDifference().map(hop -> Changes.at(way, hop));
      case ENDED_AS_PREDICTED -> asPredicted(way);
      // Why is what its sender was told.
      case REFUSED -> Optional.empty();
      case DIED -> Optional.of(new Deaths(comparison).of(way, what));
      case PARTED -> Optional.of(parted(way, what));
      case UNKNOWN -> Optional.of(unknown(way, what));
    };
  }

  private Optional<Finding> asPredicted(Way way) {
    String where = way.lastHop().map(Hop::where).orElse("its start");
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "the captures show the packet up to %s, and the state says that it ends there"
            .formatted(where));
    KernelWords.of(comparison, way).map(KernelWords::sentence).ifPresent(evidence::add);
    Optional<Finding> stale = new StaleTables(comparison).of(way, evidence);
    if (stale.isPresent() || way.branch().verdict() == Verdict.LEFT) {
      return stale;
    }
    return Optional.of(
        new Finding(
            way.branch().verdict() != Verdict.UNDETERMINED,
            way.branch().reason(),
            evidence,
            way.branch().decisive(),
            settling(way.branch())));
  }

  /** What settles an end that the state leaves open; an end that it shows needs nothing. */
  private static String settling(Branch branch) {
    return branch.verdict() == Verdict.UNDETERMINED
        ? branch.assumptions().stream().findFirst().map(Assumption::command).orElse("")
        : "";
  }

  private Finding parted(Way way, String what) {
    Seen first = way.unpredicted().getFirst();
    String where = comparison.taps().tap(first.tap()).name();
    List<String> evidence = new ArrayList<>();
    way.lastHop()
        .ifPresent(
            hop -> evidence.add("%s was seen as predicted up to %s".formatted(what, hop.where())));
    way.hops().stream()
        .filter(hop -> !hop.isSeen())
        .findFirst()
        .ifPresent(hop -> evidence.add("it was predicted at %s next".formatted(hop.where())));
    List<Source> sources =
        way
            .lastHop()
            .map(hop -> way.branch().steps().subList(hop.index(), way.branch().steps().size()))
            .orElse(List.of())
            .stream()
            .filter(step -> step.stage() == Stage.ROUTE)
            .findFirst()
            .map(Step::evidence)
            .orElse(List.of());
    return new Finding(
        true,
        "%s went to %s, where it wasn't predicted".formatted(what, where),
        evidence,
        sources,
        "the state and the captures may be of different times: gather the state again");
  }

  private Finding unknown(Way way, String what) {
    List<String> evidence = new ArrayList<>();
    Optional<KernelDrop> drop = KernelWords.of(comparison, way);
    drop.map(KernelWords::sentence).ifPresent(evidence::add);
    int from = way.lastSeen().orElse(-1) + 1;
    for (Hop hop : way.hops().subList(from, way.hops().size())) {
      if (hop.sight() instanceof Sight.Unknown unknown) {
        evidence.add(hop.where() + ": " + unknown.reason());
      }
    }
    return new Finding(
        false,
        drop.map(said ->
                "%s's kernel dropped %s: %s".formatted(said.node(), what, KernelWords.words(said)))
            .orElse("the captures don't show what became of " + what),
        evidence,
        List.of(),
        way.hops().size() > from
            ? "capture at " + way.hops().get(from).where() + ", before and after the packet"
            : "");
  }
}
