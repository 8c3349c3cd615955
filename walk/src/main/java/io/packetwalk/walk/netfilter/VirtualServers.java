package io.packetwalk.walk.netfilter;

import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * IPVS at the hooks INPUT and OUTPUT: packets for a virtual server go to one of its real servers
 * (net/netfilter/ipvs/ip_vs_core.c, ip_vs_xmit.c).
 *
 * <p>A translated packet leaves through the hooks OUTPUT and POSTROUTING and never sees FORWARD.
 * Its connection is told the real server as the one that answers, so that translating the answers
 * comes out as it does for connections that a rule translates.
 */
final class VirtualServers {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final String TRACKS = "net/ipv4/vs/conntrack";
  private static final String KUBE_PROXY_DEVICE = "kube-ipvs0";

  private final NetworkNamespace namespace;

  VirtualServers(NetworkNamespace namespace) {
    this.namespace = namespace;
  }

  List<Trial> pass(Trial trial) {
    InFlight flight = trial.packet();
    if (flight.tracking().sending().isPresent() || isOfKnownConnection(flight)) {
      return List.of(trial);
    }
    Optional<VirtualServer> found = find(flight);
    if (found.isEmpty()) {
      return List.of(isHidden(flight) ? unknown(trial) : trial);
    }
    return scheduled(trial, found.get());
  }

  /** Answers, and errors about earlier packets, aren't for a virtual server. */
  private boolean isOfKnownConnection(InFlight flight) {
    return Headers.isError(flight.packet())
        || flight
            .tracking()
            .attachment(namespace.id())
            .filter(attachment -> attachment.isTracked() && attachment.answering())
            .isPresent();
  }

  private Optional<VirtualServer> find(InFlight flight) {
    Ip ip = Headers.ip(flight.packet());
    int protocol = ip.protocol();
    if (protocol != TCP && protocol != UDP && protocol != SCTP) {
      return Optional.empty();
    }
    int port = Headers.destinationPort(flight.packet()).orElse(0);
    return byMark(flight.mark())
        .or(() -> at(protocol, ip.destination(), port))
        .or(() -> at(protocol, ip.destination(), 0));
  }

  private Optional<VirtualServer> byMark(int mark) {
    return namespace
        .netfilter()
        .virtualServers()
        .first(server ->
            mark != 0
                && server.selector() instanceof VirtualServer.OfMark(int wanted)
                && wanted == mark);
  }

  private Optional<VirtualServer> at(int protocol, IpAddress address, int port) {
    VirtualServer.Selector wanted = new VirtualServer.OfAddress(protocol, address, port);
    return namespace.netfilter().virtualServers().first(server -> server.selector().equals(wanted));
  }

  /** Whether kube-proxy's device has the destination, and nobody listed what IPVS does with it. */
  private boolean isHidden(InFlight flight) {
    IpAddress destination = Headers.ip(flight.packet()).destination();
    return !namespace.netfilter().virtualServers().isComplete()
        && namespace
            .links()
            .addressesOf(KUBE_PROXY_DEVICE)
            .anyMatch(address -> address.address().equals(destination));
  }

  private Trial unknown(Trial trial) {
    IpAddress destination = Headers.ip(trial.packet().packet()).destination();
    String reason =
        "IPVS decides about "
            + destination
            + ", which "
            + KUBE_PROXY_DEVICE
            + " of "
            + namespace.id()
            + " has, and its virtual servers weren't listed";
    Assumption missing =
        new Assumption(reason, Commands.in(namespace.id(), "ipvsadm -Sn"), List.of());
    return trial.assuming(missing).ending(Verdict.UNDETERMINED, reason);
  }

  private List<Trial> scheduled(Trial trial, VirtualServer server) {
    List<RealServer> open = server.servers().stream().filter(one -> one.weight() > 0).toList();
    if (open.isEmpty()) {
      String decision = name(server) + " has no real server: rejected with port unreachable";
      return List.of(
          trial
              .remarking(Action.REJECT, decision, List.of(server.source()))
              .ending(Verdict.REJECTED, decision));
    }
    boolean weighted = !server.scheduler().equals("rr");
    double total = open.stream().mapToInt(one -> weighted ? one.weight() : 1).sum();
    List<Trial> ways = new ArrayList<>();
    for (RealServer real : open) {
      Trial part = trial.weighing((weighted ? real.weight() : 1) / total);
      ways.add(sent(part, server, real, open.size()));
    }
    return ways;
  }

