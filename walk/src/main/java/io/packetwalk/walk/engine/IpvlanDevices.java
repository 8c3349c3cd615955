package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;

/**
 * Carries packets between ipvlan devices and the device that they stand on (the kernel's
 * ipvlan_queue_xmit, ipvlan_handle_frame and ipvlan_l3_rcv).
 *
 * <p>All have the lower device's link-layer address, so the packet's IP address chooses among them.
 * In L2 mode a device sends frames of its own out of the lower device. In the L3 modes what it
 * sends is routed by the lower device's stack, out of that device, and passes OUTPUT and
 * POSTROUTING there. In L3S mode what comes in passes PREROUTING and INPUT of the lower device's
 * stack, too, and no capture on the upper device shows it.
 */
final class IpvlanDevices {
  private static final String L3S = "l3s";

  private final Engine engine;

  IpvlanDevices(Engine engine) {
    this.engine = engine;
  }

  List<Branch> send(
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      DeviceKind.Ipvlan ipvlan,
      Optional<IpAddress> nextHop) {
    Optional<Uppers.Place> lower = engine.world.uppers().below(stack.id(), device);
    if (lower.isEmpty()) {
      return trail.undetermined(StackedDevices.lowerMissing(stack, device));
    }
    boolean routed = isRouted(ipvlan);
    boolean among = routed || isForOwnLink(frame);
    Optional<Uppers.Place> sibling =
        among && !ipvlan.among().equals("vepa") ? holder(lower.get(), frame) : Optional.empty();
    if (sibling.isPresent()) {
      return ipvlan.among().equals("private")
          ? keptApart(trail, stack, frame, device, sibling.get())
          : engine.stacked.into(
              trail, frame, sibling.get(), device + " hands it to its sibling " + name(sibling));
    }
    if (routed) {
      return byLowerStack(trail, stack, frame, lower.get());
    }
    return among && !ipvlan.among().equals("vepa")
        ? engine.stacked.into(trail, frame, lower.get(), device + " hands it to the device below")
        : engine.stacked.outByLower(trail, stack, frame, lower.get(), nextHop);
  }

  private static boolean isRouted(DeviceKind.Ipvlan ipvlan) {
    return !ipvlan.mode().startsWith("l2");
  }

  private static boolean isForOwnLink(InFlight frame) {
    return Headers.ethernet(frame.packet())
        .filter(link -> link.destination().equals(link.source()))
        .isPresent();
  }

  private static String name(Optional<Uppers.Place> place) {
    return place.map(Uppers.Place::device).orElse("");
  }

