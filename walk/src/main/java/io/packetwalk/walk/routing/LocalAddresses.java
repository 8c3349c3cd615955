package io.packetwalk.walk.routing;

import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Which addresses a namespace's own tables show it to have, the best evidence first. */
final class LocalAddresses {
  private LocalAddresses() {}

  static List<LocalAddress> shownBy(NetworkNamespace namespace) {
    List<LocalAddress> found = new ArrayList<>();
    namespace.links().addresses().stream().map(LocalAddresses::listed).forEach(found::add);
    for (IpFamily family : IpFamily.values()) {
      RouteTables tables = namespace.routing().tables();
      tables.table(family, RouteTables.LOCAL).stream()
          .filter(route -> route.type() == RouteType.LOCAL && route.destination().isHost())
          .map(LocalAddresses::inLocalTable)
          .forEach(found::add);
      tables.table(family, RouteTables.MAIN).stream()
          .flatMap(LocalAddresses::usedAsSource)
          .forEach(found::add);
    }
    return found;
  }

  static LocalAddress listed(InterfaceAddress address) {
    return new LocalAddress(
        address.address(),
        Optional.of(address.device()),
        OptionalInt.of(address.prefixLength()),
        LocalAddress.Origin.LISTED,
        address.source());
  }

  private static LocalAddress inLocalTable(Route route) {
    return new LocalAddress(
        route.destination().address(),
        route.nextHops().stream().findFirst().flatMap(NextHop::device),
        OptionalInt.empty(),
        LocalAddress.Origin.LOCAL_TABLE,
        route.source());
  }

  /** {@code 10.0.0.0/24 dev eth0 scope link src 10.0.0.5} shows an address and its subnet. */
  private static Stream<LocalAddress> usedAsSource(Route route) {
    boolean connected = route.nextHops().stream().allMatch(hop -> hop.gateway().isEmpty());
    return route.preferredSource().stream()
        .map(source ->
            new LocalAddress(
                source,
                connected
                    ? route.nextHops().stream().findFirst().flatMap(NextHop::device)
                    : Optional.empty(),
                connected && route.destination().contains(source)
                    ? OptionalInt.of(route.destination().length())
                    : OptionalInt.empty(),
                LocalAddress.Origin.ROUTE_SOURCE,
                route.source()));
  }
}
