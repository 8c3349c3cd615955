package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bonds;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.SwitchPortKind;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who takes a frame that a device has received: a VLAN's device, a bridge, a switch, a bond,
 * devices above it, or its own stack (the kernel's vlan_do_receive, rx_handler and packet types).
 */
final class Uptake {
  /** How it is said that a frame is for another device. */
  static final String NOT_FOR_DEVICE = "the frame is for ";

  private final Engine engine;

  Uptake(Engine engine) {
    this.engine = engine;
  }

  /** Gives a frame that has passed the device's chains to who takes it. */
  List<Branch> handUp(
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
        ? Ingress.drop(
            trail, stack, member, frame, "it isn't the active member of " + bond.name(), evidence)
        : engine.ingress.receive(trail, stack, bond.name(), frame, evidence);
  }

  private List<Branch> filter(
      Trail trail, Stack stack, String deviceName, Optional<Device> device, InFlight frame) {
    Optional<Ethernet> link = Headers.ethernet(frame.packet());
    Optional<MacAddress> own = device.flatMap(Device::mac);
    if (link.isPresent() && own.isPresent() && !isFor(own.get(), link.get().destination())) {
      return Ingress.drop(
          trail,
          stack,
          deviceName,
          frame,
          NOT_FOR_DEVICE + link.get().destination() + ", and the device has " + own.get(),
          sources(device));
    }
    int tag = Tags.identifier(frame.packet());
    if (tag != VlanFilter.UNTAGGED) {
      return Ingress.drop(
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
    return engine.ingress.receive(
        trail,
        above,
        taker.device(),
        above.id().equals(stack.id()) ? untagged : untagged.withMark(0),
        sources(above.device(taker.device())));
  }

  /** What is for this device's own stack. */
  List<Branch> toStack(Trail trail, Stack stack, String device, InFlight frame) {
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

  private static List<Source> sources(Optional<Device> device) {
    return device.map(Device::source).map(List::of).orElse(List.of());
  }
}
