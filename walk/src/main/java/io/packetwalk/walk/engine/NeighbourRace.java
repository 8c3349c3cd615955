package io.packetwalk.walk.engine;

import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Several answers to one question for a neighbour, of which the first to come counts (arp_process
 * lets none replace a fresh one).
 *
 * @param open what decides and isn't in the state; empty where it is taken for granted who is first
 */
record NeighbourRace(Optional<Assumption> open, List<Assumption> assumptions) {
  private static final NeighbourRace NONE = new NeighbourRace(Optional.empty(), List.of());

  NeighbourRace {
    assumptions = List.copyOf(assumptions);
  }

  /** Who answers, and what. */
  record Rival(Segment.Endpoint endpoint, Answering.Yes answer) {
    private String place() {
      return endpoint.device() + " of " + endpoint.namespace();
    }
  }

  static NeighbourRace of(
      World world, Stack asker, IpAddress asked, Rival first, List<Rival> others) {
    for (Rival other : others) {
      if (!isOfOneStack(first, other)) {
        NeighbourRace race = betweenStacks(world, asker, asked, first, other);
        if (!race.equals(NONE)) {
          return race;
        }
      }
    }
    return others.stream()
        .filter(other -> isOfOneStack(first, other))
        .findFirst()
        .map(other -> withinStack(asked, first, other))
        .orElse(NONE);
  }

  private static boolean isOfOneStack(Rival first, Rival other) {
    return first.endpoint().namespace().equals(other.endpoint().namespace());
  }

  private static NeighbourRace withinStack(IpAddress asked, Rival first, Rival other) {
    String text =
        "of "
            + first.endpoint().device()
            + " and "
            + other.endpoint().device()
            + " of "
            + first.endpoint().namespace()
            + ", which both answer for "
            + asked
            + ", "
            + first.endpoint().device()
            + " is the first";
    return new NeighbourRace(
        Optional.empty(),
        List.of(
            new Assumption(
                text,
                Commands.in(first.endpoint().namespace(), "sysctl net.ipv4.conf.all.arp_ignore"))));
  }

  /** A proxy waits a random time up to its delay, if that isn't 0 (pneigh_enqueue). */
  private static NeighbourRace betweenStacks(
      World world, Stack asker, IpAddress asked, Rival first, Rival other) {
    Stack stack = world.stack(other.endpoint().namespace());
    String device = other.endpoint().device();
    Optional<Integer> delay =
        other.answer().byProxy() && !first.answer().byProxy()
            ? stack.number("net/" + family(asked) + "/neigh/" + device + "/proxy_delay")
            : Optional.of(0);
    if (delay.isEmpty()) {
      return new NeighbourRace(
          Optional.empty(),
          List.of(
              new Assumption(
                  other.place()
                      + " waits before it answers for "
                      + asked
                      + ", so that "
                      + first.place()
                      + " is the first",
                  Commands.in(
                      stack.id(),
                      "sysctl net." + family(asked) + ".neigh." + device + ".proxy_delay"))));
    }
    return delay.get() > 0
        ? NONE
        : new NeighbourRace(
            Optional.of(
                new Assumption(
                    "which answers first for "
                        + asked
                        + ", "
                        + first.place()
                        + " or "
                        + other.place()
                        + ", isn't in the state",
                    Commands.in(asker.id(), "ip neigh show " + asked))),
            List.of());
  }

  private static String family(IpAddress asked) {
    return asked.isIpv4() ? "ipv4" : "ipv6";
  }
}
