package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.VirtualConnection;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.meaning.Meaning;
import io.packetwalk.walk.meaning.Meanings;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Tcp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * IPVS at the hooks INPUT and OUTPUT: packets for a virtual server go to one of its real servers
 * (ip_vs_in_hook and ip_vs_schedule of net/netfilter/ipvs/ip_vs_core.c).
 *
 * <p>A packet that goes on leaves through the hooks OUTPUT and POSTROUTING and never sees FORWARD.
 */
final class VirtualServers {
  private static final String CONNECTIONS = "ipvsadm -Lnc";

  private final NetworkNamespace namespace;
  private final VirtualLookup lookup;
  private final VirtualForwarding forwarding;
  private final Optional<Meanings> meanings;

  VirtualServers(
      NetworkNamespace namespace,
      Surroundings surroundings,
      Optional<Meanings> meanings,
      VirtualLookup lookup) {
    this.namespace = namespace;
    this.lookup = lookup;
    this.meanings = meanings;
    this.forwarding = new VirtualForwarding(namespace, surroundings, meanings);
  }

  List<Trial> pass(Trial trial) {
    InFlight flight = trial.packet();
    Optional<Tuple> asking = Headers.tuple(flight.packet());
    if (flight.tracking().sending().isPresent()
        || asking.isEmpty()
        || !VirtualLookup.isBalanced(asking.get().protocol())
        || isAnswering(flight)) {
      return List.of(trial);
    }
    Optional<VirtualServer> server = lookup.server(asking.get(), flight.mark());
    return existing(trial, asking.get(), server)
        .map(List::of)
        .or(() -> server.map(found -> scheduled(trial, asking.get(), found)))
        .orElseGet(() -> List.of(isHidden(asking.get()) ? unknown(trial) : trial));
  }

  /** Answers of a local real server aren't for a virtual one. */
  private boolean isAnswering(InFlight flight) {
    return flight
        .tracking()
        .attachment(namespace.id())
        .filter(attachment -> attachment.isTracked() && attachment.answering())
        .isPresent();
  }

  private Optional<Trial> existing(Trial trial, Tuple asking, Optional<VirtualServer> server) {
    Optional<BalancedConnection> begun =
        trial.packet().tracking().balancedIn(namespace.id()).stream()
            .filter(connection -> connection.asking().equals(asking))
            .findFirst();
    if (begun.isPresent()) {
      return begun.map(connection -> again(trial, asking, server, connection));
    }
    Optional<VirtualConnection> listed = lookup.connection(asking);
    return listed.isPresent()
        ? Optional.of(ofListed(trial, asking, server, listed.get()))
        : ofTracked(trial, asking, server);
  }

  /** A further packet of the connection that this walk has begun. */
  private Trial again(
      Trial trial, Tuple asking, Optional<VirtualServer> server, BalancedConnection connection) {
    return forwarding.send(
        trial,
        asking,
        connection.real(),
        connection.sent().destinationPort(),
        name(server, asking) + " has the connection already",
        List.of(),
        /* remembered= */ false);
  }

  private Trial ofListed(
      Trial trial, Tuple asking, Optional<VirtualServer> server, VirtualConnection listed) {
    Optional<RealServer> real = lookup.real(server, listed.server());
    String name = name(server, asking);
    if (real.isEmpty()) {
      return open(
          trial, name + " has a connection, and how packets come to its real server isn't shown");
    }
    boolean over = listed.state().equals("TIME_WAIT") || listed.state().equals("CLOSE");
    if (over && isBeginning(trial)) {
      return open(
          trial,
          name
              + " has ended a connection of the same ports, so that the kernel schedules anew or"
              + " drops this packet (net.ipv4.vs.conn_reuse_mode)");
    }
    String decision = name + " has the connection already";
    return forwarding.send(
        trial,
        asking,
        real.get(),
        listed.server().port(),
        decision,
        List.of(listed.source()),
        true);
  }

  /** A connection that only connection tracking shows. */
  private Optional<Trial> ofTracked(Trial trial, Tuple asking, Optional<VirtualServer> server) {
    Optional<TrackedConnection> tracked =
        trial
            .packet()
            .tracking()
            .connection(namespace.id())
            .filter(known -> known.virtual() && known.isAnsweredByAnother())
            .filter(known -> known.listed().isPresent() && !lookup.areConnectionsKnown());
    return tracked.flatMap(known -> {
      VirtualConnection.End end =
          new VirtualConnection.End(known.reply().source(), known.reply().sourcePort());
      Assumption kept =
          new Assumption(
              "IPVS still has the connection that connection tracking shows",
              Commands.in(namespace.id(), CONNECTIONS),
              known.listed().stream().toList());
      return lookup
          .real(server, end)
          .map(real ->
              forwarding.send(
                  trial.assuming(kept),
                  asking,
                  real,
                  end.port(),
                  name(server, asking) + " has the connection already",
                  known.listed().stream().toList(),
                  true));
    });
  }

  private List<Trial> scheduled(Trial trial, Tuple asking, VirtualServer server) {
    String name = name(Optional.of(server), asking);
    if (!isBeginning(trial)) {
      return List.of(
          lookup.areConnectionsKnown()
              ? trial
              : open(trial, "which real server of " + name + " has the connection isn't shown"));
    }
    Optional<VirtualConnection> template =
        server.isPersistent() ? lookup.template(server, asking) : Optional.empty();
    Optional<RealServer> kept =
        template.flatMap(entry -> lookup.real(Optional.of(server), entry.server()));
    if (template.isPresent() && kept.isPresent()) {
      return List.of(persisting(trial, asking, server, template.get(), kept.get()));
    }
    List<VirtualChoice> choices = VirtualChoice.of(server, namespace.id());
    List<Trial> ways = new ArrayList<>();
    for (VirtualChoice choice : choices) {
      Trial part = trial.weighing(choice.share());
      ways.add(
          choice
              .server()
              .map(real -> chosen(part, asking, server, choice, real, choices.size()))
              .orElseGet(() -> refused(part, asking, server, name)));
    }
    return ways;
  }

