package io.packetwalk.walk.engine;

import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.ArpAtDevice;
import io.packetwalk.walk.netfilter.ArpMessage;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether ARP gets past nftables' chains at devices and on bridges, which see every frame. The
 * hooks of the IP stack don't see ARP, and arptables isn't read.
 */
final class ArpFilter {
  private static final int MOST_STACKED = 8;

  private ArpFilter() {}

  /**
   * A question and its answer.
   *
   * @param answer empty where nobody answers that is known yet
   */
  private record Exchange(ArpMessage question, ArpMessage answer) {
    static Exchange of(Answering.Request request, Optional<MacAddress> answering) {
      return new Exchange(
          ArpMessage.question(request.asked(), request.sender(), request.mac()),
          ArpMessage.answer(request.asked(), request.sender(), request.mac(), answering));
    }

    /** As it looks from the other end. */
    Exchange turned() {
      return new Exchange(/* question= */ answer, /* answer= */ question);
    }
  }

  /**
   * What stops a question out of this device or the answer to it; nothing where both pass.
   *
   * @param answering who answers, where that is known
   */
  static ArpAtDevice.Finding ofAsker(
      World world,
      Stack stack,
      String device,
      Answering.Request request,
      Optional<MacAddress> answering) {
    Exchange exchange = Exchange.of(request, answering);
    return strictest(downFrom(world, new Uppers.Place(stack.id(), device), exchange));
  }

  /**
   * The same for who is asked, and the ports of bridges between them.
   *
   * @param answering the link-layer address that is given
   */
  static ArpAtDevice.Finding onTheWay(
      World world, Segment.Endpoint endpoint, Answering.Request request, MacAddress answering) {
    Exchange exchange =
        Exchange.of(request, Optional.of(answering).filter(mac -> !mac.equals(MacAddress.ZERO)));
    Stream<ArpAtDevice.Finding> bridges =
        endpoint.crossed().stream()
            .flatMap(crossing -> at(world.stack(crossing.namespace()), crossing, exchange));
    Uppers.Place end = new Uppers.Place(endpoint.namespace(), endpoint.device());
    return strictest(Stream.concat(downFrom(world, end, exchange.turned()), bridges));
  }

  private static Stream<ArpAtDevice.Finding> at(
      Stack stack, Segment.Crossing crossing, Exchange exchange) {
    Stream<ArpAtDevice.Finding> ports =
        Stream.concat(
            crossing.from().stream().flatMap(port -> both(stack, port, exchange.turned())),
            crossing.to().stream().flatMap(port -> both(stack, port, exchange)));
    return Stream.concat(
        ports,
        Stream.concat(
            over(stack, crossing.from(), crossing.to(), exchange.question()),
            over(stack, crossing.to(), crossing.from(), exchange.answer())));
  }

  /** What the chains of the bridge family make of what goes over a bridge from here to there. */
  private static Stream<ArpAtDevice.Finding> over(
      Stack stack, Optional<String> from, Optional<String> to, ArpMessage message) {
    return HookPlace.over("", from, to, /* called= */ false).stream()
        .flatMap(place ->
            point(place.hook()).stream()
                .map(point ->
                    ArpAtDevice.onBridge(
                        stack.namespace(), point, place.from(), place.to(), message)));
  }

  private static Optional<HookPoint> point(Hook hook) {
    return switch (hook) {
      case BRIDGE_PREROUTING -> Optional.of(HookPoint.PREROUTING);
      case BRIDGE_INPUT -> Optional.of(HookPoint.INPUT);
      case BRIDGE_FORWARD -> Optional.of(HookPoint.FORWARD);
      case BRIDGE_OUTPUT -> Optional.of(HookPoint.OUTPUT);
      case BRIDGE_POSTROUTING -> Optional.of(HookPoint.POSTROUTING);
      case BRIDGE_PREROUTED,
          BRIDGE_FORWARDED,
          INGRESS,
          EGRESS,
          PREROUTING,
          INPUT,
          FORWARD,
          OUTPUT,
          POSTROUTING ->
          Optional.empty();
    };
  }

  /** What the device and those that it stands on do, which see all of its frames. */
  private static Stream<ArpAtDevice.Finding> downFrom(
      World world, Uppers.Place top, Exchange exchange) {
    return Stream.iterate(
            Optional.of(top),
            Optional::isPresent,
            place -> place.flatMap(here -> world.uppers().below(here.namespace(), here.device())))
        .limit(MOST_STACKED)
        .flatMap(Optional::stream)
        .flatMap(here ->
            both(world.stack(here.namespace()), here.device(), exchange)
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

  /** What leaves by the device is the question of the exchange, what comes in the answer. */
  private static Stream<ArpAtDevice.Finding> both(Stack stack, String device, Exchange exchange) {
    return Stream.of(
        ArpAtDevice.of(
            stack.namespace(), device, HookPoint.EGRESS, Optional.of(exchange.question())),
        ArpAtDevice.of(
            stack.namespace(), device, HookPoint.INGRESS, Optional.of(exchange.answer())));
  }

  private static ArpAtDevice.Finding strictest(Stream<ArpAtDevice.Finding> findings) {
    List<ArpAtDevice.Finding> all = findings.toList();
    return Stream.of(ArpAtDevice.Outcome.DROPPED, ArpAtDevice.Outcome.OPEN)
        .flatMap(outcome -> all.stream().filter(finding -> finding.outcome() == outcome))
        .findFirst()
        .orElseGet(all::getFirst);
  }
}
