package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import java.util.List;

/** The readers of iproute2's {@code ip} and of Open vSwitch's ports. */
public final class IpReaders {
  private IpReaders() {}

  public static List<CommandReader> all() {
    return List.of(
        new IpLinkReader(),
        new IpRouteReader(),
        new IpRuleReader(),
        new IpNeighbourReader(),
        new IpNetnsReader(),
        new IpMaddressReader(),
        new IpMrouteReader(),
        new IpOtherReader());
  }
}
