package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bonds;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.SwitchPortKind;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a frame in by a device (the kernel's __netif_receive_skb_core and eth_type_trans). */
final class Ingress {
  /** How it is said that a frame is for another device. */
  static final String NOT_FOR_DEVICE = "the frame is for ";

  private final Engine engine;

  Ingress(Engine engine) {
    this.engine = engine;
  }

  /**
   * @param evidence what shows that the frame comes in here
   */
  List<Branch> receive(
      Trail trail, Stack stack, String deviceName, InFlight frame, List<Source> evidence) {
    return receive(trail, stack, deviceName, frame, "in by " + deviceName, evidence);
  }

  List<Branch> receive(
      Trail trail,
      Stack stack,
      String deviceName,
      InFlight frame,
      String decision,
      List<Source> evidence) {
    if (!engine.mayGoOn(trail)) {
      return trail.undetermined(Unmodelled.tooLarge(stack.id()));
    }
    Optional<Device> device = stack.device(deviceName);
    Optional<String> closed = device.flatMap(Egress::whyClosed);
    if (closed.isPresent()) {
      return drop(trail, stack, deviceName, frame, closed.get(), List.of(device.get().source()));
    }
    Step step =
        new Step(
            stack.id(),
            deviceName,
            Stage.INGRESS,
            Action.FORWARD,
            decision,
            evidence,
            frame.packet());
    if (trail.has(earlier -> isSameVisit(earlier, step))) {
      return looped(trail, stack, step);
    }
    return accept(trail.then(step), stack, deviceName, device, frame);
  }

  /**
   * A bridge hands a frame to its own stack.
   *
   * @param prerouted whether the bridge has asked the PREROUTING hook already
   */
  List<Branch> fromBridge(
      Trail trail,
      Stack stack,
      String bridge,
      InFlight frame,
      String decision,
      List<Source> evidence,
      boolean prerouted) {
    if (!prerouted) {
      return receive(trail, stack, bridge, frame, decision, evidence);
    }
    Step step =
        new Step(
            stack.id(), bridge, Stage.INGRESS, Action.FORWARD, decision, evidence, frame.packet());
    if (trail.has(earlier -> isSameVisit(earlier, step))) {
      return looped(trail, stack, step);
    }
    return engine.frames.ingress(
        trail.then(step),
        stack,
        frame,
        bridge,
        (passed, after) ->
            engine.input.enterPrerouted(passed, stack, bridge, entering(after, bridge)));
  }

  /**
   * Takes a frame in whatever address it is for: a VXLAN device does with what this stack sent to
   * itself, a macvlan device in mode passthru with all.
   */
  List<Branch> bypassing(
      Trail trail, Stack stack, String device, InFlight frame, List<Source> evidence) {
    Optional<Ethernet> link = Headers.ethernet(frame.packet());
    boolean bridged = Bridges.bridgeOf(stack.namespace(), device).isPresent();
    if (bridged || link.isEmpty()) {
      return receive(trail, stack, device, frame, evidence);
    }
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.INGRESS,
            Action.FORWARD,
            "in by " + device,
            evidence,
            frame.packet());
    return trail.has(earlier -> isSameVisit(earlier, step))
        ? looped(trail, stack, step)
        : engine.frames.ingress(
            trail.then(step),
            stack,
            frame,
            device,
            (passed, after) -> toStack(passed, stack, device, after));
  }

  /** The loopback device hands to its own stack what was sent to it. */
  List<Branch> loopBack(Trail trail, Stack stack, InFlight frame) {
    return receive(trail, stack, FlowKey.LOCALLY, frame, List.of());
  }

  private List<Branch> accept(
      Trail trail, Stack stack, String deviceName, Optional<Device> device, InFlight frame) {
    Optional<Assumption> opaque = Programs.atIngress(stack, deviceName);
    if (opaque.isPresent()) {
      return trail.undetermined(opaque.get());
    }
    return engine.frames.ingress(
        trail,
        stack,
        frame,
        deviceName,
        (passed, after) -> handUp(passed, stack, deviceName, device, after));
  }

  private List<Branch> handUp(
      Trail trail, Stack stack, String deviceName, Optional<Device> device, InFlight frame) {
    Optional<Uppers.Place> tagged =
        engine.world.uppers().taking(stack.id(), deviceName, Tags.identifier(frame.packet()));
    if (tagged.isPresent()) {
      return untag(trail, stack, frame, tagged.get());
    }
    Optional<String> bridge = Bridges.bridgeOf(stack.namespace(), deviceName);
    if (bridge.isPresent()) {
      return engine.bridges.fromPort(trail, stack, frame, bridge.get(), deviceName);
    }
    Optional<String> master = device.flatMap(Device::master);
    if (isSwitchPort(stack, deviceName, master)) {
      return engine.switching.enter(trail, stack, frame, deviceName);
    }
    Optional<Device> bond = Bonds.bondOf(stack.namespace(), deviceName);
    if (bond.isPresent()) {
      return intoBond(trail, stack, deviceName, frame, bond.get());
    }
    Optional<List<Copies.Copy>> copies = engine.stacked.copiesUp(stack, deviceName, frame);
    if (copies.isPresent()) {
      List<Copies.Copy> all = new ArrayList<>(copies.get());
      all.add(copy -> filter(copy, stack, deviceName, device, frame));
      return Copies.of(trail, all);
    }
    Optional<Uppers.Place> taker = engine.stacked.taker(stack, deviceName, frame);
    return taker.isPresent()
        ? engine.stacked.up(trail, frame, taker.get())
        : filter(trail, stack, deviceName, device, frame);
  }

  /** A port of Open vSwitch that isn't an internal one: the data path takes what it receives. */
  private static boolean isSwitchPort(Stack stack, String device, Optional<String> master) {
    boolean enslaved = master.filter(SwitchPortKind.DATA_PATH::equals).isPresent();
    return enslaved
        || (master.isEmpty()
            && Switching.bridgeOf(stack, device)
                .flatMap(bridge -> bridge.port(device))
                .map(port -> SwitchPortKind.of(stack.namespace(), port))
                .filter(SwitchPortKind.OfSystem.class::isInstance)
                .isPresent());
  }

  private List<Branch> intoBond(
      Trail trail, Stack stack, String member, InFlight frame, Device bond) {
    List<Source> evidence = List.of(bond.source());
    return bond.kind() instanceof DeviceKind.Bond kind && Bonds.isBackup(kind, member)
        ? drop(
            trail, stack, member, frame, "it isn't the active member of " + bond.name(), evidence)
        : receive(trail, stack, bond.name(), frame, evidence);
  }

  private List<Branch> filter(
      Trail trail, Stack stack, String deviceName, Optional<Device> device, InFlight frame) {
    Optional<Ethernet> link = Headers.ethernet(frame.packet());
    Optional<MacAddress> own = device.flatMap(Device::mac);
    if (link.isPresent() && own.isPresent() && !isFor(own.get(), link.get().destination())) {
      return drop(
          trail,
          stack,
          deviceName,
          frame,
          NOT_FOR_DEVICE + link.get().destination() + ", and the device has " + own.get(),
          sources(device));
    }
    int tag = Tags.identifier(frame.packet());
    if (tag != VlanFilter.UNTAGGED) {
      return drop(
          trail,
          stack,
          deviceName,
          frame,
          "no device takes VLAN " + tag,
          stack.namespace().links().devices().seenAt());
    }
    return toStack(trail, stack, deviceName, frame);
  }

  /** All zeros stands for an address that the state doesn't show. */
  private static boolean isFor(MacAddress own, MacAddress destination) {
    return destination.isGroup()
        || destination.equals(own)
        || destination.equals(MacAddress.ZERO)
        || own.equals(MacAddress.ZERO);
  }

  private List<Branch> untag(Trail trail, Stack stack, InFlight frame, Uppers.Place taker) {
    Stack above = engine.stack(taker.namespace());
    InFlight untagged = frame.withPacket(Tags.pop(frame.packet()));
    return receive(
        trail,
        above,
        taker.device(),
        above.id().equals(stack.id()) ? untagged : untagged.withMark(0),
        sources(above.device(taker.device())));
  }

  private List<Branch> toStack(Trail trail, Stack stack, String device, InFlight frame) {
    Packet packet = Headers.withoutLink(frame.packet());
    InFlight entering =
        new InFlight(
            packet,
            frame.mark(),
            Optional.of(device),
            Optional.empty(),
            frame.tracking(),
            InFlight.Arrival.of(Headers.ethernet(frame.packet())));
    return packet.outermost() instanceof Ip
        ? engine.input.enter(trail, stack, device, entering)
        : trail.undetermined(Unmodelled.device(stack.id(), device, "not an IP packet", List.of()));
  }

  private static InFlight entering(InFlight frame, String device) {
    return new InFlight(
        Headers.withoutLink(frame.packet()),
        frame.mark(),
        Optional.of(device),
        Optional.empty(),
        frame.tracking(),
        frame.arrival());
  }

  private static List<Branch> drop(
      Trail trail, Stack stack, String device, InFlight frame, String why, List<Source> evidence) {
    String decision = device + " of " + stack.id() + " drops the frame: " + why;
    Step step =
        new Step(
            stack.id(), device, Stage.INGRESS, Action.DROP, decision, evidence, frame.packet());
    return trail.then(step).end(Verdict.DROPPED, decision);
  }

  private static List<Branch> looped(Trail trail, Stack stack, Step step) {
    return trail
        .then(step)
        .end(
            Verdict.LOOPED,
            "the packet comes in by "
                + step.device()
                + " of "
                + stack.id()
                + " again: it goes round until its hop limit ends it");
  }

  /** The same frame at the same place, but for its hop limit. */
  private static boolean isSameVisit(Step earlier, Step now) {
    return earlier.stage() == Stage.INGRESS
        && earlier.place().equals(now.place())
        && earlier.device().equals(now.device())
        && unlimited(earlier.packet()).equals(unlimited(now.packet()));
  }

  private static Packet unlimited(Packet packet) {
    List<Layer> layers = new ArrayList<>(packet.layers());
    layers.replaceAll(layer -> layer instanceof Ip ip ? ip.withHopLimit(0).asLayer() : layer);
    return new Packet(layers);
  }

  private static List<Source> sources(Optional<Device> device) {
    return device.map(Device::source).map(List::of).orElse(List.of());
  }
}
