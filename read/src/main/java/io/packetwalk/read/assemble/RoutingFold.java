package io.packetwalk.read.assemble;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.MulticastRoute;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.Routing;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules, routes and neighbours of one namespace as they become known. */
final class RoutingFold {
  private final Map<IpFamily, Listing<RoutingRule>> rules = new EnumMap<>(IpFamily.class);
  private final Map<IpFamily, Listing<Neighbour>> neighbours = new EnumMap<>(IpFamily.class);
  private final Map<IpFamily, Listing<MulticastRoute>> multicast = new EnumMap<>(IpFamily.class);
  private final Map<RouteTables.Key, Listing<Route>> tables = new TreeMap<>();
  private final Map<IpFamily, Source> allSeen = new EnumMap<>(IpFamily.class);

  private record NeighbourKey(IpAddress address, String device, boolean proxy) {
    static Object of(Neighbour neighbour) {
      return new NeighbourKey(neighbour.address(), neighbour.device(), neighbour.proxy());
    }
  }

  private record RouteKey(
      Object destination, Object type, List<Object> hops, int metric, Object tos) {
    static Object of(Route route) {
      List<Object> hops =
          route.nextHops().stream()
              .<Object>map(hop -> List.of(hop.gateway(), hop.device()))
              .toList();
      return new RouteKey(
          route.destination(), route.type(), hops, route.effectiveMetric(), route.tos());
    }
  }

  void rules(Fact.Rules shown) {
    Listing<RoutingRule> earlier = rules.getOrDefault(shown.family(), Listing.unknown());
    Listing<RoutingRule> folded =
        ListingFold.over(earlier, shown.listing(), rule -> rule.source().text().strip());
    rules.put(
        shown.family(),
        ListingFold.covering(folded, earlier.isComplete() || shown.listing().isComplete()));
  }

  void routes(Fact.Routes shown) {
    RouteTables.Key key = new RouteTables.Key(shown.family(), shown.table());
    Listing<Route> earlier = tables.getOrDefault(key, Listing.unknown());
    boolean known = earlier.isComplete() || allSeen.containsKey(shown.family());
    Listing<Route> folded =
        ListingFold.over(
            earlier, shown.listing(), RouteKey::of, route -> true, RoutingFold::withDetails);
    tables.put(key, ListingFold.covering(folded, known || shown.listing().isComplete()));
  }

  /** {@code route -n} shows fewer details than {@code ip route}; those of the same route stay. */
  private static Route withDetails(Route earlier, Route later) {
    boolean detailed =
        later.preferredSource().isPresent()
            || later.protocol().isPresent()
            || later.scope().isPresent();
    if (detailed || earlier.nextHops().size() != later.nextHops().size()) {
      return later;
    }
    List<NextHop> hops =
        later.nextHops().stream().allMatch(hop -> hop.flags().isEmpty())
            ? earlier.nextHops()
            : later.nextHops();
    return new Route(
        later.type(),
        later.destination(),
        hops,
        earlier.preferredSource(),
        later.metric().isPresent() ? later.metric() : earlier.metric(),
        earlier.scope(),
        earlier.protocol(),
        later.tos(),
        later.mtu().isPresent() ? later.mtu() : earlier.mtu(),
        later.sourcePrefix(),
        later.source());
  }

  void allRoutes(Fact.AllRoutes shown) {
    allSeen.put(shown.family(), shown.seenAt());
    tables
        .entrySet()
        .removeIf(entry ->
            entry.getKey().family() == shown.family()
                && !entry.getValue().seenAt().contains(shown.seenAt()));
  }

  void multicast(Fact.MulticastRoutes shown) {
    Listing<MulticastRoute> earlier = multicast.getOrDefault(shown.family(), Listing.unknown());
    Listing<MulticastRoute> folded =
        ListingFold.over(earlier, shown.listing(), route -> List.of(route.from(), route.group()));
    multicast.put(
        shown.family(),
        ListingFold.covering(folded, earlier.isComplete() || shown.listing().isComplete()));
  }

  void neighbours(Fact.Neighbours shown) {
    Listing<Neighbour> earlier = neighbours.getOrDefault(shown.family(), Listing.unknown());
    boolean proxies = shown.listing().stream().anyMatch(Neighbour::proxy);
    Optional<String> only = shown.ofDevice();
    Predicate<Neighbour> inScope =
        entry ->
            only.filter(name -> !Objects.equals(name, entry.device())).isEmpty()
                && (proxies || !entry.proxy());
    Listing<Neighbour> folded =
        ListingFold.over(earlier, shown.listing(), NeighbourKey::of, inScope, (old, now) -> now);
    boolean complete =
        earlier.isComplete() || (shown.listing().isComplete() && shown.ofDevice().isEmpty());
    neighbours.put(shown.family(), ListingFold.covering(folded, complete));
  }

  /** The addresses that the routes show to be this namespace's own. */
  Stream<IpAddress> ownAddresses() {
    Stream<IpAddress> local =
        routes(RouteTables.LOCAL)
            .filter(route -> route.type() == RouteType.LOCAL && route.destination().isHost())
            .map(route -> route.destination().address());
    Stream<IpAddress> sources =
        routes(RouteTables.MAIN).flatMap(route -> route.preferredSource().stream());
    return Stream.concat(local, sources);
  }

  private Stream<Route> routes(String table) {
    return tables.entrySet().stream()
        .filter(entry -> entry.getKey().table().equals(table))
        .flatMap(entry -> entry.getValue().stream());
  }

  Routing routing() {
    return new Routing(
        rules.getOrDefault(IpFamily.IPV4, Listing.unknown()),
        rules.getOrDefault(IpFamily.IPV6, Listing.unknown()),
        new RouteTables(tables, allSeen),
        neighbours.getOrDefault(IpFamily.IPV4, Listing.unknown()),
        neighbours.getOrDefault(IpFamily.IPV6, Listing.unknown()),
        multicast.getOrDefault(IpFamily.IPV4, Listing.unknown()),
        multicast.getOrDefault(IpFamily.IPV6, Listing.unknown()));
  }
}
