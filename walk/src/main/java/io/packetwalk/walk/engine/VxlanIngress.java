package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
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
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.List;
import java.util.Optional;

/**
 * Takes what VXLAN carries: by the device of its VNI and port, which learns where the frame's
 * sender is (vxlan_rcv, vxlan_snoop).
 */
final class VxlanIngress {
  private final Engine engine;

  VxlanIngress(Engine engine) {
    this.engine = engine;
  }

  /** Empty when the packet carries no VXLAN. */
  Optional<List<Branch>> open(Trail trail, Stack stack, InFlight packet) {
    List<Layer> layers = packet.packet().layers();
    if (layers.size() < 3
        || !(layers.get(1) instanceof Udp udp)
        || !(layers.get(2) instanceof Vxlan header)) {
      return Optional.empty();
    }
    Optional<Device> device = device(stack, udp.destinationPort(), header.vni());
    boolean unchecked =
        device.filter(found -> !isChecked(found, Headers.ip(packet), udp)).isPresent();
    if (unchecked) {
      return Optional.of(unchecked(trail, stack, packet, device.get()));
    }
    Optional<FdbEntry> elsewhere =
        device.flatMap(found -> contradicted(stack, found, packet, Headers.ip(packet)));
    if (elsewhere.isPresent()) {
      return Optional.of(refused(trail, stack, packet, elsewhere.get()));
    }
    device.ifPresent(found -> learn(stack, found, packet));
    return Optional.of(
        device
            .map(found ->
                engine.tunnelIngress.handIn(
                    trail,
                    stack,
                    packet.withPacket(packet.packet().without(3)),
                    found.name(),
                    List.of(found.source()),
                    "VXLAN " + header.vni()))
            .orElseGet(() -> noVxlan(trail, stack, packet, header.vni())));
  }

  private static boolean isChecked(Device device, Ip outer, Udp udp) {
    return !(device.kind() instanceof DeviceKind.Vxlan vxlan)
        || TunnelEgress.isChecked(outer, udp, vxlan.checksums());
  }

  /** Over IPv6 a device takes no packet without a UDP checksum unless it is told to. */
  static List<Branch> unchecked(Trail trail, Stack stack, InFlight packet, Device device) {
    return TunnelEgress.dropped(
        trail,
        stack,
        packet,
        device.name(),
        "it takes no packet without a UDP checksum over IPv6 (noudp6zerocsumrx)");
  }

  /** The stack's device that takes frames of this VNI on this port. */
  static Optional<Device> device(Stack stack, int port, int vni) {
    return stack.namespace().links().devices().stream()
        .filter(candidate -> takes(candidate, port, vni))
        .filter(candidate -> candidate.isUp().orElse(true))
        .findFirst();
  }

  /** A fixed entry that puts the frame's sender behind another remote (vxlan_snoop). */
  private static Optional<FdbEntry> contradicted(
      Stack stack, Device device, InFlight packet, Ip outer) {
    return device.kind() instanceof DeviceKind.Vxlan vxlan
        ? sender(packet)
            .flatMap(
                mac -> VxlanRemote.contradicting(stack, device.name(), vxlan, mac, outer.source()))
        : Optional.empty();
  }

  private static Optional<MacAddress> sender(InFlight packet) {
    return Headers.ethernet(packet.packet().without(3)).map(Ethernet::source);
  }

  private void learn(Stack stack, Device device, InFlight packet) {
    if (device.kind() instanceof DeviceKind.Vxlan vxlan) {
      sender(packet)
          .ifPresent(mac ->
              engine
                  .neighbours
                  .memory()
                  .learn(stack, device.name(), vxlan, mac, Headers.ip(packet).source()));
    }
  }

  /** Whether learning leaves the entry alone. */
  static boolean isFixed(FdbEntry entry) {
    return entry.flags().contains("permanent") || entry.flags().contains("static");
  }

  private static List<Branch> refused(Trail trail, Stack stack, InFlight packet, FdbEntry entry) {
    Step step =
        new Step(
            stack.id(),
            entry.device(),
            Stage.TUNNEL,
            Action.DROP,
            entry.device() + " drops it: by its fdb " + entry.mac() + " is behind another remote",
            List.of(entry.source()),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + step.decision());
  }

  private static boolean takes(Device device, int port, int vni) {
    return device.kind() instanceof DeviceKind.Vxlan vxlan
        && vxlan.port().orElse(port) == port
        && vxlan.vni().orElse(vni) == vni;
  }

  private static List<Branch> noVxlan(Trail trail, Stack stack, InFlight packet, int vni) {
    if (!stack.namespace().links().devices().isComplete()) {
      return trail.undetermined(
          new Assumption(
              "whether " + stack.id() + " has a device for VXLAN " + vni + " isn't in the state",
              Commands.in(stack.id(), "ip -d link show type vxlan")));
    }
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.TUNNEL,
            Action.DROP,
            TunnelIngress.NO_TAKER + "VXLAN " + vni + " on this port",
            stack.namespace().links().devices().seenAt(),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + step.decision());
  }

  /**
   * Whether the packet is a frame in VXLAN, or stands for one that asks for a neighbour, and no
   * device of the stack takes it.
   */
  boolean isNobodys(Stack stack, InFlight packet) {
    List<Layer> layers = packet.packet().layers();
    boolean known = stack.namespace().links().devices().isComplete();
    if (!known || layers.size() < 2 || !(layers.get(1) instanceof Udp udp)) {
      return false;
    }
    if (layers.size() > 2 && layers.get(2) instanceof Vxlan header) {
      return device(stack, udp.destinationPort(), header.vni()).isEmpty();
    }
    return engine.inTunnel
        && stack.namespace().links().devices().stream()
            .noneMatch(device -> takesPort(device, udp.destinationPort()));
  }

  private static boolean takesPort(Device device, int port) {
    return device.kind() instanceof DeviceKind.Vxlan vxlan
        && vxlan.port().orElse(Vxlan.PORT) == port;
  }
}
