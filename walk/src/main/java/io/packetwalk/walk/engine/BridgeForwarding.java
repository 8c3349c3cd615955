package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Forwards a frame through a Linux bridge: to the bridge's own stack, to the port that the
 * forwarding database names, or to every port (the kernel's br_handle_frame_finish and
 * br_dev_xmit).
 */
final class BridgeForwarding {
  private final Engine engine;
  private final BridgeNetfilter netfilter;
  private final BridgePortChoice ports;
  private final BridgeToStack ownStack;

  BridgeForwarding(Engine engine) {
    this.engine = engine;
    this.netfilter = new BridgeNetfilter(engine);
    this.ownStack = new BridgeToStack(engine);
    this.ports = new BridgePortChoice(engine, new BridgeExit(engine, netfilter));
  }

  /** A frame that came in by a port. */
  List<Branch> fromPort(Trail trail, Stack stack, InFlight frame, String bridge, String port) {
    Optional<BridgePort> known = Bridges.port(stack.namespace(), port);
    Optional<String> blocked =
        known.flatMap(BridgePort::state).filter(state -> !state.equals("forwarding"));
    if (blocked.isPresent()) {
      return blocked(trail, stack, frame, port, blocked.get(), known.get().source());
    }
    Optional<Ethernet> link = Headers.ethernet(frame.packet());
    if (link.isEmpty()) {
      return trail.undetermined(
          Unmodelled.device(stack.id(), bridge, "a frame without Ethernet header", List.of()));
    }
    if (Tags.isOfOtherKind(frame.packet()) && Bridges.isVlanAware(stack.namespace(), bridge)) {
      return trail.undetermined(tags(stack, bridge));
    }
    return admitted(trail, stack, frame, bridge, port, link.get());
  }

  static Assumption tags(Stack stack, String bridge) {
    return new Assumption(
        "how " + bridge + " of " + stack.id() + " treats tags of another kind isn't modelled",
        Commands.in(stack.id(), "bridge vlan show"),
        source(stack, bridge));
  }

  private List<Branch> admitted(
      Trail trail, Stack stack, InFlight frame, String bridge, String port, Ethernet link) {
    Optional<Assumption> tagsToo = BridgeCalls.whetherTagged(stack, bridge, frame.packet());
    if (tagsToo.isPresent()) {
      return trail.undetermined(tagsToo.get());
    }
    return engine.frames.fromPort(
        Hook.BRIDGE_PREROUTING,
        trail,
        stack,
        frame,
        bridge,
        port,
        (passed, after) -> called(passed, stack, after, bridge, port, link));
  }

  private List<Branch> called(
      Trail trail, Stack stack, InFlight frame, String bridge, String port, Ethernet link) {
    BridgeCalls calls = calls(stack, bridge, frame);
    Trail started = calls.assumption().map(trail::assuming).orElse(trail);
    return calls.on()
        ? netfilter.prerouting(
            started,
            stack,
            frame.withArrival(InFlight.Arrival.of(Optional.of(link)).byPort(port)),
            bridge,
            link,
            prerouted(stack, bridge, port))
        : late(
            started,
            stack,
            frame,
            bridge,
            port,
            (passed, after) -> switching(passed, stack, after, bridge, port, false));
  }

  /** The chains behind the calls to the IP hooks. */
  private List<Branch> late(
      Trail trail, Stack stack, InFlight frame, String bridge, String port, Continuation next) {
    return engine.frames.fromPort(Hook.BRIDGE_PREROUTED, trail, stack, frame, bridge, port, next);
  }

  /** Frames with a tag are netfilter's only where a setting says so (IS_VLAN_IP). */
  static BridgeCalls calls(Stack stack, String bridge, InFlight frame) {
    return Headers.ip(frame.packet())
        .filter(header -> Tags.of(frame.packet()).isEmpty())
        .map(header -> BridgeCalls.of(stack, bridge, header.destination().family()))
        .orElse(new BridgeCalls(false, Optional.empty()));
  }

  private BridgeNetfilter.AfterPrerouting prerouted(Stack stack, String bridge, String port) {
    return new BridgeNetfilter.AfterPrerouting() {
      @Override
      public List<Branch> bridged(Trail trail, InFlight frame) {
        return late(
            trail,
            stack,
            frame,
            bridge,
            port,
            (passed, after) -> switching(passed, stack, after, bridge, port, true));
      }

      @Override
      public List<Branch> up(Trail trail, InFlight frame) {
        return late(
            trail,
            stack,
            frame,
            bridge,
            port,
            (passed, after) ->
                inVlan(
                    passed,
                    stack,
                    after,
                    bridge,
                    port,
                    (within, vlan) ->
                        ownStack.take(within, stack, after, bridge, port, vlan, true)));
      }
    };
  }

  private List<Branch> switching(
      Trail trail, Stack stack, InFlight frame, String bridge, String port, boolean prerouted) {
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    return inVlan(
        trail,
        stack,
        frame,
        bridge,
        port,
        (within, vlan) ->
            destination.isGroup()
                ? toMany(
                    within,
                    stack,
                    frame,
                    bridge,
                    vlan,
                    Optional.of(port),
                    Optional.of(
                        on -> ownStack.take(on, stack, frame, bridge, port, vlan, prerouted)))
                : isForBridge(stack, bridge, destination)
                    ? ownStack.take(within, stack, frame, bridge, port, vlan, prerouted)
                    : ports.send(
                        within, stack, frame, bridge, vlan, Optional.of(port), destination));
  }