  private Trial sent(Trial trial, VirtualServer server, RealServer real, int choices) {
    boolean translates = real.forwarding() == Forwarding.MASQUERADE;
    Optional<String> obstacle = obstacle(real);
    String decision =
        name(server)
            + " → "
            + Headers.end(real.address(), real.port(), protocol(trial))
            + (choices == 1 ? ", its only real server" : ", 1 of " + choices + " real servers")
            + (translates ? "" : ", as it is");
    List<io.packetwalk.model.Source> evidence = List.of(server.source(), real.source());
    if (obstacle.isPresent()) {
      return trial
          .remarking(Action.CLASSIFY, decision, evidence)
          .ending(Verdict.UNDETERMINED, decision + ": " + obstacle.get());
    }
    InFlight flight = trial.packet();
    InFlight changed = translates ? translated(flight, real) : flight;
    VirtualSending sending = new VirtualSending(real.address(), false);
    Trial decided =
        tracked(trial)
            .with(changed.withTracking(changed.tracking().sending(sending)))
            .remarking(translates ? Action.REWRITE : Action.FORWARD, decision, evidence);
    return choices > 1 && server.persistent()
        ? decided.assuming(
            new Assumption(
                name(server) + " hasn't met the client before (persistent)", "ipvsadm -Lnc"))
        : decided;
  }

  private static int protocol(Trial trial) {
    return Headers.ip(trial.packet().packet()).protocol();
  }

  private String name(VirtualServer server) {
    String what =
        switch (server.selector()) {
          case VirtualServer.OfAddress(int protocol, IpAddress address, int port) ->
              Headers.end(address, port, protocol);
          case VirtualServer.OfMark(int mark) -> String.format("mark 0x%x", mark);
        };
    return "IPVS " + what + " (" + server.scheduler() + ")";
  }

  /** What of this way isn't modelled. */
  private Optional<String> obstacle(RealServer real) {
    if (real.forwarding() == Forwarding.TUNNEL) {
      return Optional.of("its tunnel to the real server isn't walked");
    }
    Optional<Sysctl> tracks = namespace.setting(TRACKS);
    boolean off = tracks.filter(setting -> setting.value().strip().equals("0")).isPresent();
    if (off) {
      return Optional.of("connections that IPVS doesn't track (" + TRACKS + " = 0) aren't walked");
    }
    return tracks.isEmpty() && !isKubeProxys()
        ? Optional.of(
            "whether it tracks its connections isn't shown (sysctl net.ipv4.vs.conntrack)")
        : Optional.empty();
  }

  private boolean isKubeProxys() {
    return namespace.links().devices().stream()
        .filter(device -> device.name().equals(KUBE_PROXY_DEVICE))
        .anyMatch(device -> device.kind() instanceof DeviceKind.Dummy || !device.kindShown());
  }

  private Trial tracked(Trial trial) {
    return namespace.setting(TRACKS).isPresent()
        ? trial
        : trial.assuming(
            new Assumption(
                "IPVS of " + namespace.id() + " tracks its connections, as kube-proxy has it do",
                Commands.in(namespace.id(), "sysctl net.ipv4.vs.conntrack")));
  }

  /** The kernel's ip_vs_nat_xmit and ip_vs_update_conntrack. */
  private InFlight translated(InFlight flight, RealServer real) {
    Tracking tracking = flight.tracking();
    Optional<TrackedConnection> connection = tracking.connection(namespace.id());
    InFlight rewritten =
        flight.withPacket(Rewriting.destination(flight.packet(), real.address(), real.port()));
    if (connection.isEmpty()) {
      return rewritten;
    }
    Tuple now = connection.get().reply().inverted();
    Tuple forward =
        new Tuple(now.protocol(), now.source(), real.address(), now.sourcePort(), real.port());
    int number = tracking.attachment(namespace.id()).orElseThrow().connection();
    return rewritten.withTracking(
        tracking.replacing(namespace.id(), number, connection.get().settled(false, forward)));
  }
}
