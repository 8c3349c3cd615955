package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.Ports;
import io.packetwalk.model.netfilter.Statement.NatOptions;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates packets of the connections that a namespace tracks (net/netfilter/nf_nat_core.c). */
final class Mapping {
  private final NamespaceId place;
  private final ListedConnections listed;

  Mapping(NamespaceId place, ListedConnections listed) {
    this.place = place;
    this.listed = listed;
  }

  /**
   * What a first packet is to look like.
   *
   * @param guesses what the kernel draws and the walk can't know
   */
  record Chosen(Tuple tuple, List<String> guesses) {}

  /** The packet's tuple with one side translated: its own port is kept while it is free. */
  Chosen choose(
      Tuple now,
      boolean source,
      Optional<IpAddress> address,
      Optional<Ports> ports,
      NatOptions options,
      Tracking tracking) {
    int port = source ? now.sourcePort() : now.destinationPort();
    List<String> guesses = new ArrayList<>();
    boolean within = ports.isEmpty() || ports.get().contains(port);
    int wanted = within ? port : ports.get().first();
    boolean several = ports.isPresent() && !ports.get().isSingle();
    Tuple tuple = with(now, source, address, wanted);
    boolean ported = now.sourcePort() != 0 || now.destinationPort() != 0;
    if (ported && options.random() && (several || ports.isEmpty()) && source) {
      guesses.add(
          "the kernel draws the source port at random (--random); the walk keeps " + wanted);
    } else if (ported && several && (!within || options.random())) {
      guesses.add(
          "of the ports " + ports.get() + " the kernel draws one; the walk takes " + wanted);
    } else if (source && isTaken(tuple, tracking)) {
      guesses.add(
          "port "
              + wanted
              + " is taken by another connection, so that the kernel draws one; the"
              + " walk keeps it");
    }
    return new Chosen(tuple, guesses);
  }

  private static Tuple with(Tuple now, boolean source, Optional<IpAddress> address, int port) {
    return source
        ? new Tuple(
            now.protocol(),
            address.orElse(now.source()),
            now.destination(),
            port,
            isIcmp(now) ? port : now.destinationPort())
        : new Tuple(
            now.protocol(),
            now.source(),
            address.orElse(now.destination()),
            now.sourcePort(),
            isIcmp(now) ? now.destinationPort() : port);
  }

  private static boolean isIcmp(Tuple tuple) {
    return tuple.protocol() == 1 || tuple.protocol() == 58;
  }

  /** Whether the answer to such a packet would belong to another connection. */
  private boolean isTaken(Tuple forward, Tracking tracking) {
    Tuple answer = forward.inverted();
    Optional<Integer> own = tracking.attachment(place).map(Tracking.Attachment::connection);
    List<TrackedConnection> walked = tracking.in(place);
    for (int number = 0; number < walked.size(); number++) {
      if (own.filter(Integer.valueOf(number)::equals).isEmpty()
          && walked.get(number).reply().equals(answer)) {
        return true;
      }
    }
    return listed.with(answer).stream()
        .anyMatch(entry -> ListedConnections.tuple(entry.protocol(), entry.reply()).equals(answer));
  }

  /** Notes that the connection's first packets look like this from now on. */
  InFlight settle(InFlight flight, boolean source, Tuple forward) {
    Tracking tracking = flight.tracking();
    int number = tracking.attachment(place).orElseThrow().connection();
    TrackedConnection connection = tracking.connection(place).orElseThrow();
    return flight.withTracking(
        tracking.replacing(place, number, connection.settled(source, forward)));
  }

  /** The packet as its connection wants it behind a hook that translates this side. */
  InFlight apply(InFlight flight, boolean destination) {
    Tracking tracking = flight.tracking();
    Optional<TrackedConnection> connection = tracking.connection(place);
    if (connection.isEmpty()) {
      return flight;
    }
    Tracking.Attachment attachment = tracking.attachment(place).orElseThrow();
    Tuple towards =
        attachment.answering()
            ? connection.get().original().inverted()
            : connection.get().reply().inverted();
    boolean translates =
        destination != attachment.answering()
            ? connection.get().isDestinationTranslated()
            : connection.get().isSourceTranslated();
    if (!translates) {
      return flight;
    }
    if (Headers.isError(flight.packet())) {
      return attachment.state() == Tracking.State.RELATED
          ? flight.withPacket(
              ErrorMapping.apply(flight.packet(), connection.get(), attachment, destination))
          : flight;
    }
    return flight.withPacket(
        destination
            ? Rewriting.destination(
                flight.packet(), towards.destination(), towards.destinationPort())
            : Rewriting.source(flight.packet(), towards.source(), towards.sourcePort()));
  }
}
