package io.packetwalk.walk.routing;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import java.util.List;

/**
 * Which of a route's next hops a packet may take (the kernel's fib_table_lookup and fib_select).
 */
final class NextHopChoice {
  private NextHopChoice() {}

  static boolean sends(Route route) {
    return switch (route.type()) {
      case UNICAST, LOCAL, BROADCAST, MULTICAST, ANYCAST -> !route.nextHops().isEmpty();
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
    };
  }

  static List<NextHop> usable(Stack stack, Route route, FlowKey key) {
    if (!sends(route)) {
      return List.of();
    }
    return route.nextHops().stream().filter(hop -> isUsable(stack, route, hop, key)).toList();
  }

  private static boolean isUsable(Stack stack, Route route, NextHop hop, FlowKey key) {
    boolean wantedDevice =
        key.output().isEmpty()
            || !key.strict()
            || (route.type() == RouteType.LOCAL && key.destination().isIpv6())
            || hop.device().equals(key.output());
    return hop.isUsable() && wantedDevice && !isIgnoredLinkDown(stack, hop);
  }

  private static boolean isIgnoredLinkDown(Stack stack, NextHop hop) {
    if (!hop.flags().contains("linkdown") || hop.device().isEmpty()) {
      return false;
    }
    String key = "net/ipv4/conf/" + hop.device().get() + "/ignore_routes_with_linkdown";
    return stack.number(key).orElse(0) != 0;
  }
}
