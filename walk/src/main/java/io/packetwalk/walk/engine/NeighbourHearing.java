package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Neighbour;
import io.packetwalk.walk.netfilter.ArpAtDevice;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;

/**
 * What the asker's own packet filters make of a question for a neighbour and of the answer.
 *
 * @param unusable what the neighbour table says already
 */
record NeighbourHearing(
    World world,
    Stack stack,
    String device,
    Answering.Request request,
    Optional<Neighbour> unusable) {
  /** That they let one of them not pass, whoever answers; what depends on that is left open. */
  Optional<NeighbourAnswer> unheard() {
    if (request.asked().isIpv6()) {
      return switch (DiscoveryFilter.atAsker(stack, device, request, Optional.empty())) {
        case DiscoveryFilter.Passing passing -> Optional.empty();
        case DiscoveryFilter.Stopped stopped -> Optional.of(nobody());
        case DiscoveryFilter.Open open -> Optional.empty();
      };
    }
    ArpAtDevice.Finding filtered =
        ArpFilter.ofAsker(world, stack, device, request, Optional.empty());
    return switch (filtered.outcome()) {
      case PASSES, OPEN -> Optional.empty();
      case DROPPED -> Optional.of(ArpFilter.unheard(filtered, device));
    };
  }

  /** What becomes of an answer, when it is known from whom it is. */
  NeighbourAnswer heard(NeighbourAnswer.At answer) {
    Optional<MacAddress> from =
        Optional.of(answer.mac()).filter(mac -> !mac.equals(MacAddress.ZERO));
    if (request.asked().isIpv6()) {
      return switch (DiscoveryFilter.atAsker(stack, device, request, from)) {
        case DiscoveryFilter.Passing passing -> answer;
        case DiscoveryFilter.Stopped stopped -> nobody();
        case DiscoveryFilter.Open open -> new NeighbourAnswer.NotShown(open.missing());
      };
    }
    ArpAtDevice.Finding filtered = ArpFilter.ofAsker(world, stack, device, request, from);
    return switch (filtered.outcome()) {
      case PASSES -> answer;
      case DROPPED -> ArpFilter.unheard(filtered, device);
      case OPEN -> new NeighbourAnswer.NotShown(ArpFilter.notWalked(stack, filtered));
    };
  }

  private NeighbourAnswer nobody() {
    return NeighbourSilence.nobody(stack, device, request.asked(), unusable);
  }
}