  /** Where a frame goes on in its VLAN; empty where the bridge has none. */
  private interface InVlan {
    List<Branch> go(Trail trail, OptionalInt vlan);
  }

  private static List<Branch> inVlan(
      Trail trail, Stack stack, InFlight frame, String bridge, String port, InVlan next) {
    int tag = Tags.identifier(frame.packet());
    return switch (new VlanFilter(stack.namespace(), bridge).in(port, tag)) {
      case VlanFilter.Unfiltered all -> next.go(trail, OptionalInt.empty());
      case VlanFilter.Within within ->
          next.go(
              within.assumption().map(trail::assuming).orElse(trail),
              OptionalInt.of(within.vlan()));
      case VlanFilter.Refused refused ->
          outsideVlan(trail, stack, frame, bridge, port, refused.why(), refused.evidence());
      case VlanFilter.NotShown unknown -> trail.undetermined(unknown.missing());
    };
  }

  /** A frame that the bridge's own stack sends. */
  List<Branch> fromStack(Trail trail, Stack stack, InFlight frame, String bridge) {
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    return inVlan(
        trail,
        stack,
        frame,
        bridge,
        bridge,
        (within, vlan) ->
            destination.isGroup()
                ? toMany(within, stack, frame, bridge, vlan, Optional.empty(), Optional.empty())
                : ports.send(within, stack, frame, bridge, vlan, Optional.empty(), destination));
  }

  /**
   * A frame for many.
   *
   * @param own what the bridge's own stack does with it, where it didn't send it
   */
  private List<Branch> toMany(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      Optional<Copies.Copy> own) {
    return switch (BridgeSnooping.of(stack, frame, bridge, vlan)) {
      case BridgeSnooping.Open open -> trail.undetermined(open.missing());
      case BridgeSnooping.Everybody all -> {
        List<Copies.Copy> copies = new ArrayList<>(own.stream().toList());
        ports
            .copies(stack, frame, bridge, vlan, from)
            .forEach(copy -> copies.add(on -> copy.go(assuming(on, all.assumption()))));
        yield copied(trail, stack, frame, bridge, copies, "no port takes a copy");
      }
      case BridgeSnooping.Some some -> {
        List<Copies.Copy> copies =
            new ArrayList<>(own.filter(take -> some.own().isPresent()).stream().toList());
        copies.addAll(ports.copies(stack, frame, bridge, vlan, from, some));
        yield copied(
            assuming(trail, some.assumption()),
            stack,
            frame,
            bridge,
            copies,
            "no other port has asked for the group " + some.group());
      }
    };
  }

  private static Trail assuming(Trail trail, Optional<Assumption> assumption) {
    return assumption.map(trail::assuming).orElse(trail);
  }

  private static List<Branch> copied(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      List<Copies.Copy> copies,
      String none) {
    return copies.isEmpty()
        ? dropped(
            trail,
            stack,
            frame,
            bridge,
            none,
            source(stack, bridge).stream().findFirst().orElseThrow())
        : Copies.of(trail, copies);
  }

  private static boolean isForBridge(Stack stack, String bridge, MacAddress destination) {
    return destination.isGroup()
        || stack.device(bridge).flatMap(Device::mac).filter(destination::equals).isPresent();
  }

  /** A port takes frames of its VLANs only (br_allowed_ingress, br_allowed_egress). */
  static List<Branch> outsideVlan(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      String port,
      String why,
      List<Source> evidence) {
    Step step =
        new Step(
            stack.id(),
            port,
            Stage.BRIDGE,
            Action.DROP,
            bridge + " drops the frame: " + why,
            evidence,
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + step.decision());
  }

  /** How a port sends a frame of a VLAN. */
  static String tagged(int tag) {
    return tag == VlanFilter.UNTAGGED ? " untagged" : " tagged";
  }

  static List<Source> source(Stack stack, String device) {
    return stack.device(device).map(Device::source).map(List::of).orElse(List.of());
  }

  /**
   * A port that listens or learns goes on to forward by itself (br_forward_delay_timer_expired).
   */
  static List<Branch> blocked(
      Trail trail, Stack stack, InFlight frame, String port, String state, Source evidence) {
    boolean passing = state.equals("listening") || state.equals("learning");
    Trail still =
        passing
            ? trail.assuming(
                new Assumption(
                    port + " of " + stack.id() + " is still " + state,
                    Commands.in(stack.id(), "bridge link show dev " + port),
                    List.of(evidence)))
            : trail;
    return dropped(still, stack, frame, port, "the bridge port is " + state, evidence);
  }

  static List<Branch> dropped(
      Trail trail, Stack stack, InFlight frame, String device, String why, Source evidence) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.BRIDGE,
            Action.DROP,
            device + " drops the frame: " + why,
            List.of(evidence),
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, device + " of " + stack.id() + ": " + why);
  }
}
