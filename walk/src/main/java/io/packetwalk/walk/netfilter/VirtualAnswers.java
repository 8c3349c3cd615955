package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.walk.Action;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * IPVS at the hooks INPUT, OUTPUT and FORWARD: the answer of a real server, or an error about what
 * was sent to it, gets the virtual address as its source (ip_vs_out_hook, handle_response,
 * ip_vs_nat_icmp).
 */
final class VirtualAnswers {
  private final NamespaceId place;

  VirtualAnswers(NamespaceId place) {
    this.place = place;
  }

  List<Trial> pass(Trial trial) {
    InFlight flight = trial.packet();
    List<BalancedConnection> known = flight.tracking().balancedIn(place);
    if (known.isEmpty() || flight.tracking().sending().isPresent()) {
      return List.of(trial);
    }
    boolean error = Headers.isError(flight.packet());
    Optional<Tuple> answered =
        error
            ? Headers.carried(flight.packet()).flatMap(Headers::tuple)
            : Headers.tuple(flight.packet()).map(Tuple::inverted);
    return List.of(
        known.stream()
            .filter(BalancedConnection::translated)
            .filter(connection -> answered.filter(connection.sent()::equals).isPresent())
            .findFirst()
            .map(connection -> translated(trial, connection, error))
            .orElse(trial));
  }

  private Trial translated(Trial trial, BalancedConnection connection, boolean error) {
    InFlight flight = trial.packet();
    Tuple asking = connection.asking();
    Packet changed =
        error
            ? ofError(flight.packet(), asking)
            : Rewriting.source(flight.packet(), asking.destination(), asking.destinationPort());
    Tracking tracking =
        connection.tracked() ? flight.tracking() : flight.tracking().untracked(place);
    VirtualSending answer =
        new VirtualSending(
            Headers.ip(flight.packet()).destination(), Forwarding.MASQUERADE, flight, true);
    String decision =
        "IPVS: source "
            + Headers.end(
                connection.sent().destination(),
                connection.sent().destinationPort(),
                asking.protocol())
            + " → "
            + Headers.end(asking.destination(), asking.destinationPort(), asking.protocol());
    return trial
        .with(flight.withPacket(changed).withTracking(tracking.sending(answer)))
        .remarking(Action.REWRITE, decision, List.of());
  }

  private static Packet ofError(Packet error, Tuple asking) {
    Ip ip = Headers.ip(error);
    Packet outer =
        error.replacing(ip.withAddresses(asking.destination(), ip.destination()).asLayer());
    Packet carried =
        Rewriting.destination(
            Headers.carried(error).orElseThrow(), asking.destination(), asking.destinationPort());
    List<Layer> layers = new ArrayList<>(outer.layers().subList(0, 2));
    layers.addAll(carried.layers());
    return new Packet(layers);
  }
}