  private List<Branch> keptApart(
      Trail trail, Stack stack, InFlight frame, String device, Uppers.Place sibling) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.EGRESS,
            Action.DROP,
            device
                + " drops it: "
                + sibling.device()
                + " of "
                + sibling.namespace()
                + " stands on the same device, and they are private",
            stack.device(device).map(Device::source).stream().toList(),
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, step.decision());
  }

  /** The lower device's stack routes the packet as if it were its own (ipvlan_process_outbound). */
  private List<Branch> byLowerStack(Trail trail, Stack stack, InFlight frame, Uppers.Place lower) {
    Stack below = engine.stack(lower.namespace());
    InFlight packet =
        new InFlight(
            Headers.withoutLink(frame.packet()),
            below.id().equals(stack.id()) ? frame.mark() : 0,
            Optional.empty(),
            Optional.empty(),
            frame.tracking());
    FlowKey key =
        FlowKey.of(packet.packet(), Headers.ip(packet), FlowKey.LOCALLY, packet.mark())
            .boundTo(Optional.of(lower.device()));
    RouteDecision decision = RouteLookup.decide(below, key);
    Optional<List<Source>> refusal =
        OwnLink.of(below, key, decision).isPresent() ? Optional.empty() : whyNoWay(decision);
    return refusal
        .map(evidence -> noWay(trail, below, packet, lower, evidence))
        .orElseGet(() -> engine.output.send(trail, below, packet, any -> key));
  }

  /** The lines that leave no way; empty where there is one, or nobody shows. */
  private static Optional<List<Source>> whyNoWay(RouteDecision decision) {
    return switch (decision) {
      case RouteDecision.Found found ->
          switch (found.route().type()) {
            case UNICAST, LOCAL -> Optional.empty();
            case BLACKHOLE, UNREACHABLE, PROHIBIT, BROADCAST, MULTICAST, ANYCAST, THROW ->
                Optional.of(Routes.evidence(found));
          };
      case RouteDecision.OwnAddress own -> Optional.empty();
      case RouteDecision.NoRoute none -> Optional.of(none.searched());
      case RouteDecision.RefusedByRule refused -> Optional.of(List.of(refused.rule()));
      case RouteDecision.Broadcast broadcast -> Optional.of(List.of(broadcast.subnet().source()));
      case RouteDecision.Unknown unknown -> Optional.empty();
    };
  }

  private static List<Branch> noWay(
      Trail trail, Stack below, InFlight packet, Uppers.Place lower, List<Source> evidence) {
    Step step =
        new Step(
            below.id(),
            lower.device(),
            Stage.ROUTE,
            Action.DROP,
            "ipvlan drops it: "
                + below.id()
                + " has no way to "
                + Headers.ip(packet).destination()
                + " out of "
                + lower.device(),
            evidence,
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, step.decision());
  }

  /** The device above that takes a frame which came in by this one; empty when none does. */
  Optional<Uppers.Place> taker(Uppers.Place lower, InFlight frame) {
    return holder(lower, frame).filter(place -> !isMode(place, L3S));
  }

  /** The device above whose packet this is once the lower device's stack has taken it in. */
  Optional<Uppers.Place> takerInStack(Stack stack, String device, InFlight packet) {
    return holder(new Uppers.Place(stack.id(), device), packet).filter(place -> isMode(place, L3S));
  }

  /** A packet for a device in L3S mode, past PREROUTING of the lower device's stack. */
  List<Branch> takeIn(Trail trail, Stack stack, InFlight packet, Uppers.Place upper) {
    Stack above = engine.stack(upper.namespace());
    FlowKey key = FlowKey.of(packet.packet(), Headers.ip(packet), upper.device(), packet.mark());
    RouteDecision decision = RouteLookup.decide(above, key);
    SourceCheck.Result checked = new SourceCheck().check(above, upper.device(), packet, decision);
    Trail decided = trail.assuming(decision.assumptions());
    boolean local =
        decision instanceof RouteDecision.OwnAddress
            || (decision instanceof RouteDecision.Found found
                && found.route().type() == RouteType.LOCAL);
    if (!local) {
      return decided.undetermined(
          Unmodelled.device(
              above.id(), upper.device(), "ipvlan that forwards in mode l3s", List.of()));
    }
    return switch (checked) {
      case SourceCheck.Passed passed -> throughInput(passed.onto(decided), stack, packet, upper);
      case SourceCheck.Refused refused -> refused.end(decided);
      case SourceCheck.NotShown unknown -> decided.undetermined(unknown.missing());
    };
  }

  private List<Branch> throughInput(Trail trail, Stack stack, InFlight packet, Uppers.Place upper) {
    return engine.hooks.pass(
        Hook.INPUT,
        trail,
        stack,
        packet,
        (passed, after) -> {
          InFlight inside =
              new InFlight(
                  after.packet(),
                  after.mark(),
                  Optional.of(upper.device()),
                  Optional.empty(),
                  after.tracking(),
                  after.arrival());
          return engine.delivery.arrive(
              passed, engine.stack(upper.namespace()), inside, evidence(upper));
        });
  }

  private List<Source> evidence(Uppers.Place place) {
    return device(place).map(Device::source).stream().toList();
  }

  private Optional<Uppers.Place> holder(Uppers.Place lower, InFlight frame) {
    Optional<IpAddress> destination = Headers.ip(frame.packet()).map(Ip::destination);
    return engine.world.uppers().above(lower.namespace(), lower.device()).stream()
        .filter(this::isIpvlan)
        .filter(place -> destination.filter(address -> hasAddress(place, address)).isPresent())
        .findFirst();
  }

  private boolean isIpvlan(Uppers.Place place) {
    return device(place).filter(known -> known.kind() instanceof DeviceKind.Ipvlan).isPresent();
  }

  private boolean isMode(Uppers.Place place, String mode) {
    return device(place)
        .map(Device::kind)
        .filter(kind -> kind instanceof DeviceKind.Ipvlan ipvlan && ipvlan.mode().equals(mode))
        .isPresent();
  }

  private Optional<Device> device(Uppers.Place place) {
    return engine.stack(place.namespace()).device(place.device());
  }

  /** A device counts with its addresses while it is up (ipvlan_open). */
  private boolean hasAddress(Uppers.Place place, IpAddress address) {
    boolean down = device(place).flatMap(Device::isUp).filter(up -> !up).isPresent();
    return !down
        && engine
            .stack(place.namespace())
            .namespace()
            .links()
            .addressesOf(place.device())
            .anyMatch(entry -> entry.address().equals(address));
  }
}
