package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * The device of a node that a pod's subnet is on, where only the node's routes were shown: most
 * likely a bridge that the pod has a port of.
 */
public final class UnlistedBridge {
  private UnlistedBridge() {}

  /**
   * The route of a pod's subnet.
   *
   * @param gateway the node's own address in that subnet, if the route tells
   */
  public record Near(String device, Optional<IpAddress> gateway, Route route) {}

  /** Empty when the device that the pod's subnet is on was listed. */
  public static Optional<Near> of(World world, NamespaceId pod, IpAddress address) {
    NamespaceId host = NamespaceId.host(pod.node());
    return world.stack(host).fib(address.family(), RouteTables.MAIN).covering(address).stream()
        .filter(route -> !route.destination().isHost())
        .filter(route -> route.destination().length() > 0 && isDirect(route))
        .map(route -> new Near(device(route), route.preferredSource(), route))
        .filter(near -> world.namespace(host).links().device(near.device()).isEmpty())
        .findFirst();
  }

  private static boolean isDirect(Route route) {
    return route.nextHops().size() == 1
        && route.nextHops().getFirst().gateway().isEmpty()
        && route.nextHops().getFirst().device().isPresent();
  }

  private static String device(Route route) {
    return route.nextHops().stream().map(NextHop::device).findFirst().flatMap(x -> x).orElse("");
  }

  /** What is taken for granted when a packet goes between the device and the pod. */
  public static Assumption assumption(NamespaceId pod, Near near) {
    NamespaceId host = NamespaceId.host(pod.node());
    return new Assumption(
        near.device()
            + " of "
            + host
            + " leads to "
            + pod
            + ", and nothing between them drops the packet",
        Commands.in(host, "ip -d addr; bridge link; bridge fdb show br " + near.device()),
        List.of(near.route().source()));
  }
}
