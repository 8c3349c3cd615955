package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which real server a virtual one schedules for a new connection (net/netfilter/ipvs/ip_vs_rr.c and
 * its neighbours): a share of the connections each, or the one that the weights decide.
 *
 * @param server empty when the connection is refused
 * @param share of all connections
 * @param how the choice in words
 */
record VirtualChoice(
    Optional<RealServer> server, double share, String how, List<Assumption> assumptions) {

  /** Every choice that may be made; the shares add up to 1. */
  static List<VirtualChoice> of(VirtualServer virtual, NamespaceId place) {
    List<RealServer> open = virtual.servers().stream().filter(one -> one.weight() > 0).toList();
    if (open.isEmpty()) {
      return List.of(refused(1));
    }
    return switch (virtual.scheduler()) {
      case "rr", "lc", "" -> shared(equally(open), 0, place);
      case "fo" -> heaviest(open, place);
      case "ovf" -> overflowing(open, place);
      case "sh" -> hashed(virtual, byWeight(virtual.servers()), place);
      case "dh" -> hashed(virtual, equally(virtual.servers()), place);
      default -> shared(byWeight(open), 0, place);
    };
  }

  private static VirtualChoice refused(double share) {
    return new VirtualChoice(Optional.empty(), share, "", List.of());
  }

  private static Map<RealServer, Integer> equally(List<RealServer> servers) {
    Map<RealServer, Integer> shares = new LinkedHashMap<>();
    servers.forEach(server -> shares.put(server, 1));
    return shares;
  }

  /** A server of weight 0 has a place in a hash table all the same (ip_vs_sh_reassign). */
  private static Map<RealServer, Integer> byWeight(List<RealServer> servers) {
    Map<RealServer, Integer> shares = new LinkedHashMap<>();
    servers.forEach(server -> shares.put(server, Math.max(1, server.weight())));
    return shares;
  }

  /**
   * A hash that finds a server of weight 0 refuses, unless another may take its place. The order of
   * the servers, which decides, isn't shown.
   */
  private static List<VirtualChoice> hashed(
      VirtualServer virtual, Map<RealServer, Integer> places, NamespaceId place) {
    Map<RealServer, Integer> open = new LinkedHashMap<>(places);
    open.keySet().removeIf(server -> server.weight() == 0);
    int closed =
        virtual.options().contains("sh-fallback")
            ? 0
            : places.values().stream().mapToInt(share -> share).sum()
                - open.values().stream().mapToInt(share -> share).sum();
    return shared(open, closed, place);
  }

  private static List<VirtualChoice> shared(
      Map<RealServer, Integer> shares, int refused, NamespaceId place) {
    double total = refused + shares.values().stream().mapToDouble(share -> share).sum();
    String how =
        shares.size() == 1 && refused == 0
            ? "its only real server"
            : "1 of " + shares.size() + " real servers";
    List<VirtualChoice> choices = new ArrayList<>();
    shares.forEach((server, share) ->
        choices.add(
            new VirtualChoice(Optional.of(server), share / total, how, limit(server, place))));
    if (refused > 0) {
      choices.add(refused(refused / total));
    }
    return choices;
  }

  private static List<VirtualChoice> heaviest(List<RealServer> open, NamespaceId place) {
    int most = open.stream().mapToInt(RealServer::weight).max().orElseThrow();
    List<RealServer> first = open.stream().filter(server -> server.weight() == most).toList();
    return shared(equally(first), 0, place).stream()
        .map(choice -> choice.because("its real server with the greatest weight"))
        .toList();
  }

  private VirtualChoice because(String reason) {
    return new VirtualChoice(
        server, share, share == 1 ? reason : "of those with the greatest weight", assumptions);
  }

  /** The heaviest of those that have no more connections than their weight (ip_vs_ovf_schedule). */
  private static List<VirtualChoice> overflowing(List<RealServer> open, NamespaceId place) {
    List<RealServer> free =
        open.stream().filter(server -> server.active().orElse(0) <= server.weight()).toList();
    if (free.isEmpty()) {
      return List.of(refused(1));
    }
    List<VirtualChoice> choices = new ArrayList<>();
    for (VirtualChoice choice : heaviest(free, place)) {
      RealServer server = choice.server().orElseThrow();
      List<Assumption> more = new ArrayList<>(choice.assumptions());
      more.add(
          new Assumption(
              "no more than " + server.weight() + " connections are active with " + name(server),
              Commands.in(place, "ipvsadm -Ln"),
              List.of(server.source())));
      choices.add(new VirtualChoice(choice.server(), choice.share(), choice.how(), more));
    }
    return choices;
  }

  private static List<Assumption> limit(RealServer server, NamespaceId place) {
    return server.threshold().isEmpty()
        ? List.of()
        : List.of(
            new Assumption(
                name(server)
                    + " has fewer than the "
                    + server.threshold().getAsInt()
                    + " connections that it may have",
                Commands.in(place, "ipvsadm -Ln --thresholds"),
                List.of(server.source())));
  }

  private static String name(RealServer server) {
    return Headers.end(server.address(), server.port(), IpProtocol.TCP);
  }
}
