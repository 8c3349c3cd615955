package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.netfilter.Tracking.Attachment;
import io.packetwalk.walk.netfilter.Tracking.State;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Connection tracking of a namespace (net/netfilter/nf_conntrack_core.c). */
final class Tracker {
  private final NamespaceId place;
  private final ListedConnections listed;
  private final Predicate<Connection> isVirtual;

  /**
   * @param isVirtual whether a listed connection is one of a virtual server of IPVS
   */
  Tracker(NamespaceId place, ListedConnections listed, Predicate<Connection> isVirtual) {
    this.place = place;
    this.listed = listed;
    this.isVirtual = isVirtual;
  }

  /** The packet with the connection that it belongs to. */
  Trial look(Trial trial) {
    InFlight flight = trial.packet();
    if (flight.tracking().attachment(place).isPresent()) {
      return trial;
    }
    if (Headers.isError(flight.packet())) {
      return trial.with(related(flight));
    }
    Optional<Tuple> tuple = Headers.tuple(flight.packet());
    if (tuple.isEmpty() || isNeverTracked(flight.packet())) {
      return trial.with(attached(flight, flight.tracking(), State.UNTRACKED, 0, false));
    }
    return found(trial, tuple.get()).orElseGet(() -> trial.with(first(trial, tuple.get())));
  }

  /** Neighbour discovery and group membership over IPv6. */
  private static boolean isNeverTracked(Packet packet) {
    OptionalInt type = Headers.icmpType(packet);
    boolean version6 = Headers.ip(packet).protocol() == IpProtocol.ICMPV6;
    return version6
        && type.isPresent()
        && ((type.getAsInt() >= 130 && type.getAsInt() <= 137) || type.getAsInt() == 143);
  }

  private InFlight attached(
      InFlight flight, Tracking tracking, State state, int number, boolean answering) {
    return flight.withTracking(tracking.attached(new Attachment(place, state, number, answering)));
  }

  private InFlight first(Trial trial, Tuple tuple) {
    InFlight flight = trial.packet();
    Tracking tracking = flight.tracking();
    if (!isBeginning(flight.packet())) {
      return attached(flight, tracking, State.INVALID, 0, false);
    }
    int number = tracking.in(place).size();
    Tracking more =
        tracking.adding(
            place, TrackedConnection.first(tuple, trial.zone(), isOpening(flight.packet())));
    return attached(flight, more, State.NEW, number, false);
  }

  /** Whether a connection may begin with such a packet. */
  private static boolean isBeginning(Packet packet) {
    OptionalInt type = Headers.icmpType(packet);
    if (type.isPresent()) {
      int number = type.getAsInt();
      return Headers.ip(packet).protocol() == IpProtocol.ICMP
          ? number == 8 || number == 13 || number == 15 || number == 17
          : number == 128 || number == 139;
    }
    OptionalInt flags = Headers.tcpFlags(packet);
    if (flags.isEmpty()) {
      return true;
    }
    boolean synchronizing = (flags.getAsInt() & Tcp.SYN) != 0;
    boolean acknowledging = (flags.getAsInt() & Tcp.ACK) != 0;
    boolean ending = (flags.getAsInt() & (Tcp.RST | Tcp.FIN)) != 0;
    return synchronizing != acknowledging && !ending;
  }

  /** An ACK of an answer that tracking hasn't seen (tcp_conntracks: SYN_SENT). */
  private static boolean isPremature(
      TrackedConnection connection, boolean answering, InFlight flight) {
    int flags = Headers.tcpFlags(flight.packet()).orElse(0);
    boolean acknowledging = (flags & Tcp.ACK) != 0 && (flags & Tcp.SYN) == 0;
    return acknowledging && !answering && connection.opening();
  }

  private static boolean isOpening(Packet packet) {
    return (Headers.tcpFlags(packet).orElse(0) & Tcp.SYN) != 0;
  }

  private Trial invalid(Trial trial) {
    InFlight flight = trial.packet();
    return trial
        .with(attached(flight, flight.tracking(), State.INVALID, 0, false))
        .remarking(
            Action.CLASSIFY,
            "connection tracking calls it invalid: it acknowledges an answer that wasn't seen here",
            List.of());
  }

