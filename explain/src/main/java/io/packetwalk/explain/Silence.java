package io.packetwalk.explain;

import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.Bystander;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Resolution;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Branch;
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
    if (!comparison.bystanders().isEmpty()) {
      return others(comparison.bystanders());
    }
    Branch branch = comparison.walk().forward().branches().getFirst();
    NamespaceId place = branch.steps().getFirst().place();
    Optional<Resolution> asked =
        comparison.taps().unansweredIn(place).stream()
            .filter(question -> !question.address().isLinkLocal())
            .findFirst();
    if (asked.isPresent()) {
      return unanswered(asked.get(), place, comparison);
    }
    Optional<Step> start = branch.steps().stream().filter(Step::isObservable).findFirst();
    if (start.isEmpty()) {
      return new Finding(
          false,
          branch.reason(),
          List.of("the state says that the packet ends before any device, where captures show it"),
          branch.decisive(),
          "");
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

  private static Finding others(List<Bystander> bystanders) {
    List<String> seen =
        bystanders.stream()
            .map(other ->
                "%s, %d %s"
                    .formatted(
                        kind(other), other.packets(), other.packets() == 1 ? "packet" : "packets"))
            .toList();
    return new Finding(
        false,
        "the captures show other packets between them: " + String.join("; ", seen),
        List.of("a question without a port is about pings, one with a port about TCP"),
        List.of(),
        "ask for them: TO:PORT, with --proto udp for UDP");
  }

  private static String kind(Bystander other) {
    return switch (other.protocol()) {
      case 6 -> "TCP to port " + other.port();
      case 17 -> "UDP to port " + other.port();
      case 132 -> "SCTP to port " + other.port();
      case 1, 58 -> "ICMP messages of type " + other.port();
      default -> "IP protocol " + other.protocol();
    };
  }

  private static Finding unanswered(Resolution asked, NamespaceId place, Comparison comparison) {
    return new Finding(
        false,
        "%s can't send to its next hop: nobody answers for %s there"
            .formatted(place, asked.address()),
        List.of(
            "%s was asked for %d times at %s, and no capture there shows an answer"
                .formatted(
                    asked.address(), asked.questions(), comparison.taps().tap(asked.tap()).name())),
        List.of(),
        "whether something has %s: ip neigh show %s there"
            .formatted(asked.address(), asked.address()));
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
