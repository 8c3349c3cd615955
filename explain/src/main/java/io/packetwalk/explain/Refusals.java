package io.packetwalk.explain;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Trajectory;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What senders were told about their packets: ICMP errors and TCP resets. */
final class Refusals {
  private Refusals() {}

  /** The refusal of the packet that tells most; otherwise any error about the requests. */
  static Optional<Finding> of(Comparison comparison) {
    Optional<Trajectory> error =
        comparison
            .telling()
            .flatMap(comparison::errorAbout)
            .or(() -> comparison.errors().stream().findFirst());
    if (error.isEmpty() && comparison.isReset()) {
      return Optional.of(reset(comparison.resets().getFirst(), comparison));
    }
    return error.flatMap(message -> told(message, comparison));
  }

  private static Optional<Finding> told(Trajectory error, Comparison comparison) {
    Seen first = error.first();
    Optional<Packet> packet = first.decoded().map(decoded -> decoded.packet());
    return packet.map(message ->
        new Finding(
            true,
            "%s answered with %s".formatted(first.flow().source(), PacketWords.error(message)),
            evidence(error, comparison),
            List.of(),
            remedy(message)));
  }

  private static List<String> evidence(Trajectory error, Comparison comparison) {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "packet %d, first seen at %s, quotes packet %d"
            .formatted(
                error.id(), comparison.taps().tap(error.first().tap()).name(), error.cause()));
    comparison.requests().stream()
        .filter(way -> way.trajectory().id() == error.cause())
        .findFirst()
        .ifPresent(way -> evidence.add(quoted(way)));
    return evidence;
  }

  /** How far the quoted packet came, and with how many hops left. */
  private static String quoted(Way way) {
    String where = way.lastHop().map(Hop::where).orElse("no predicted place");
    return "packet %d was last seen at %s, with hop limit %d"
        .formatted(way.trajectory().id(), where, way.trajectory().last().hopLimit());
  }

  private static String remedy(Packet message) {
    String text = PacketWords.error(message);
    if (text.contains("time exceeded")) {
      return "its hop limit ran out there: a small one is traceroute's, a usual one means a loop";
    }
    return text.contains("fragmentation needed")
        ? "lower the sender's MTU, or let the error through to it so that it learns the path's MTU"
        : "";
  }

  private static Finding reset(Trajectory reset, Comparison comparison) {
    Seen first = reset.first();
    NamespaceId place = comparison.taps().tap(first.tap()).place();
    String evidence =
        "packet %d, a TCP reset from %s, was first seen at %s"
            .formatted(
                reset.id(), first.flow().source(), comparison.taps().tap(first.tap()).name());
    boolean receiver =
        comparison.walk().forward().branches().stream()
            .map(branch -> branch.steps().getLast())
            .map(Step::place)
            .anyMatch(place::equals);
    return receiver
        ? new Finding(
            true,
            "the receiver refused the connection with a TCP reset",
            List.of(evidence),
            List.of(),
            "whether something listens on port %d: ss -ltnp there"
                .formatted(first.flow().sourcePort()))
        : new Finding(
            false,
            "something at or before %s refused the connection with a TCP reset".formatted(place),
            List.of(evidence),
            List.of(),
            "rules that reject with tcp-reset, and proxies, on %s".formatted(place.node()));
  }
}
