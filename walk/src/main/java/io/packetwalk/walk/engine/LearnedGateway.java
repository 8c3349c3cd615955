package io.packetwalk.walk.engine;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * The nearer router of which a redirect has told, as the route cache shows it: packets for this one
 * destination go there, whatever the route says (__ip_do_redirect, rt6_do_redirect).
 *
 * @param hop the route's next hop with the other gateway; without one, the destination is on the
 *     link
 */
record LearnedGateway(NextHop hop, Route entry) {
  private static final String BY_REDIRECT = "redirect";

  static Optional<LearnedGateway> of(
      Stack stack, IpAddress destination, RouteDecision.Found found, NextHop hop) {
    if (found.hops().size() != 1) {
      return Optional.empty();
    }
    return stack.fib(destination.family(), RouteTables.CACHE).covering(destination).stream()
        .filter(entry -> entry.destination().isHost() && entry.nextHops().size() == 1)
        .filter(entry -> tells(entry, entry.nextHops().getFirst(), hop))
        .findFirst()
        .map(entry -> new LearnedGateway(with(hop, entry.nextHops().getFirst().gateway()), entry));
  }

  /** Path MTUs are in the cache, too, with the route's own gateway. */
  private static boolean tells(Route entry, NextHop learned, NextHop hop) {
    boolean byRedirect =
        learned.gateway().isPresent() || entry.protocol().filter(BY_REDIRECT::equals).isPresent();
    return byRedirect
        && learned.device().equals(hop.device())
        && !learned.gateway().equals(hop.gateway());
  }

  private static NextHop with(NextHop hop, Optional<IpAddress> gateway) {
    return new NextHop(gateway, hop.device(), hop.weight(), hop.flags(), hop.encapsulation());
  }
}
