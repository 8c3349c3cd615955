package io.packetwalk.walk.openflow;

import io.packetwalk.model.netfilter.Connection;
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
 * connection is one that the walk has committed.
 */
final class RelatedErrors {
  private RelatedErrors() {}

  /** Empty for what is no error, and for one about a connection that isn't in the zone. */
  static Optional<TrackingAnswer> answer(TrackingRequest request) {
    List<Layer> layers = request.packet().layers();
    for (int at = 0; at + 1 < layers.size(); at++) {
      if (layers.get(at) instanceof Ip ip && isError(layers.get(at + 1))) {
        return about(request, ip, at);
      }
    }
    return Optional.empty();
  }

  private static boolean isError(Layer layer) {
    return (layer instanceof Icmp icmp && icmp.isError())
        || (layer instanceof Icmpv6 six && six.isError());
  }

  private static Optional<TrackingAnswer> about(TrackingRequest request, Ip ip, int at) {
    for (Commit commit : request.commits().reversed()) {
      boolean back = ip.destination().equals(commit.reply().destination());
      boolean onwards = ip.destination().equals(commit.reply().source());
      if (commit.zone() == request.zone() && (back || onwards)) {
        return Optional.of(related(request, commit, ip, at, back));
      }
    }
    return Optional.empty();
  }

  private static TrackingAnswer related(
      TrackingRequest request, Commit commit, Ip ip, int at, boolean back) {
    int state =
        ConnectionState.TRACKED
            | ConnectionState.RELATED
            | (back ? ConnectionState.REPLY : 0)
            | TrackedConnections.translationState(commit.original(), commit.reply());
    return new TrackingAnswer(
        1,
        state,
        Optional.of(commit.mark()),
        Optional.of(commit.label()),
        request.translation().isPresent()
            ? translated(request.packet(), commit, ip, at, back)
            : request.packet(),
        Optional.empty(),
        Optional.of(commit.original()),
        "it is an error about a packet of a connection of this walk",
        commit.source().map(List::of).orElse(List.of()),
        List.of());
  }

  /**
   * Of the outer addresses, those change that the connection's do (nf_nat_icmp_reply_translation).
   */
  private static Packet translated(Packet packet, Commit commit, Ip ip, int at, boolean back) {
    Connection.End before = back ? commit.reply() : commit.original();
    Connection.End after = ConnectionTuple.reversed(back ? commit.original() : commit.reply());
    IpAddress source = before.source().equals(after.source()) ? ip.source() : after.source();
    IpAddress destination =
        before.destination().equals(after.destination()) ? ip.destination() : after.destination();
    List<Layer> layers = new ArrayList<>(packet.layers());
    layers.set(at, ip.withAddresses(source, destination).asLayer());
    return new Packet(layers);
  }
}
