package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An entry of a routing table.
 *
 * @param nextHops several for a multipath route; none for types that don't send
 * @param preferredSource the source address of packets that start here ({@code src})
 * @param metric lower wins; empty when not shown, which is 0 for IPv4 and 1024 for IPv6
 * @param scope {@code global}, {@code link}, {@code host}, … when shown
 * @param protocol who installed it: {@code kernel}, {@code bird}, {@code static}, a number, …
 * @param tos the type of service that the route is for, when it is for one
 * @param mtu the locked or advised MTU, when there is one
 * @param sourcePrefix IPv6's {@code from}, for source-specific routes
 */
public record Route(
    RouteType type,
    IpPrefix destination,
    List<NextHop> nextHops,
    Optional<IpAddress> preferredSource,
    OptionalInt metric,
    Optional<String> scope,
    Optional<String> protocol,
    OptionalInt tos,
    OptionalInt mtu,
    Optional<IpPrefix> sourcePrefix,
    Source source) {
  public Route {
    nextHops = List.copyOf(nextHops);
  }

  /** The metric that the kernel compares. */
  public int effectiveMetric() {
    return metric.orElse(destination.family().bits() == 32 ? 0 : 1024);
  }
}
