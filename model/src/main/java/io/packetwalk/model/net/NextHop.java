package io.packetwalk.model.net;

import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way that a route offers.
 *
 * @param gateway the router to send to; the destination itself when empty. It may be an IPv6
 *     address on an IPv4 route ({@code via inet6})
 * @param weight relative to the route's other next hops, at least 1
 * @param flags such as {@code onlink}, {@code linkdown}, {@code dead}
 * @param encapsulation what the route says about packets that are put into others
 */
public record NextHop(
    Optional<IpAddress> gateway,
    Optional<String> device,
    int weight,
    Set<String> flags,
    Optional<RouteEncapsulation> encapsulation) {
  public NextHop {
    flags = java.util.Collections.unmodifiableSet(new TreeSet<>(flags));
    if (weight < 1) {
      throw new IllegalArgumentException("a weight is at least 1");
    }
  }

  public static NextHop of(Optional<IpAddress> gateway, Optional<String> device) {
    return new NextHop(gateway, device, 1, Set.of(), Optional.empty());
  }

  public boolean isUsable() {
    return !flags.contains("dead");
  }
}
