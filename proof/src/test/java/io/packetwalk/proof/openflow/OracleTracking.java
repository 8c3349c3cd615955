package io.packetwalk.proof.openflow;

import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.walk.openflow.ConnectionState;
import io.packetwalk.walk.openflow.ConnectionTracking;
import io.packetwalk.walk.openflow.TrackingAnswer;
import io.packetwalk.walk.openflow.TrackingRequest;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The connection tracker as {@code ofproto/trace} takes it to be: what it was told. */
record OracleTracking(List<Integer> states) implements ConnectionTracking {
  @Override
  public List<TrackingAnswer> track(TrackingRequest request) {
    int state =
        request.pass() < states.size()
            ? states.get(request.pass())
            : ConnectionState.NEW | ConnectionState.TRACKED;
    return List.of(
        new TrackingAnswer(
            1,
            state,
            Optional.empty(),
            Optional.empty(),
            request
                .translation()
                .map(nat -> translated(request.packet(), nat))
                .orElse(request.packet()),
            Optional.empty(),
            Optional.empty(),
            "as the trace was told",
            List.of(),
            List.of()));
  }

  private static Packet translated(Packet packet, FlowAction.Translation nat) {
    List<Layer> layers = new ArrayList<>(packet.layers());
    for (int index = 0; index < layers.size(); index++) {
      if (layers.get(index) instanceof Ip ip && nat.first().isPresent()) {
        IpAddress address = nat.first().get();
        boolean source = nat.source().orElse(true);
        if (address.family() != ip.source().family()) {
          return packet;
        }
        layers.set(
            index,
            ip.withAddresses(source ? address : ip.source(), source ? ip.destination() : address)
                .asLayer());
        if (index + 1 < layers.size()) {
          layers.set(index + 1, ported(layers.get(index + 1), source, nat.firstPort()));
        }
        return new Packet(layers);
      }
    }
    return packet;
  }

  private static Layer ported(Layer layer, boolean source, OptionalInt port) {
    if (port.isEmpty()) {
      return layer;
    }
    int number = port.getAsInt();
    return switch (layer) {
      case Tcp tcp ->
          Tcp.of(
              source ? number : tcp.sourcePort(),
              source ? tcp.destinationPort() : number,
              tcp.flags());
      case Udp udp ->
          Udp.of(source ? number : udp.sourcePort(), source ? udp.destinationPort() : number);
      case Sctp sctp ->
          Sctp.of(source ? number : sctp.sourcePort(), source ? sctp.destinationPort() : number, 1);
      // A trace that translates ports writes the port where ICMP has its type.
      case Icmp icmp ->
          Icmp.of(source ? number : icmp.type(), source ? icmp.code() : number, icmp.rest());
      default -> layer;
    };
  }
}
