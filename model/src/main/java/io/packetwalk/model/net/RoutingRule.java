package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rule of the routing policy database; rules are tried by rising priority.
 *
 * @param inverted {@code not}: selects what the conditions don't
 * @param markMask applied to the packet's mark before it is compared; all ones by default
 * @param inputDevice {@code iif}; {@code lo} selects packets that start on this machine
 * @param outputDevice {@code oif}: the device that a socket is bound to
 * @param suppressPrefixLength a route with a prefix this long or shorter doesn't count
 * @param unmodelled conditions that the walk can't evaluate, as printed ({@code uidrange 0-99}, …)
 */
public record RoutingRule(
    IpFamily family,
    int priority,
    boolean inverted,
    Optional<IpPrefix> from,
    Optional<IpPrefix> to,
    Optional<String> inputDevice,
    Optional<String> outputDevice,
    OptionalInt mark,
    int markMask,
    OptionalInt tos,
    OptionalInt protocol,
    Optional<PortRange> sourcePorts,
    Optional<PortRange> destinationPorts,
    OptionalInt suppressPrefixLength,
    RuleAction action,
    List<String> unmodelled,
    Source source) {
  public RoutingRule {
    unmodelled = List.copyOf(unmodelled);
  }
}
