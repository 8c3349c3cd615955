package io.packetwalk.read.assemble;

import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A virtual server of IPVS that was shown twice: each way of listing leaves something out, counters
 * the most, {@code -S} how many connections there are, {@code -L} how many there may be.
 */
final class VirtualServerFold {
  private VirtualServerFold() {}

  static VirtualServer over(VirtualServer earlier, VirtualServer later) {
    if (later.scheduler().isEmpty()) {
      return earlier;
    }
    List<RealServer> servers = new ArrayList<>();
    for (RealServer server : later.servers()) {
      servers.add(same(earlier, server).map(known -> over(known, server)).orElse(server));
    }
    return later.with(servers);
  }

  private static Optional<RealServer> same(VirtualServer earlier, RealServer server) {
    return earlier.servers().stream()
        .filter(known -> known.address().equals(server.address()) && known.port() == server.port())
        .findFirst();
  }

  private static RealServer over(RealServer known, RealServer server) {
    boolean otherTunnel =
        known.forwarding() == Forwarding.OTHER_TUNNEL && server.forwarding() == Forwarding.TUNNEL;
    return new RealServer(
        server.address(),
        server.port(),
        otherTunnel ? Forwarding.OTHER_TUNNEL : server.forwarding(),
        server.weight(),
        either(server.threshold(), known.threshold()),
        either(server.active(), known.active()),
        server.source());
  }

  private static OptionalInt either(OptionalInt first, OptionalInt second) {
    return first.isPresent() ? first : second;
  }
}
