package io.packetwalk.walk.routing;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Route;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A routing table that is asked by destination: one hash table for each prefix length, longest
 * first.
 *
 * <p>Within one prefix the lower metric comes first and the earlier line among equals, as the
 * kernel keeps them.
 */
public final class Fib {
  private final Listing<Route> listing;
  private final TreeMap<Integer, Map<IpAddress, List<Route>>> byLength =
      new TreeMap<>(Comparator.reverseOrder());

  public Fib(Listing<Route> listing) {
    this.listing = listing;
    listing.entries().forEach(this::add);
    Comparator<Route> byMetric = Comparator.comparingInt(Route::effectiveMetric);
    byLength.values().forEach(routes -> routes.values().forEach(list -> list.sort(byMetric)));
  }

  private void add(Route route) {
    byLength
        .computeIfAbsent(route.destination().length(), length -> new LinkedHashMap<>())
        .computeIfAbsent(route.destination().address(), address -> new ArrayList<>(1))
        .add(route);
  }

  public Listing<Route> listing() {
    return listing;
  }

  /** Every route whose prefix has this address, the one to try first at the front. */
  public List<Route> covering(IpAddress address) {
    List<Route> found = new ArrayList<>();
    byLength.forEach((length, routes) -> {
      if (length <= address.family().bits()) {
        found.addAll(routes.getOrDefault(new IpPrefix(address, length).address(), List.of()));
      }
    });
    return found;
  }
}
