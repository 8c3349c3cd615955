package io.packetwalk.walk.netfilter;

import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.netfilter.VirtualConnection;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what IPVS of a namespace has for a packet (ip_vs_service_find, ip_vs_conn_in_get,
 * ip_vs_ct_in_get).
 */
final class VirtualLookup {
  private final NetworkNamespace namespace;
  private final Map<VirtualServer.Selector, VirtualServer> servers = new LinkedHashMap<>();
  private final Map<Ends, VirtualConnection> connections = new LinkedHashMap<>();
  private final List<VirtualConnection> templates = new ArrayList<>();

  /** What a connection is found by. */
  private record Ends(int protocol, VirtualConnection.End client, VirtualConnection.End virtual) {}

  VirtualLookup(NetworkNamespace namespace) {
    this.namespace = namespace;
    for (VirtualServer server : namespace.netfilter().virtualServers().entries()) {
      servers.putIfAbsent(server.selector(), server);
    }
    for (VirtualConnection entry : namespace.netfilter().virtualConnections().entries()) {
      if (entry.isTemplate()) {
        templates.add(entry);
      } else {
        connections.putIfAbsent(new Ends(entry.protocol(), entry.client(), entry.virtual()), entry);
      }
    }
  }

  /** Whether IPVS knows what to do with a protocol at all. */
  static boolean isBalanced(int protocol) {
    return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP;
  }

  /** The virtual server of a packet with this tuple: by its mark, its port, or for every port. */
  Optional<VirtualServer> server(Tuple asking, int mark) {
    return byMark(mark, asking.destination())
        .or(() -> at(asking.protocol(), asking.destination(), asking.destinationPort()))
        .or(() -> at(asking.protocol(), asking.destination(), 0));
  }

  private Optional<VirtualServer> byMark(int mark, IpAddress destination) {
    return mark == 0 ? Optional.empty() : of(new VirtualServer.OfMark(mark, destination.family()));
  }

  private Optional<VirtualServer> at(int protocol, IpAddress address, int port) {
    return of(new VirtualServer.OfAddress(protocol, address, port));
  }

  private Optional<VirtualServer> of(VirtualServer.Selector wanted) {
    return Optional.ofNullable(servers.get(wanted));
  }

  /** Whether connection tracking shows a connection that IPVS has sent to a real server. */
  boolean isOfVirtualServer(Connection connection) {
    Tuple asking = ListedConnections.tuple(connection.protocol(), connection.original());
    return isBalanced(connection.protocol())
        && (server(asking, connection.mark()).isPresent() || isOfMark(connection));
  }

  /** The mark was the packet's, which connection tracking doesn't show. */
  private boolean isOfMark(Connection connection) {
    IpAddress answering = connection.reply().source();
    return !answering.equals(connection.original().destination())
        && namespace.netfilter().virtualServers().entries().stream()
            .filter(server -> server.selector() instanceof VirtualServer.OfMark)
            .flatMap(server -> server.servers().stream())
            .anyMatch(real -> real.address().equals(answering));
  }

  boolean areConnectionsKnown() {
    return namespace.netfilter().virtualConnections().isComplete();
  }

  /** The connection that the packet is of, as IPVS listed it. */
  Optional<VirtualConnection> connection(Tuple asking) {
    return Optional.ofNullable(
        connections.get(
            new Ends(
                asking.protocol(),
                new VirtualConnection.End(asking.source(), asking.sourcePort()),
                new VirtualConnection.End(asking.destination(), asking.destinationPort()))));
  }

  private static boolean is(VirtualConnection.End end, IpAddress address, int port) {
    return end.port() == port && end.address().equals(address);
  }

  /** What keeps the client with a real server. */
  Optional<VirtualConnection> template(VirtualServer server, Tuple asking) {
    int common = server.persistence().orElse(0);
    return templates.stream()
        .filter(entry ->
            isFor(server.selector(), entry)
                && isNear(entry.client().address(), asking.source(), common))
        .findFirst();
  }

  private static boolean isNear(IpAddress kept, IpAddress client, int common) {
    return kept.family() == client.family() && new IpPrefix(kept, common).contains(client);
  }

  private static boolean isFor(VirtualServer.Selector selector, VirtualConnection template) {
    return switch (selector) {
      case VirtualServer.OfAddress(int protocol, IpAddress address, int port) ->
          template.protocol() == protocol && is(template.virtual(), address, port);
      case VirtualServer.OfMark(int mark, var family) ->
          template.protocol() == 0
              && template.virtual().address().family() == family
              && markOf(template.virtual().address()) == mark;
    };
  }

  /** The mark stands in the first four bytes (ip_vs_sched_persist). */
  private static int markOf(IpAddress address) {
    return address.isIpv4() ? address.lowInt() : (int) (address.high() >>> 32);
  }

  /**
   * The real server at an end, of this virtual server before any other; empty where others disagree
   * about the way to it.
   */
  Optional<RealServer> real(Optional<VirtualServer> server, VirtualConnection.End end) {
    return server.flatMap(one -> real(one, end)).or(() -> ofAny(end));
  }

  private Optional<RealServer> ofAny(VirtualConnection.End end) {
    List<RealServer> found =
        servers.values().stream().flatMap(one -> real(one, end).stream()).toList();
    boolean agree = found.stream().map(RealServer::forwarding).distinct().count() == 1;
    return agree ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static Optional<RealServer> real(VirtualServer server, VirtualConnection.End end) {
    return server.servers().stream()
        .filter(one -> one.address().equals(end.address()))
        .filter(one -> one.port() == end.port() || one.port() == 0)
        .findFirst();
  }
}
