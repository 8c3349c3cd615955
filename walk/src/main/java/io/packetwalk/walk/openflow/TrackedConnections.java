package io.packetwalk.walk.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.layer.Packet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connection tracker as a dump shows it, with what the walk itself has committed.
 *
 * <p>A packet that belongs to a connection of an earlier packet is established; one that the dump
 * doesn't have is new, which is an assumption unless all connections were listed.
 */
public final class TrackedConnections implements ConnectionTracking {
  /**
   * What a SYN begins anew (nf_conntrack_tcp_packet: reopened; conn_update_state_alg in Open
   * vSwitch's own tracker).
   */
  private static final Set<String> ENDED = Set.of("TIME_WAIT", "CLOSE", "CLOSED");

  private final Listing<Connection> listing;

  /** The first connection of the listing with each tuple, in either direction. */
  private final Map<Tuple, Connection> byTuple = new LinkedHashMap<>();

  private record Tuple(int zone, int protocol, Connection.End end) {}

  /**
   * @param listing what {@code ovs-appctl dpctl/dump-conntrack} or {@code conntrack -L} showed
   */
  public TrackedConnections(Listing<Connection> listing) {
    this.listing = listing;
    for (Connection connection : listing.entries()) {
      if (connection.state().filter(ENDED::contains).isPresent()) {
        continue;
      }
      enter(connection, connection.original());
      enter(connection, connection.reply());
    }
  }

  private void enter(Connection connection, Connection.End end) {
    byTuple.putIfAbsent(new Tuple(connection.zone(), connection.protocol(), end), connection);
  }

  @Override
  public List<TrackingAnswer> track(TrackingRequest request) {
    Optional<ConnectionTuple> tuple = ConnectionTuple.of(request.packet());
    if (tuple.isEmpty()) {
      return List.of(
          RelatedErrors.answer(
                  request,
                  (protocol, end) ->
                      Optional.ofNullable(byTuple.get(new Tuple(request.zone(), protocol, end))))
              .orElseGet(() ->
                  answer(
                      request, ConnectionState.INVALID, "the tracker can't track it", List.of())));
    }
    return List.of(
        committed(request, tuple.get())
            .or(() -> listed(request, tuple.get()))
            .orElseGet(() ->
                Handshake.mayBegin(request.packet())
                    ? fresh(request, tuple.get())
                    : amid(request, tuple.get())));
  }

  private static TrackingAnswer answer(
      TrackingRequest request, int state, String text, List<Assumption> assumptions) {
    return new TrackingAnswer(
        1,
        state | ConnectionState.TRACKED,
        Optional.empty(),
        Optional.empty(),
        request.packet(),
        Optional.empty(),
        Optional.empty(),
        text,
        List.of(),
        assumptions);
  }

  /** A connection that this walk has made: by the packet itself it is still new. */
  private static Optional<TrackingAnswer> committed(
      TrackingRequest request, ConnectionTuple tuple) {
    for (int index = request.commits().size() - 1; index >= 0; index--) {
      Commit commit = request.commits().get(index);
      boolean mine = commit.zone() == request.zone() && commit.protocol() == tuple.protocol();
      boolean forward =
          tuple.end().equals(commit.original())
              || tuple.end().equals(ConnectionTuple.reversed(commit.reply()));
      boolean backward = tuple.end().equals(commit.reply());
      if (mine && forward && commit.opening() && Handshake.acknowledges(request.packet())) {
        return Optional.of(unanswered(request));
      }
      if (mine && (forward || backward)) {
        boolean own = index >= request.before() && forward;
        return Optional.of(known(request, commit, forward, own));
      }
    }
    return Optional.empty();
  }

  /** An ACK of what the tracker hasn't seen (tcp_conntracks: SYN_SENT). */
  private static TrackingAnswer unanswered(TrackingRequest request) {
    String text = "it is invalid: it acknowledges an answer that the tracker hasn't seen";
    return answer(request, ConnectionState.INVALID, text, List.of());
  }

  private static TrackingAnswer known(
      TrackingRequest request, Commit commit, boolean forward, boolean own) {
    int state =
        (own ? ConnectionState.NEW : ConnectionState.ESTABLISHED)
            | (forward ? 0 : ConnectionState.REPLY)
            | translationState(commit.original(), commit.reply());
    String text =
        own
            ? "it belongs to the connection that it made itself, still new"
            : forward
                ? "it belongs to a connection of this walk"
                : "it answers in a connection of this walk";
    return new TrackingAnswer(
        1,
        state | ConnectionState.TRACKED,
        Optional.of(request.commit() ? request.markAfter(commit.mark()) : commit.mark()),
        Optional.of(request.commit() ? request.labelAfter(commit.label()) : commit.label()),
        translated(request, commit.original(), commit.reply(), forward),
        after(request, commit, forward),
        Optional.of(commit.original()),
        text,
        commit.source().map(List::of).orElse(List.of()),
        List.of());
  }

  /** The connection as the packet leaves it; empty where it changes nothing. */
  private static Optional<Commit> after(TrackingRequest request, Commit commit, boolean forward) {
    Commit seen = forward ? commit : commit.seeingAnswer();
    return request.commit()
        ? Optional.of(seen.with(request))
        : Optional.of(seen).filter(changed -> !changed.equals(commit));
  }

