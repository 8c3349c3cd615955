package io.packetwalk.walk.topology;

import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;

/** What else than indexes speaks for two devices being the ends of one cable. */
final class CableHints {
  private static final int NEIGHBOUR_HAS_MAC = 2;
  private static final int ROUTE_LEADS_THERE = 1;

  private CableHints() {}

  /** How strongly the tables of one end's namespace point to the other end. */
  static int weigh(World world, Cabling.End here, Cabling.End there) {
    NetworkNamespace namespace = world.namespace(here.namespace());
    int weight = 0;
    for (IpFamily family : IpFamily.values()) {
      weight += knowsMac(namespace, family, here.device().name(), there) ? NEIGHBOUR_HAS_MAC : 0;
      weight +=
          routesTo(world, namespace, family, here.device().name(), there) ? ROUTE_LEADS_THERE : 0;
    }
    return weight;
  }

  private static boolean knowsMac(
      NetworkNamespace namespace, IpFamily family, String device, Cabling.End there) {
    Optional<MacAddress> mac = there.device().mac();
    return mac.isPresent()
        && namespace.routing().neighbours(family).stream()
            .anyMatch(entry -> entry.device().equals(device) && entry.mac().equals(mac));
  }

  private static boolean routesTo(
      World world, NetworkNamespace namespace, IpFamily family, String device, Cabling.End there) {
    return namespace.routing().tables().table(family, "main").stream()
        .filter(route -> route.destination().isHost())
        .filter(route ->
            route.nextHops().stream()
                .anyMatch(hop -> hop.device().filter(device::equals).isPresent()))
        .anyMatch(
            route -> world.stack(there.namespace()).own(route.destination().address()).isPresent());
  }
}
