package io.packetwalk.model.net;

import io.packetwalk.model.Listing;
import io.packetwalk.wire.IpFamily;

/** The rules, tables, neighbours and multicast routes of a namespace. */
public record Routing(
    Listing<RoutingRule> rulesIpv4,
    Listing<RoutingRule> rulesIpv6,
    RouteTables tables,
    Listing<Neighbour> neighboursIpv4,
    Listing<Neighbour> neighboursIpv6,
    Listing<MulticastRoute> multicastIpv4,
    Listing<MulticastRoute> multicastIpv6) {

  public static Routing unknown() {
    return new Routing(
        Listing.unknown(),
        Listing.unknown(),
        RouteTables.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown());
  }

  public Listing<RoutingRule> rules(IpFamily family) {
    return switch (family) {
      case IPV4 -> rulesIpv4;
      case IPV6 -> rulesIpv6;
    };
  }

  public Listing<MulticastRoute> multicast(IpFamily family) {
    return switch (family) {
      case IPV4 -> multicastIpv4;
      case IPV6 -> multicastIpv6;
    };
  }

  public Listing<Neighbour> neighbours(IpFamily family) {
    return switch (family) {
      case IPV4 -> neighboursIpv4;
      case IPV6 -> neighboursIpv6;
    };
  }
}
