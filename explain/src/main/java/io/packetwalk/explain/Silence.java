package io.packetwalk.explain;

import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Way;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What it means that nothing was seen where something should have started. */
final class Silence {
  private Silence() {}

  /** Not a single request. */
  static Finding ofSender(Comparison comparison) {
    Optional<Step> start =
        comparison.walk().forward().branches().getFirst().steps().stream()
            .filter(Step::isObservable)
            .findFirst();
    if (start.isEmpty()) {
      return unknown("the packet was predicted to end before any device", "");
    }
    String where = start.get().place() + " " + start.get().device();
    OptionalInt tap = comparison.taps().at(start.get().place(), start.get().device());
    if (tap.isEmpty()) {
      return unknown("there is no capture of " + where + ", where it would have started", "");
    }
    TapLife life = comparison.taps().life(tap.getAsInt());
    return life.frames() == 0
        ? unknown("the capture of %s, where it would have started, is empty".formatted(where), "")
        : unknown(
            "the capture of %s holds %d packets, but none of these; nobody sent it while it ran"
                .formatted(where, life.frames()),
            "");
  }

  /** Requests that arrived, and not a single answer. */
  static Optional<Finding> ofReceiver(Comparison comparison, Way way) {
    if (way.branch().verdict() != Verdict.DELIVERED || way.lastHop().isEmpty()) {
      return Optional.empty();
    }
    String where = way.lastHop().get().where();
    return Optional.of(
        new Finding(
            false,
            "the receiver sent no answer",
            List.of(
                "the request was seen at %s; no packet back was, not even there".formatted(where)),
            List.of(),
            "whether something listens on that port: ss -lnp there; whether it is meant to"
                + " answer"));
  }

  private static Finding unknown(String cause, String remedy) {
    return new Finding(false, cause, List.of(), List.of(), remedy);
  }
}
