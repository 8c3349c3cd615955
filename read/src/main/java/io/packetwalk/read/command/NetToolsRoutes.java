package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Routes with what net-tools' tables show of them: neither scope, protocol nor source. */
final class NetToolsRoutes {
  private NetToolsRoutes() {}

  static Route route(
      RouteType type, IpPrefix destination, List<NextHop> hops, OptionalInt metric, Source source) {
    return new Route(
        type,
        destination,
        hops,
        Optional.empty(),
        metric,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        source);
  }
}
