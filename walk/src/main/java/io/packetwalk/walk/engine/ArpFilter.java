package io.packetwalk.walk.engine;

import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.ArpAtDevice;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether ARP gets past nftables' chains at devices, which see every frame. The hooks of the IP
 * stack don't see ARP, and arptables isn't read.
 */
final class ArpFilter {
  private ArpFilter() {}

  /** What stops a question out of this device or the answer to it; nothing where both pass. */
  static ArpAtDevice.Finding ofAsker(Stack stack, String device) {
    return strictest(both(stack, device));
  }

  /** The same for who is asked, and the ports of bridges between them. */
  static ArpAtDevice.Finding onTheWay(World world, Segment.Endpoint endpoint) {
    Stream<ArpAtDevice.Finding> ports =
        endpoint.crossed().stream()
            .flatMap(crossing ->
                crossing.ports().stream()
                    .flatMap(port -> both(world.stack(crossing.namespace()), port)));
    return strictest(
        Stream.concat(both(world.stack(endpoint.namespace()), endpoint.device()), ports));
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