  private Optional<Trial> found(Trial trial, Tuple tuple) {
    InFlight flight = trial.packet();
    List<TrackedConnection> walked = flight.tracking().in(place);
    for (int number = 0; number < walked.size(); number++) {
      Optional<Boolean> answering = direction(walked.get(number), tuple, trial);
      if (answering.isPresent() && isPremature(walked.get(number), answering.get(), flight)) {
        return Optional.of(invalid(trial));
      }
      if (answering.isPresent()) {
        return Optional.of(
            trial.with(belonging(flight, flight.tracking(), number, answering.get())));
      }
    }
    return inListing(trial, tuple);
  }

  private Optional<Trial> inListing(Trial trial, Tuple tuple) {
    for (Connection entry : listed.with(tuple)) {
      TrackedConnection known = known(entry);
      Optional<Boolean> answering = direction(known, tuple, trial);
      if (answering.isPresent()) {
        InFlight flight = trial.packet();
        if (isPremature(known, answering.get(), flight)) {
          return Optional.of(invalid(trial));
        }
        int number = flight.tracking().in(place).size();
        Tracking more = flight.tracking().adding(place, known);
        Trial met = trial.with(belonging(flight, more, number, answering.get()));
        String decision =
            "belongs to a connection that was tracked already"
                + (known.isSourceTranslated() || known.isDestinationTranslated()
                    ? ": its translation counts, not the nat rules"
                    : "");
        return Optional.of(met.remarking(Action.CLASSIFY, decision, List.of(entry.source())));
      }
    }
    return Optional.empty();
  }

  private TrackedConnection known(Connection entry) {
    return new TrackedConnection(
        ListedConnections.tuple(entry.protocol(), entry.original()),
        ListedConnections.tuple(entry.protocol(), entry.reply()),
        entry.mark(),
        entry.zone(),
        entry.seenReply(),
        /* opening= */ entry.state().filter("SYN_SENT"::equals).isPresent(),
        entry.assured(),
        true,
        true,
        /* virtual= */ isVirtual.test(entry),
        Optional.of(entry.source()));
  }

  /** Whether the packet goes against the connection's first one; empty when it isn't of it. */
  private static Optional<Boolean> direction(
      TrackedConnection connection, Tuple tuple, Trial trial) {
    if (connection.zone() != trial.zone() || connection.original().protocol() != tuple.protocol()) {
      return Optional.empty();
    }
    boolean asking = isAsking(trial.packet().packet());
    boolean answer = isAnswer(trial.packet().packet());
    if (connection.original().equals(tuple) && !answer) {
      return Optional.of(false);
    }
    return connection.reply().equals(tuple) && !asking ? Optional.of(true) : Optional.empty();
  }

  private static boolean isAsking(Packet packet) {
    OptionalInt type = Headers.icmpType(packet);
    return type.isPresent() && isBeginning(packet);
  }

  private static boolean isAnswer(Packet packet) {
    OptionalInt type = Headers.icmpType(packet);
    return type.isPresent() && !isBeginning(packet);
  }

  private InFlight belonging(InFlight flight, Tracking tracking, int number, boolean answering) {
    TrackedConnection connection = tracking.in(place).get(number);
    boolean established = answering || connection.seenReply();
    Tracking updated =
        answering ? tracking.replacing(place, number, connection.answered()) : tracking;
    State state = established ? State.ESTABLISHED : State.NEW;
    return attached(flight, updated, state, number, answering);
  }

  /** An ICMP error belongs to the connection of the packet that it carries. */
  private InFlight related(InFlight flight) {
    Optional<Tuple> carried =
        Headers.carried(flight.packet()).flatMap(Headers::tuple).map(Tuple::inverted);
    List<TrackedConnection> walked = flight.tracking().in(place);
    for (int number = 0; number < walked.size(); number++) {
      TrackedConnection connection = walked.get(number);
      if (carried.filter(connection.original()::equals).isPresent()) {
        return attached(flight, flight.tracking(), State.RELATED, number, false);
      }
      if (carried.filter(connection.reply()::equals).isPresent()) {
        return attached(flight, flight.tracking(), State.RELATED, number, true);
      }
    }
    return relatedToListed(flight, carried);
  }

  private InFlight relatedToListed(InFlight flight, Optional<Tuple> carried) {
    for (Connection entry : carried.map(listed::with).orElse(List.of())) {
      TrackedConnection known = known(entry);
      boolean asked = carried.filter(known.original()::equals).isPresent();
      if (asked || carried.filter(known.reply()::equals).isPresent()) {
        Tracking more = flight.tracking().adding(place, known);
        return attached(flight, more, State.RELATED, more.in(place).size() - 1, !asked);
      }
    }
    return attached(flight, flight.tracking(), State.INVALID, 0, false);
  }
}
