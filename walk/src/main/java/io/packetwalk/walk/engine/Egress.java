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
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Cable;
import io.packetwalk.walk.topology.KnownKinds;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Vlan;
import java.util.List;
import java.util.Optional;

/**
 * Sends a frame out of a device, by what kind of device it is (the kernel's dev_hard_start_xmit).
 */
final class Egress {
  private final Engine engine;

  Egress(Engine engine) {
    this.engine = engine;
  }

  /**
   * @param nextHop whom the frame is for, where routing said it
   */
  List<Branch> send(
      Trail trail, Stack stack, InFlight frame, String deviceName, Optional<IpAddress> nextHop) {
    if (!engine.mayGoOn(trail)) {
      return trail.undetermined(Unmodelled.tooLarge(stack.id()));
    }
    Optional<Device> device = stack.device(deviceName);
    Optional<String> closed = device.flatMap(Egress::whyClosed);
    if (closed.isPresent()) {
      return dropped(trail, stack, frame, device.get(), closed.get());
    }
    Optional<Assumption> opaque = Programs.atEgress(stack, deviceName);
    if (opaque.isPresent()) {
      return trail.undetermined(opaque.get());
    }
    return engine.frames.egress(
        trail,
        stack,
        frame,
        deviceName,
        (passed, after) -> byKind(passed, stack, after, deviceName, device, nextHop));
  }

  private List<Branch> byKind(
      Trail trail,
      Stack stack,
      InFlight frame,
      String deviceName,
      Optional<Device> device,
      Optional<IpAddress> nextHop) {
    Trail sent = trail.then(step(stack, frame, deviceName, device));
    DeviceKind kind =
        KnownKinds.of(stack.namespace(), deviceName).orElseGet(DeviceKind.Ethernet::new);
    InFlight leaving = frame.withOutput(deviceName);
    return switch (kind) {
      case DeviceKind.Loopback loopback -> engine.ingress.loopBack(sent, stack, leaving);
      case DeviceKind.Ethernet ethernet -> overCable(sent, stack, leaving, deviceName, nextHop);
      case DeviceKind.Veth veth -> overCable(sent, stack, leaving, deviceName, nextHop);
      case DeviceKind.Bond bond ->
          engine.bondOutput.send(sent, stack, leaving, deviceName, bond, nextHop);
      case DeviceKind.Bridge bridge -> engine.bridges.fromStack(sent, stack, leaving, deviceName);
      case DeviceKind.Vxlan vxlan ->
          engine.vxlanEgress.send(sent, stack, leaving, deviceName, vxlan);
      case DeviceKind.IpTunnel tunnel ->
          engine.tunnelEgress.ip(sent, stack, leaving, deviceName, tunnel, nextHop);
      case DeviceKind.Vlan vlan -> tagged(sent, stack, leaving, deviceName, vlan, nextHop);
      case DeviceKind.Dummy dummy ->
          dropped(sent, stack, frame, device.orElseThrow(), "a dummy device has no wire");
      case DeviceKind.OpenVswitch switched ->
          engine.switching.enter(sent, stack, leaving, deviceName);
      case DeviceKind.Geneve geneve ->
          engine.geneveTunnels.send(sent, stack, leaving, deviceName, geneve);
      case DeviceKind.Macvlan macvlan ->
          engine.stacked.macvlan(sent, stack, leaving, deviceName, macvlan, nextHop);
      case DeviceKind.Ipvlan ipvlan ->
          engine.ipvlans.send(sent, stack, leaving, deviceName, ipvlan, nextHop);
      case DeviceKind.Vrf vrf -> engine.vrfs.reroute(sent, stack, leaving, device.orElseThrow());
      case DeviceKind.Tun tun ->
          sent.undetermined(Unmodelled.program(stack.id(), deviceName, evidence(device)));
      case DeviceKind.Wireguard guard -> engine.wireguard.send(sent, stack, leaving, deviceName);
      case DeviceKind.Other other -> unmodelled(sent, stack, deviceName, other.name(), device);
    };
  }

  static Optional<String> whyClosed(Device device) {
    if (device.isUp().filter(up -> !up).isPresent()) {
      return Optional.of("it is down");
    }
    return device.isWithoutCarrier() ? Optional.of("it has no carrier") : Optional.empty();
  }