  private Trial persisting(
      Trial trial,
      Tuple asking,
      VirtualServer server,
      VirtualConnection template,
      RealServer kept) {
    String name = name(Optional.of(server), asking);
    boolean quiescent =
        kept.weight() == 0
            && namespace
                .setting("net/ipv4/vs/expire_quiescent_template")
                .filter(setting -> !setting.value().strip().equals("0"))
                .isPresent();
    return quiescent
        ? open(trial, name + " leaves a real server of weight 0 (expire_quiescent_template)")
        : forwarding.send(
            trial,
            asking,
            kept,
            port(kept, server, asking),
            name + " keeps the client with a real server (persistent)",
            List.of(template.source()),
            !server.isOnePacket());
  }

  private Trial chosen(
      Trial trial,
      Tuple asking,
      VirtualServer server,
      VirtualChoice choice,
      RealServer real,
      int choices) {
    Trial assuming = trial;
    for (Assumption assumption : choice.assumptions()) {
      assuming = assuming.assuming(assumption);
    }
    String name = name(Optional.of(server), asking);
    if (server.isPersistent() && choices > 1 && !lookup.areConnectionsKnown()) {
      assuming =
          assuming.assuming(
              new Assumption(
                  name + " hasn't met the client before (persistent)",
                  Commands.in(namespace.id(), CONNECTIONS)));
    }
    boolean remembered = !(server.isOnePacket() && asking.protocol() == IpProtocol.UDP);
    return forwarding.chosen(
        assuming, asking, server, real, port(real, server, asking), name, choice.how(), remembered);
  }

  /** A persistent virtual server of every port, or of a mark, keeps the packet's own. */
  private static int port(RealServer real, VirtualServer server, Tuple asking) {
    boolean ofEveryPort =
        server.isPersistent()
            && !(server.selector()
                    instanceof VirtualServer.OfAddress(int protocol, IpAddress address, int port)
                && port == asking.destinationPort());
    return ofEveryPort || real.port() == 0 ? asking.destinationPort() : real.port();
  }

  private static boolean isBeginning(Trial trial) {
    int flags = Headers.tcpFlags(trial.packet().packet()).orElse(Tcp.SYN);
    return (flags & Tcp.SYN) != 0 && (flags & (Tcp.RST | Tcp.ACK)) == 0;
  }

  private Trial refused(Trial trial, Tuple asking, VirtualServer server, String name) {
    Optional<Meaning> meaning = VirtualForwarding.meaning(meanings, asking, Optional.empty());
    List<Source> evidence = new ArrayList<>(List.of(server.source()));
    meaning.map(Meaning::evidence).ifPresent(evidence::addAll);
    String decision =
        name
            + meaning.map(known -> " (" + known.text() + ")").orElse("")
            + (server.servers().stream().allMatch(one -> one.weight() == 0)
                ? " has no real server"
                : " has no real server for this connection")
            + ": rejected with port unreachable";
    return trial
        .remarking(Action.REJECT, decision, evidence)
        .ending(
            new Passage.Ending(Verdict.REJECTED, decision, Optional.of("icmp-port-unreachable")));
  }

  private Trial open(Trial trial, String reason) {
    Assumption missing =
        new Assumption(reason, Commands.in(namespace.id(), CONNECTIONS), List.of());
    return trial.assuming(missing).ending(Verdict.UNDETERMINED, reason);
  }

  /** Whether kube-proxy's device has the destination, and nobody listed what IPVS does with it. */
  private boolean isHidden(Tuple asking) {
    return !namespace.netfilter().virtualServers().isComplete()
        && namespace
            .links()
            .addressesOf(VirtualForwarding.KUBE_PROXY_DEVICE)
            .anyMatch(address -> address.address().equals(asking.destination()));
  }

  private Trial unknown(Trial trial) {
    String reason =
        "IPVS decides about "
            + Headers.ip(trial.packet().packet()).destination()
            + ", which "
            + VirtualForwarding.KUBE_PROXY_DEVICE
            + " of "
            + namespace.id()
            + " has, and its virtual servers weren't listed";
    Assumption missing =
        new Assumption(reason, Commands.in(namespace.id(), "ipvsadm -Sn"), List.of());
    return trial.assuming(missing).ending(Verdict.UNDETERMINED, reason);
  }

  private static String name(Optional<VirtualServer> server, Tuple asking) {
    String what =
        server
            .map(VirtualServer::selector)
            .map(selector ->
                switch (selector) {
                  case VirtualServer.OfAddress(int protocol, IpAddress address, int port) ->
                      port == 0 ? address + ", every port" : Headers.end(address, port, protocol);
                  case VirtualServer.OfMark(int mark, var family) ->
                      String.format("mark 0x%x", mark);
                })
            .orElseGet(() ->
                Headers.end(asking.destination(), asking.destinationPort(), asking.protocol()));
    String scheduler = server.map(VirtualServer::scheduler).orElse("");
    return "IPVS " + what + (scheduler.isEmpty() ? "" : " (" + scheduler + ")");
  }
}
