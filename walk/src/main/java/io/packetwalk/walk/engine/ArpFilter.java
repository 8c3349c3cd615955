package io.packetwalk.walk.engine;

import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.ArpAtDevice;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.walk.topology.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether ARP gets past nftables' chains at devices, which see every frame. The hooks of the IP
 * stack don't see ARP, and arptables isn't read.
 */
final class ArpFilter {
  private static final int MOST_STACKED = 8;

  private ArpFilter() {}

  /** What stops a question out of this device or the answer to it; nothing where both pass. */
  static ArpAtDevice.Finding ofAsker(World world, Stack stack, String device) {
    return strictest(downFrom(world, new Uppers.Place(stack.id(), device)));
  }

  /** The same for who is asked, and the ports of bridges between them. */
  static ArpAtDevice.Finding onTheWay(World world, Segment.Endpoint endpoint) {
    Stream<ArpAtDevice.Finding> ports =
        endpoint.crossed().stream()
            .flatMap(crossing ->
                crossing.ports().stream()
                    .flatMap(port -> both(world.stack(crossing.namespace()), port)));
    Uppers.Place end = new Uppers.Place(endpoint.namespace(), endpoint.device());
    return strictest(Stream.concat(downFrom(world, end), ports));
  }

  /** What the device and those that it stands on do, which see all of its frames. */
  private static Stream<ArpAtDevice.Finding> downFrom(World world, Uppers.Place top) {
    return Stream.iterate(
            Optional.of(top),
            Optional::isPresent,
            place -> place.flatMap(here -> world.uppers().below(here.namespace(), here.device())))
        .limit(MOST_STACKED)
        .flatMap(Optional::stream)
        .flatMap(here ->
            both(world.stack(here.namespace()), here.device())
                .map(finding -> here.equals(top) ? finding : below(world, here, finding)));
  }

  /** Devices that stand on the same one pass frames to each other, which it doesn't see. */
  private static ArpAtDevice.Finding below(
      World world, Uppers.Place here, ArpAtDevice.Finding finding) {
    boolean shared = world.uppers().above(here.namespace(), here.device()).size() > 1;
    return shared && finding.outcome() == ArpAtDevice.Outcome.DROPPED
        ? new ArpAtDevice.Finding(ArpAtDevice.Outcome.OPEN, finding.where(), finding.evidence())
        : finding;
  }

  /** Who doesn't hear an answer takes the neighbour to be silent. */
  static NeighbourAnswer unheard(ArpAtDevice.Finding finding, String device) {
    return new NeighbourAnswer.Nobody(
        finding.where() + " drops ARP at " + device + ": host unreachable",
        finding.evidence(),
        List.of());
  }

  static Assumption notWalked(Stack stack, ArpAtDevice.Finding finding) {
    return new Assumption(
        "the rules of " + finding.where() + " decide about ARP, and they aren't walked for it",
        Commands.in(stack.id(), "nft monitor trace"),
        finding.evidence());
  }

  private static Stream<ArpAtDevice.Finding> both(Stack stack, String device) {
    return Stream.of(HookPoint.EGRESS, HookPoint.INGRESS)
        .map(point -> ArpAtDevice.of(stack.namespace(), device, point));
  }

  private static ArpAtDevice.Finding strictest(Stream<ArpAtDevice.Finding> findings) {
    List<ArpAtDevice.Finding> all = findings.toList();
    return Stream.of(ArpAtDevice.Outcome.DROPPED, ArpAtDevice.Outcome.OPEN)
        .flatMap(outcome -> all.stream().filter(finding -> finding.outcome() == outcome))
        .findFirst()
        .orElseGet(all::getFirst);
  }
}
