package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ICMP errors in the connection tracker: they are related to the connection of the packet that they
 * quote (nf_conntrack_inet_error). An error on a walk quotes the walk's own packet, so that its
 * connection is one that the walk has committed, or one that was there before.
 */
final class RelatedErrors {
  private RelatedErrors() {}

  /** Finds a connection that was there before by one of its tuples. */
  interface Listed {
    Optional<Connection> of(int protocol, Connection.End end);
  }

  /** A connection that an error may be about. */
  private record Subject(
      Connection.End original,
      Connection.End reply,
      int mark,
      Bits label,
      String text,
      Optional<Source> source,
      List<Assumption> assumptions) {}

  /** Empty for what is no error, and for one about a connection that isn't in the zone. */
  static Optional<TrackingAnswer> answer(TrackingRequest request, Listed listed) {
    List<Layer> layers = request.packet().layers();
    for (int at = 0; at + 1 < layers.size(); at++) {
      if (layers.get(at) instanceof Ip ip && isError(layers.get(at + 1))) {
        int error = at;
        return committed(request, ip, error).or(() -> listed(request, ip, error, listed));
      }
    }
    return Optional.empty();
  }

  private static boolean isError(Layer layer) {
    return (layer instanceof Icmp icmp && icmp.isError())
        || (layer instanceof Icmpv6 six && six.isError());
  }

  private static Optional<TrackingAnswer> committed(TrackingRequest request, Ip ip, int at) {
    for (Commit commit : request.commits().reversed()) {
      boolean back = ip.destination().equals(commit.reply().destination());
      boolean onwards = ip.destination().equals(commit.reply().source());
      if (commit.zone() == request.zone() && (back || onwards)) {
        Subject subject =
            new Subject(
                commit.original(),
                commit.reply(),
                commit.mark(),
                commit.label(),
                "it is an error about a packet of a connection of this walk",
                commit.source(),
                List.of());
        return Optional.of(related(request, subject, ip, at, back));
      }
    }
    return Optional.empty();
  }

  /** The quoted packet's tuple, turned round, is one of its connection's. */
  private static Optional<TrackingAnswer> listed(
      TrackingRequest request, Ip ip, int at, Listed listed) {
    List<Layer> layers = request.packet().layers();
    if (at + 2 >= layers.size()) {
      return Optional.empty();
    }
    Packet quoted = new Packet(layers.subList(at + 2, layers.size()));
    return ConnectionTuple.of(quoted)
        .flatMap(inner -> {
          Connection.End turned = ConnectionTuple.reversed(inner.end());
          return listed
              .of(inner.protocol(), turned)
              .map(found ->
                  related(request, subject(request, found), ip, at, turned.equals(found.reply())));
        });
  }

  private static Subject subject(TrackingRequest request, Connection connection) {
    return new Subject(
        connection.original(),
        connection.reply(),
        connection.mark(),
        connection.label().map(bits -> new Bits(bits.high(), bits.low())).orElse(Bits.ZERO),
        "it is an error about a packet of a connection that is there",
        Optional.of(connection.source()),
        TrackedConnections.labelAssumed(request, connection));
  }

  private static TrackingAnswer related(
      TrackingRequest request, Subject subject, Ip ip, int at, boolean back) {
    int state =
        ConnectionState.TRACKED
            | ConnectionState.RELATED
            | (back ? ConnectionState.REPLY : 0)
            | TrackedConnections.translationState(subject.original(), subject.reply());
    return new TrackingAnswer(
        1,
        state,
        Optional.of(subject.mark()),
        Optional.of(subject.label()),
        request.translation().isPresent()
            ? translated(request.packet(), subject, ip, at, back)
            : request.packet(),
        Optional.empty(),
        Optional.of(subject.original()),
        subject.text(),
        subject.source().map(List::of).orElse(List.of()),
        subject.assumptions());
  }

  /**
   * Of the outer addresses, those change that the connection's do (nf_nat_icmp_reply_translation).
   */
  private static Packet translated(Packet packet, Subject subject, Ip ip, int at, boolean back) {
    Connection.End before = back ? subject.reply() : subject.original();
    Connection.End after = ConnectionTuple.reversed(back ? subject.original() : subject.reply());
    IpAddress source = before.source().equals(after.source()) ? ip.source() : after.source();
    IpAddress destination =
        before.destination().equals(after.destination()) ? ip.destination() : after.destination();
    List<Layer> layers = new ArrayList<>(packet.layers());
    layers.set(at, ip.withAddresses(source, destination).asLayer());
    return new Packet(layers);
  }
}
