package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import java.util.List;
import java.util.Optional;

/** Translates packets by what their connection says, and tells so where no rule has told it. */
final class Undoing {
  private Undoing() {}

  static Trial remark(Trial trial, Mapping mapping, boolean destination, NamespaceId place) {
    InFlight before = trial.packet();
    InFlight after = mapping.apply(settled(before, destination, place), destination);
    Trial translated = trial.with(after);
    if (after.packet().equals(before.packet())) {
      return translated;
    }
    boolean byRule =
        !trial.remarks().isEmpty() && trial.remarks().getLast().action() == Action.REWRITE;
    return byRule ? shown(translated) : told(translated, before, destination, place);
  }

  /** A connection that no rule translates stays as it is from then on. */
  private static InFlight settled(InFlight flight, boolean destination, NamespaceId place) {
    Tracking tracking = flight.tracking();
    Optional<TrackedConnection> connection = tracking.connection(place);
    if (connection.isEmpty()
        || (destination
            ? connection.get().destinationSettled()
            : connection.get().sourceSettled())) {
      return flight;
    }
    int number = tracking.attachment(place).orElseThrow().connection();
    Tuple forward = connection.get().reply().inverted();
    return flight.withTracking(
        tracking.replacing(place, number, connection.get().settled(!destination, forward)));
  }

  /** The rule's remark with the packet as it is now. */
  private static Trial shown(Trial trial) {
    List<Passage.Remark> remarks = new java.util.ArrayList<>(trial.remarks());
    Passage.Remark last = remarks.removeLast();
    remarks.add(
        new Passage.Remark(last.action(), last.decision(), last.evidence(), trial.packet()));
    return new Trial(
        trial.weight(),
        trial.packet(),
        trial.ending(),
        remarks,
        trial.reroutes(),
        trial.assumptions(),
        trial.marking(),
        trial.zone());
  }

  private static Trial told(Trial trial, InFlight before, boolean destination, NamespaceId place) {
    Tuple was = Headers.tuple(before.packet()).orElseThrow();
    Tuple is = Headers.tuple(trial.packet().packet()).orElseThrow();
    int protocol = was.protocol();
    String from =
        destination
            ? Headers.end(was.destination(), was.destinationPort(), protocol)
            : Headers.end(was.source(), was.sourcePort(), protocol);
    String to =
        destination
            ? Headers.end(is.destination(), is.destinationPort(), protocol)
            : Headers.end(is.source(), is.sourcePort(), protocol);
    boolean answering = trial.packet().tracking().attachment(place).orElseThrow().answering();
    String decision =
        (answering ? "the connection's translation is undone: " : "as the connection began: ")
            + (destination ? "destination " : "source ")
            + from
            + " → "
            + to;
    List<Source> evidence =
        trial.packet().tracking().connection(place).flatMap(TrackedConnection::listed).stream()
            .toList();
    return trial.remarking(Action.REWRITE, decision, evidence);
  }
}
