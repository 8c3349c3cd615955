package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.BridgeVlan;
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
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    boolean tagged =
        frame.packet().layers().size() > 1 && frame.packet().layers().get(1) instanceof Vlan;
    if (tagged && Bridges.isVlanAware(stack.namespace(), bridge)) {
      return trail.undetermined(tags(stack, bridge));
    }
    return admitted(trail, stack, frame, bridge, port, link.get());
  }

  static Assumption tags(Stack stack, String bridge) {
    return new Assumption(
        "how " + bridge + " of " + stack.id() + " filters and tags by VLAN isn't modelled here",
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

  static BridgeCalls calls(Stack stack, String bridge, InFlight frame) {
    return Headers.ip(frame.packet())
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
        return toOwnStack(trail, stack, frame, bridge, true);
      }
    };
  }

  private List<Branch> switching(
      Trail trail, Stack stack, InFlight frame, String bridge, String port, boolean prerouted) {
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    boolean own = isForBridge(stack, bridge, destination);
    Optional<Boolean> sameVlan = Bridges.isSameVlan(stack.namespace(), bridge, port, bridge);
    if (own && sameVlan.isEmpty()) {
      return trail.undetermined(tags(stack, bridge));
    }
    if (own && !sameVlan.get()) {
      return outsideVlan(trail, stack, frame, bridge, port, bridge);
    }
    return own
        ? toOwnStack(trail, stack, frame, bridge, prerouted)
        : toPort(trail, stack, frame, bridge, Optional.of(port), destination);
  }

  /** A frame that the bridge's own stack sends. */
  List<Branch> fromStack(Trail trail, Stack stack, InFlight frame, String bridge) {
    Optional<Assumption> unwalked = FrameRules.ofBridge(stack, bridge);
    if (unwalked.isPresent()) {
      return trail.undetermined(unwalked.get());
    }
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    return toPort(trail, stack, frame, bridge, Optional.empty(), destination);
  }

  private static boolean isForBridge(Stack stack, String bridge, MacAddress destination) {
    return destination.isGroup()
        || stack.device(bridge).flatMap(Device::mac).filter(destination::equals).isPresent();
  }

  /** A port takes frames of its VLANs only (br_allowed_egress). */
  static List<Branch> outsideVlan(
      Trail trail, Stack stack, InFlight frame, String bridge, String from, String to) {
    List<Source> evidence =
        new ArrayList<>(Bridges.vlans(stack.namespace(), from).map(BridgeVlan::source).toList());
    Bridges.vlans(stack.namespace(), to).map(BridgeVlan::source).forEach(evidence::add);
    Step step =
        new Step(
            stack.id(),
            to,
            Stage.BRIDGE,
            Action.DROP,
            bridge + " drops the frame: " + to + " isn't in the VLAN of " + from,
            evidence,
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + step.decision());
  }

  private List<Branch> toOwnStack(
      Trail trail, Stack stack, InFlight frame, String bridge, boolean prerouted) {
    String decision = "to the bridge " + bridge + " itself";
    return engine.ingress.fromBridge(
        trail, stack, bridge, frame, decision, source(stack, bridge), prerouted);
  }

  private List<Branch> toPort(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      Optional<String> from,
      MacAddress destination) {
    List<String> others = new ArrayList<>(Bridges.portsOf(stack.namespace(), bridge));
    from.ifPresent(others::remove);
    Optional<FdbEntry> learned =
        Bridges.entry(stack.namespace(), bridge, destination)
            .filter(entry -> !hasMoved(stack, entry, destination, others));
    if (learned.isPresent()) {
      FdbEntry entry = learned.get();
      String decision = "bridge " + bridge + ": " + destination + " is behind " + entry.device();
      return exit.out(
          trail, stack, frame, bridge, from, entry.device(), decision, List.of(entry.source()));
    }
    return flood(trail, stack, frame, bridge, from, destination, others);
  }

  /** An answer that came by another port since the listing has changed the entry. */
  private boolean hasMoved(
      Stack stack, FdbEntry entry, MacAddress destination, List<String> others) {
    return engine.neighbours.hasHeard(destination)
        && Bridges.mayMove(entry)
        && others.stream()
            .filter(port -> !port.equals(entry.device()))
            .anyMatch(port ->
                Bridges.setting(stack.namespace(), port, "learning")
                    && flooding.leadsTo(stack, port, destination));
  }

  private List<Branch> flood(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      Optional<String> from,
      MacAddress destination,
      List<String> ports) {
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
                from,
                port,
                BridgeFlood.decision(bridge, destination, port),
                source(stack, port)))
        .orElseGet(() -> flooding.toNobody(trail, stack, frame, bridge, destination, ports));
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