  /** The bits that say that a connection's addresses are translated, in either direction. */
  static int translationState(Connection.End original, Connection.End reply) {
    boolean source =
        !original.source().equals(reply.destination())
            || original.sourcePort() != reply.destinationPort();
    boolean destination =
        !original.destination().equals(reply.source())
            || original.destinationPort() != reply.sourcePort();
    return (source ? ConnectionState.SOURCE_TRANSLATED : 0)
        | (destination ? ConnectionState.DESTINATION_TRANSLATED : 0);
  }

  /** Translation happens only where the action asks for it. */
  private static Packet translated(
      TrackingRequest request, Connection.End original, Connection.End reply, boolean forward) {
    if (request.translation().isEmpty()) {
      return request.packet();
    }
    Connection.End end =
        forward ? ConnectionTuple.reversed(reply) : ConnectionTuple.reversed(original);
    return ConnectionTuple.rewritten(request.packet(), end);
  }

  private Optional<TrackingAnswer> listed(TrackingRequest request, ConnectionTuple tuple) {
    Connection found = byTuple.get(new Tuple(request.zone(), tuple.protocol(), tuple.end()));
    boolean acknowledging = Handshake.acknowledges(request.packet());
    if (found != null
        && acknowledging
        && found.state().filter("SYN_SENT"::equals).isPresent()
        && tuple.end().equals(found.original())) {
      return Optional.of(unanswered(request));
    }
    return Optional.ofNullable(found)
        .map(connection -> listed(request, connection, tuple.end().equals(connection.original())));
  }

  private static TrackingAnswer listed(
      TrackingRequest request, Connection connection, boolean forward) {
    boolean established = !forward || connection.seenReply();
    int state =
        (established ? ConnectionState.ESTABLISHED : ConnectionState.NEW)
            | (forward ? 0 : ConnectionState.REPLY)
            | translationState(connection.original(), connection.reply());
    Bits label =
        connection.label().map(bits -> new Bits(bits.high(), bits.low())).orElse(Bits.ZERO);
    return new TrackingAnswer(
        1,
        state | ConnectionState.TRACKED,
        Optional.of(request.commit() ? request.markAfter(connection.mark()) : connection.mark()),
        Optional.of(request.commit() ? request.labelAfter(label) : label),
        translated(request, connection.original(), connection.reply(), forward),
        Optional.empty(),
        Optional.of(connection.original()),
        established ? "the connection is established" : "the connection is there, unanswered",
        List.of(connection.source()),
        labelAssumed(request, connection));
  }

  /** What is taken for granted where a listing doesn't tell a connection's label. */
  static List<Assumption> labelAssumed(TrackingRequest request, Connection connection) {
    return connection.label().isPresent()
        ? List.of()
        : List.of(
            new Assumption(
                "the connection's label is 0",
                "ovs-appctl dpctl/dump-conntrack zone=" + request.zone(),
                List.of(connection.source())));
  }

  /** What isn't the first of a conversation, of which the tracker knows nothing. */
  private TrackingAnswer amid(TrackingRequest request, ConnectionTuple tuple) {
    return answer(
        request,
        ConnectionState.INVALID,
        "it is invalid: no connection begins with it",
        listing.isComplete() ? List.of() : List.of(assumption(request, tuple.end())));
  }

  private TrackingAnswer fresh(TrackingRequest request, ConnectionTuple tuple) {
    Connection.End original = tuple.end();
    Optional<FlowAction.Translation> translation =
        request.translation().filter(each -> request.commit() && each.source().isPresent());
    Connection.End now = translation.map(tuple::translated).orElse(original);
    Connection.End reply = ConnectionTuple.reversed(now);
    Commit commit =
        new Commit(
            request.zone(),
            tuple.protocol(),
            original,
            reply,
            request.markAfter(0),
            request.labelAfter(Bits.ZERO),
            Handshake.opens(request.packet()),
            Optional.empty());
    return new TrackingAnswer(
        1,
        ConnectionState.NEW | ConnectionState.TRACKED | translationState(original, reply),
        Optional.of(request.commit() ? commit.mark() : 0),
        Optional.of(request.commit() ? commit.label() : Bits.ZERO),
        ConnectionTuple.rewritten(request.packet(), now),
        request.commit() ? Optional.of(commit) : Optional.empty(),
        Optional.of(original),
        "the connection is new" + translation.map(each -> said(each, now)).orElse(""),
        listing.seenAt(),
        listing.isComplete() ? List.of() : List.of(assumption(request, original)));
  }

  private static String said(FlowAction.Translation translation, Connection.End now) {
    return translation.source().orElse(true)
        ? ", its source translated to %s port %d".formatted(now.source(), now.sourcePort())
        : ", its destination translated to %s port %d"
            .formatted(now.destination(), now.destinationPort());
  }

  private static Assumption assumption(TrackingRequest request, Connection.End end) {
    return new Assumption(
        "zone %d of Open vSwitch's connection tracker has no connection from %s port %d to %s port %d"
            .formatted(
                request.zone(),
                end.source(),
                end.sourcePort(),
                end.destination(),
                end.destinationPort()),
        "ovs-appctl dpctl/dump-conntrack zone=" + request.zone());
  }
}
