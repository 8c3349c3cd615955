package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final BridgeFlood flooding;
  private final BridgeExit exit;

  BridgeForwarding(Engine engine) {
    this.engine = engine;
    this.netfilter = new BridgeNetfilter(engine);
    this.flooding = new BridgeFlood(engine);
    this.exit = new BridgeExit(engine, netfilter);
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
    Optional<Assumption> unwalked =
        FrameRules.ofPort(stack, port).or(() -> FrameRules.ofBridge(stack, bridge));
    if (unwalked.isPresent()) {
      return trail.undetermined(unwalked.get());
    }
    Optional<Assumption> tagsToo = BridgeCalls.whetherTagged(stack, bridge, frame.packet());
    if (tagsToo.isPresent()) {
      return trail.undetermined(tagsToo.get());
    }
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
        : switching(started, stack, frame, bridge, port, false);
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
        return switching(trail, stack, frame, bridge, port, true);
      }

      @Override
      public List<Branch> up(Trail trail, InFlight frame) {
        return inVlan(
            trail,
            stack,
            frame,
            bridge,
            port,
            (within, vlan) -> toOwnStack(within, stack, frame, bridge, vlan, true));
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
            isForBridge(stack, bridge, destination)
                ? toOwnStack(within, stack, frame, bridge, vlan, prerouted)
                : toPort(within, stack, frame, bridge, vlan, Optional.of(port), destination));
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
    Optional<Assumption> unwalked = FrameRules.ofBridge(stack, bridge);
    if (unwalked.isPresent()) {
      return trail.undetermined(unwalked.get());
    }
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    return inVlan(
        trail,
        stack,
        frame,
        bridge,
        bridge,
        (within, vlan) ->
            toPort(within, stack, frame, bridge, vlan, Optional.empty(), destination));
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

  private List<Branch> toOwnStack(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      boolean prerouted) {
    List<Source> evidence = new ArrayList<>(source(stack, bridge));
    if (vlan.isEmpty()) {
      String decision = "to the bridge " + bridge + " itself";
      return engine.ingress.fromBridge(trail, stack, bridge, frame, decision, evidence, prerouted);
    }
    VlanFilter.Exit own = new VlanFilter(stack.namespace(), bridge).out(bridge, vlan.getAsInt());
    if (!own.member()) {
      String why = bridge + " itself isn't in VLAN " + vlan.getAsInt();
      evidence.addAll(stack.namespace().links().bridgeVlans().seenAt());
      return outsideVlan(trail, stack, frame, bridge, bridge, why, evidence);
    }
    evidence.addAll(own.evidence());
    InFlight leaving = frame.withPacket(Tags.with(frame.packet(), own.tag()));
    String decision =
        "to the bridge " + bridge + " itself, VLAN " + vlan.getAsInt() + tagged(own.tag());
    return engine.ingress.fromBridge(
        trail,
        stack,
        bridge,
        leaving,
        decision,
        evidence,
        prerouted && own.tag() == VlanFilter.UNTAGGED);
  }

  /** How a port sends a frame of a VLAN. */
  static String tagged(int tag) {
    return tag == VlanFilter.UNTAGGED ? " untagged" : " tagged";
  }

  private List<Branch> toPort(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      MacAddress destination) {
    List<String> others = new ArrayList<>(Bridges.portsOf(stack.namespace(), bridge));
    from.ifPresent(others::remove);
    others.removeIf(port -> exitTag(stack, frame, bridge, vlan, port).isEmpty());
    Map<String, Integer> tags = new LinkedHashMap<>();
    others.forEach(port -> tags.put(port, exitTag(stack, frame, bridge, vlan, port).orElseThrow()));
    Optional<FdbEntry> learned =
        Bridges.entry(stack.namespace(), bridge, destination, vlan)
            .filter(entry -> !hasMoved(stack, entry, destination, tags));
    if (learned.isPresent()) {
      FdbEntry entry = learned.get();
      String decision = "bridge " + bridge + ": " + destination + " is behind " + entry.device();
      return exit.out(
          trail,
          stack,
          frame,
          bridge,
          vlan,
          from,
          entry.device(),
          decision,
          List.of(entry.source()));
    }
    return flood(trail, stack, frame, bridge, vlan, from, destination, tags);
  }

  /** The tag with which a port sends the frame; empty where it doesn't take it. */
  private static OptionalInt exitTag(
      Stack stack, InFlight frame, String bridge, OptionalInt vlan, String port) {
    if (vlan.isEmpty()) {
      return OptionalInt.of(Tags.identifier(frame.packet()));
    }
    VlanFilter.Exit exit = new VlanFilter(stack.namespace(), bridge).out(port, vlan.getAsInt());
    return exit.member() ? OptionalInt.of(exit.tag()) : OptionalInt.empty();
  }

  /** An answer that came by another port since the listing has changed the entry. */
  private boolean hasMoved(
      Stack stack, FdbEntry entry, MacAddress destination, Map<String, Integer> others) {
    return engine.neighbours.hasHeard(destination)
        && Bridges.mayMove(entry)
        && others.entrySet().stream()
            .filter(other -> !other.getKey().equals(entry.device()))
            .anyMatch(other ->
                Bridges.setting(stack.namespace(), other.getKey(), "learning")
                    && flooding.leadsTo(stack, other.getKey(), other.getValue(), destination));
  }

  private List<Branch> flood(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      MacAddress destination,
      Map<String, Integer> ports) {
    Optional<String> back =
        from.filter(port -> isBehind(stack, frame, bridge, vlan, port, destination));
    if (back.isPresent()) {
      String decision = "bridge " + bridge + ": " + destination + " is behind " + back.get();
      return exit.out(
          trail, stack, frame, bridge, vlan, from, back.get(), decision, source(stack, back.get()));
    }
    Optional<String> unseen = flooding.unseenOwner(stack, ports, frame);
    if (unseen.isPresent()) {
      String decision =
          "bridge "
              + bridge
              + ": "
              + Headers.ip(frame).destination()
              + " is behind "
              + unseen.get();
      return exit.out(
          trail.assuming(flooding.isAddressOf(stack, unseen.get(), destination)),
          stack,
          frame,
          bridge,
          vlan,
          from,
          unseen.get(),
          decision,
          source(stack, unseen.get()));
    }
    Optional<String> owner = flooding.ownerOf(stack, ports, destination);
    if (owner.filter(port -> flooding.isKeptFrom(stack, port, destination)).isPresent()) {
      return dropped(
          trail,
          stack,
          frame,
          owner.get(),
          "it doesn't flood, and the bridge knows no port for " + destination,
          Bridges.port(stack.namespace(), owner.get()).orElseThrow().source());
    }
    return owner
        .map(port ->
            exit.out(
                trail,
                stack,
                frame,
                bridge,
                vlan,
                from,
                port,
                BridgeFlood.decision(bridge, destination, port),
                source(stack, port)))
        .orElseGet(() -> flooding.toNobody(trail, stack, frame, bridge, destination, ports));
  }

  private boolean isBehind(
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      String port,
      MacAddress destination) {
    OptionalInt tag = exitTag(stack, frame, bridge, vlan, port);
    return tag.isPresent() && flooding.leadsTo(stack, port, tag.getAsInt(), destination);
  }

  private static List<Source> source(Stack stack, String device) {
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
