package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Uppers;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries frames between macvlan devices and the device that they stand on, and hands frames up to
 * macvlan and ipvlan devices (the kernel's macvlan_queue_xmit and macvlan_handle_frame).
 *
 * <p>A macvlan device is chosen by the frame's link-layer address and doesn't reach the lower
 * device's own stack with what it sends.
 */
final class StackedDevices {
  private static final String BRIDGE = "bridge";

  private final Engine engine;

  StackedDevices(Engine engine) {
    this.engine = engine;
  }

  List<Branch> macvlan(
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      DeviceKind.Macvlan macvlan,
      Optional<IpAddress> nextHop) {
    Optional<Uppers.Place> lower = engine.world.uppers().below(stack.id(), device);
    if (lower.isEmpty()) {
      return trail.undetermined(lowerMissing(stack, device));
    }
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    if (destination.isGroup() && macvlan.mode().equals(BRIDGE)) {
      return bridgedCopies(trail, stack, frame, device, lower.get(), nextHop);
    }
    boolean sibling =
        macvlan.mode().equals(BRIDGE)
            && above(lower.get()).stream()
                .anyMatch(place -> isMode(place, BRIDGE) && hasMac(place, destination));
    return sibling
        ? into(trail, frame, lower.get(), device + " bridges to " + destination)
        : outByLower(trail, stack, frame, lower.get(), nextHop);
  }

  /** What is for many goes to the siblings in mode bridge, and out (macvlan_queue_xmit). */
  private List<Branch> bridgedCopies(
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      Uppers.Place lower,
      Optional<IpAddress> nextHop) {
    List<Copies.Copy> copies = new ArrayList<>();
    for (Uppers.Place place : above(lower)) {
      if (isMode(place, BRIDGE) && !place.equals(new Uppers.Place(stack.id(), device))) {
        copies.add(copy -> into(copy, frame, place, device + " bridges a copy"));
      }
    }
    copies.add(copy -> outByLower(copy, stack, frame, lower, nextHop));
    return Copies.of(trail, copies);
  }

  /**
   * A frame for many that came in by a device with macvlan devices on it: a copy to each, and one
   * for the device itself (macvlan_handle_frame). Empty where nothing stands on it.
   */
  Optional<List<Copies.Copy>> copiesUp(Stack stack, String device, InFlight frame) {
    Uppers.Place lower = new Uppers.Place(stack.id(), device);
    boolean forMany =
        Headers.ethernet(frame.packet()).filter(link -> link.destination().isGroup()).isPresent();
    List<Uppers.Place> uppers =
        above(lower).stream()
            .filter(place ->
                kind(place) instanceof DeviceKind.Macvlan
                    || kind(place) instanceof DeviceKind.Ipvlan)
            .toList();
    if (!forMany || uppers.isEmpty()) {
      return Optional.empty();
    }
    List<Copies.Copy> copies = new ArrayList<>();
    for (Uppers.Place place : uppers) {
      copies.add(copy ->
          kind(place) instanceof DeviceKind.Ipvlan || isMode(place, "source")
              ? copy.undetermined(
                  Unmodelled.device(
                      place.namespace(),
                      place.device(),
                      "frames for many on such a device",
                      device(place).map(Device::source).stream().toList()))
              : into(copy, frame, place, "a copy up to " + place.device()));
    }
    return Optional.of(copies);
  }

  /** The device above that takes a frame which came in by this one; empty when none does. */
  Optional<Uppers.Place> taker(Stack stack, String device, InFlight frame) {
    Uppers.Place lower = new Uppers.Place(stack.id(), device);
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    Optional<Uppers.Place> macvlan =
        above(lower).stream()
            .filter(place -> kind(place) instanceof DeviceKind.Macvlan)
            .filter(place -> !isMode(place, "source"))
            .filter(place -> hasMac(place, destination) || isMode(place, "passthru"))
            .findFirst();
    return macvlan.or(() -> engine.ipvlans.taker(lower, frame));
  }

  private List<Uppers.Place> above(Uppers.Place lower) {
    return engine.world.uppers().above(lower.namespace(), lower.device());
  }

  private DeviceKind kind(Uppers.Place place) {
    return device(place).map(Device::kind).orElseGet(DeviceKind.Ethernet::new);
  }

  private Optional<Device> device(Uppers.Place place) {
    return engine.stack(place.namespace()).device(place.device());
  }

  private boolean isMode(Uppers.Place place, String mode) {
    return kind(place) instanceof DeviceKind.Macvlan macvlan && macvlan.mode().equals(mode);
  }

  private boolean hasMac(Uppers.Place place, MacAddress mac) {
    return device(place).flatMap(Device::mac).filter(mac::equals).isPresent();
  }

  List<Branch> outByLower(
      Trail trail, Stack stack, InFlight frame, Uppers.Place lower, Optional<IpAddress> nextHop) {
    Stack below = engine.stack(lower.namespace());
    InFlight leaving = below.id().equals(stack.id()) ? frame : frame.withMark(0);
    return engine.egress.send(trail, below, leaving, lower.device(), nextHop);
  }

  /** A frame for a sibling enters the device below, for its taps, and is handed up from there. */
  List<Branch> into(Trail trail, InFlight frame, Uppers.Place place, String decision) {
    List<Source> evidence = device(place).map(Device::source).stream().toList();
    return engine.ingress.receive(
        trail,
        engine.stack(place.namespace()),
        place.device(),
        frame.withMark(0),
        decision,
        evidence);
  }

  /**
   * Hands a frame up to the device that takes it. In mode passthru whatever address the frame is
   * for is taken to be the device's own (macvlan_handle_frame).
   */
  List<Branch> up(Trail trail, InFlight frame, Uppers.Place taker) {
    boolean closed = device(taker).flatMap(Egress::whyClosed).isPresent();
    if (isMode(taker, "passthru") && !closed && isForAnother(taker, frame)) {
      List<Source> evidence = device(taker).map(Device::source).stream().toList();
      return engine.ingress.bypassing(
          trail, engine.stack(taker.namespace()), taker.device(), frame.withMark(0), evidence);
    }
    return into(trail, frame, taker, "up to " + taker.device() + " of " + taker.namespace());
  }

  private boolean isForAnother(Uppers.Place taker, InFlight frame) {
    return Headers.ethernet(frame.packet())
        .map(Ethernet::destination)
        .filter(destination -> !destination.isGroup() && !hasMac(taker, destination))
        .isPresent();
  }

  static Assumption lowerMissing(Stack stack, String device) {
    return new Assumption(
        "which device " + device + " of " + stack.id() + " stands on isn't in the state",
        Commands.in(stack.id(), "ip -d link show " + device));
  }
}