  private static List<Branch> dropped(
      Trail trail, Stack stack, InFlight frame, Device device, String why) {
    String decision = device.name() + " drops what is sent: " + why;
    Step step =
        new Step(
            stack.id(),
            device.name(),
            Stage.EGRESS,
            Action.DROP,
            decision,
            List.of(device.source()),
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, device.name() + " of " + stack.id() + ": " + why);
  }

  private static Step step(
      Stack stack, InFlight frame, String deviceName, Optional<Device> device) {
    return new Step(
        stack.id(),
        deviceName,
        Stage.EGRESS,
        Action.FORWARD,
        "out by " + deviceName,
        evidence(device),
        frame.packet());
  }

  private static List<Source> evidence(Optional<Device> device) {
    return device.map(Device::source).map(List::of).orElse(List.of());
  }

  private static List<Branch> unmodelled(
      Trail trail, Stack stack, String name, String kind, Optional<Device> device) {
    return trail.undetermined(Unmodelled.device(stack.id(), name, kind, evidence(device)));
  }

  private List<Branch> overCable(
      Trail trail, Stack stack, InFlight frame, String device, Optional<IpAddress> nextHop) {
    return switch (engine.world.cabling().from(stack.id(), device)) {
      case Cable.To to -> {
        Optional<List<Branch>> beside = beside(trail, to, frame, nextHop);
        if (beside.isPresent()) {
          yield beside.get();
        }
        Trail plugged = to.assumption().map(trail::assuming).orElse(trail);
        Optional<Device> far = engine.stack(to.namespace()).device(to.device());
        if (far.isPresent() && isTooLarge(trail, frame, far.get())) {
          yield tooLarge(plugged, engine.stack(to.namespace()), frame, far.get());
        }
        InFlight arriving = to.namespace().equals(stack.id()) ? frame : frame.withMark(0);
        yield engine.ingress.receive(
            plugged, engine.stack(to.namespace()), to.device(), arriving, to.evidence());
      }
      case Cable.Outside outside when isForMany(frame) ->
          trail.undetermined(Unmodelled.onTheWire(stack.id(), device));
      case Cable.Outside outside -> engine.underlay.cross(trail, stack, frame, device, nextHop);
      case Cable.Unknown unknown -> trail.undetermined(unknown.missing());
    };
  }

  private static boolean isForMany(InFlight frame) {
    return Headers.ethernet(frame.packet())
        .filter(link -> link.destination().isGroup())
        .isPresent();
  }

  /** From one pod to another on a segment of which nobody listed the devices. */
  private Optional<List<Branch>> beside(
      Trail trail, Cable.To to, InFlight frame, Optional<IpAddress> nextHop) {
    Stack host = engine.stack(to.namespace());
    boolean unlisted = to.namespace().isHost() && host.device(to.device()).isEmpty();
    return nextHop
        .filter(hop -> unlisted)
        .flatMap(hop ->
            engine.unseenSegment.toPod(
                to.assumption().map(trail::assuming).orElse(trail), host, frame, to.device(), hop));
  }

  /** A device takes frames up to its MTU and a VLAN tag (is_skb_forwardable). */
  static boolean isTooLarge(Trail trail, InFlight frame, Device device) {
    return device.mtu().isPresent()
        && trail.sizeOf(frame.packet()) > device.mtu().getAsInt() + Vlan.HEADER_LENGTH;
  }

  static List<Branch> tooLarge(Trail trail, Stack stack, InFlight frame, Device device) {
    String why =
        "the packet of "
            + trail.sizeOf(frame.packet())
            + " bytes exceeds its MTU of "
            + device.mtu().getAsInt();
    Step step =
        new Step(
            stack.id(),
            device.name(),
            Stage.INGRESS,
            Action.DROP,
            device.name() + " drops the frame: " + why,
            List.of(device.source()),
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, device.name() + " of " + stack.id() + ": " + why);
  }

  /** An 802.1Q device hands the frame to its parent with a tag (vlan_dev_hard_start_xmit). */
  private List<Branch> tagged(
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      DeviceKind.Vlan vlan,
      Optional<IpAddress> nextHop) {
    Optional<Uppers.Place> lower = engine.world.uppers().below(stack.id(), device);
    if (lower.isEmpty()) {
      return trail.undetermined(StackedDevices.lowerMissing(stack, device));
    }
    InFlight carried = frame.withPacket(Tags.push(frame.packet(), vlan.identifier()));
    return engine.stacked.outByLower(trail, stack, carried, lower.get(), nextHop);
  }
}
