package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.meaning.Meaning;
import io.packetwalk.walk.meaning.Meanings;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a packet to the real server that was chosen for it (net/netfilter/ipvs/ip_vs_xmit.c): what
 * of it can be done inside the hook.
 *
 * <p>A real server of this machine gets the packet where it is. Without connection tracking the
 * connection that the packet has begun is forgotten, so that no rule translates it any more.
 */
final class VirtualForwarding {
  static final String KUBE_PROXY_DEVICE = "kube-ipvs0";
  private static final String TRACKS = "net/ipv4/vs/conntrack";
  private static final String TRACKS_COMMAND = "sysctl net.ipv4.vs.conntrack";

  private final NetworkNamespace namespace;
  private final Surroundings surroundings;
  private final Optional<Meanings> meanings;

  VirtualForwarding(
      NetworkNamespace namespace, Surroundings surroundings, Optional<Meanings> meanings) {
    this.meanings = meanings;
    this.namespace = namespace;
    this.surroundings = surroundings;
  }

  /** To the real server that a virtual one has chosen. */
  Trial chosen(
      Trial trial,
      Tuple asking,
      VirtualServer server,
      RealServer real,
      int port,
      String name,
      String how,
      boolean remembered) {
    return send(trial, asking, real, port, name, ", " + how, List.of(server.source()), remembered);
  }

  /** To the real server that a connection has already. */
  Trial send(
      Trial trial,
      Tuple asking,
      RealServer real,
      int port,
      String decision,
      List<Source> evidence,
      boolean remembered) {
    return send(trial, asking, real, port, decision, "", evidence, remembered);
  }

  private Trial send(
      Trial trial,
      Tuple asking,
      RealServer real,
      int port,
      String name,
      String how,
      List<Source> evidence,
      boolean remembered) {
    Forwarding forwarding = forwarding(real);
    Optional<Meaning> meaning = meaning(meanings, asking, Optional.of(real.address()));
    String decision =
        name
            + " → "
            + Headers.end(real.address(), port, asking.protocol())
            + meaning.map(known -> " (" + known.text() + ")").orElse("")
            + how
            + way(forwarding);
    List<Source> all = new ArrayList<>(evidence);
    all.add(real.source());
    meaning.map(Meaning::evidence).ifPresent(all::addAll);
    Optional<String> obstacle = obstacle(forwarding);
    if (obstacle.isPresent()) {
      return trial
          .remarking(Action.CLASSIFY, decision, all)
          .ending(Verdict.UNDETERMINED, decision + ": " + obstacle.get());
    }
    Optional<RouteType> type = surroundings.addressType(real.address());
    boolean local = type.filter(RouteType.LOCAL::equals).isPresent();
    InFlight before = trial.packet();
    if (local && real.address().isLoopback() && before.input().isPresent()) {
      String drop = decision + ": from outside nothing goes to a loopback address";
      return trial.remarking(Action.DROP, drop, all).ending(Verdict.DROPPED, drop);
    }
    boolean translates = forwarding == Forwarding.MASQUERADE;
    boolean tracked = tracks().orElse(isKubeProxys());
    InFlight changed = translates ? translated(before, real, port, tracked) : before;
    Tracking tracking = tracked ? changed.tracking() : changed.tracking().untracked(namespace.id());
    if (remembered) {
      tracking =
          tracking.balancing(
              namespace.id(),
              new BalancedConnection(asking, sent(asking, real, port), real, translates, tracked));
    }
    VirtualSending sending = new VirtualSending(real.address(), forwarding, before, local);
    return assumed(trial, real)
        .with(changed.withTracking(tracking.sending(sending)))
        .remarking(translates ? Action.REWRITE : Action.FORWARD, decision, all);
  }

  static Optional<Meaning> meaning(
      Optional<Meanings> meanings, Tuple asking, Optional<IpAddress> real) {
    return meanings.flatMap(known ->
        known.ofVirtual(asking.protocol(), asking.destination(), asking.destinationPort(), real));
  }

  private static String way(Forwarding forwarding) {
    return switch (forwarding) {
      case MASQUERADE -> "";
      case DIRECT -> ", as it is";
      case TUNNEL -> ", in IP";
      case OTHER_TUNNEL, NOT_SHOWN -> "";
    };
  }

  private Forwarding forwarding(RealServer real) {
    return real.forwarding() == Forwarding.NOT_SHOWN && isKubeProxys()
        ? Forwarding.MASQUERADE
        : real.forwarding();
  }

  private static Optional<String> obstacle(Forwarding forwarding) {
    return switch (forwarding) {
      case MASQUERADE, DIRECT, TUNNEL -> Optional.empty();
      case OTHER_TUNNEL -> Optional.of("tunnels of GUE and GRE to real servers aren't walked");
      case NOT_SHOWN -> Optional.of("how packets come to it isn't shown (ipvsadm -Sn)");
    };
  }

  private Optional<Boolean> tracks() {
    return namespace.setting(TRACKS).map(Sysctl::value).map(value -> !value.strip().equals("0"));
  }

  private boolean isKubeProxys() {
    return namespace.links().devices().stream()
        .filter(device -> device.name().equals(KUBE_PROXY_DEVICE))
        .anyMatch(device -> device.kind() instanceof DeviceKind.Dummy || !device.kindShown());
  }

  private Trial assumed(Trial trial, RealServer real) {
    Trial assuming = trial;
    if (real.forwarding() == Forwarding.NOT_SHOWN) {
      assuming =
          assuming.assuming(
              new Assumption(
                  "kube-proxy of " + namespace.id() + " masquerades, in turn (rr)",
                  Commands.in(namespace.id(), "ipvsadm -Sn"),
                  List.of(real.source())));
    }
    if (tracks().isPresent()) {
      return assuming;
    }
    String what =
        isKubeProxys()
            ? " tracks its connections, as kube-proxy has it do"
            : " doesn't track its connections, as is the kernel's default";
    return assuming.assuming(
        new Assumption(
            "IPVS of " + namespace.id() + what, Commands.in(namespace.id(), TRACKS_COMMAND)));
  }

  private static Tuple sent(Tuple asking, RealServer real, int port) {
    return new Tuple(
        asking.protocol(),
        asking.source(),
        real.address(),
        /* sourcePort= */ asking.sourcePort(),
        /* destinationPort= */ port);
  }

  /** The kernel's ip_vs_nat_xmit and ip_vs_update_conntrack. */
  private InFlight translated(InFlight flight, RealServer real, int port, boolean tracked) {
    InFlight rewritten =
        flight.withPacket(Rewriting.destination(flight.packet(), real.address(), port));
    Tracking tracking = rewritten.tracking();
    Optional<TrackedConnection> connection = tracking.connection(namespace.id());
    if (tracked && connection.isPresent()) {
      Tuple now = connection.get().reply().inverted();
      Tuple forward =
          new Tuple(
              now.protocol(),
              now.source(),
              real.address(),
              /* sourcePort= */ now.sourcePort(),
              /* destinationPort= */ port);
      int number = tracking.attachment(namespace.id()).orElseThrow().connection();
      tracking = tracking.replacing(namespace.id(), number, connection.get().balanced(forward));
    }
    return rewritten.withTracking(tracking);
  }
}
