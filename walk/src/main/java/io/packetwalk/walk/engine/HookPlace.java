package io.packetwalk.walk.engine;

import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hook that a message passes, with the devices that rules see there.
 *
 * @param from the device that it came in by
 * @param to the device that it is to leave by
 */
record HookPlace(Hook hook, Optional<String> from, Optional<String> to) {
  /** Into a stack by a device. */
  static List<HookPlace> into(String device) {
    Optional<String> here = Optional.of(device);
    return List.of(
        new HookPlace(Hook.INGRESS, here, Optional.empty()),
        new HookPlace(Hook.PREROUTING, here, Optional.empty()),
        new HookPlace(Hook.INPUT, here, Optional.empty()));
  }

  /** Out of a stack by a device. */
  static List<HookPlace> outOf(String device) {
    Optional<String> here = Optional.of(device);
    return List.of(
        new HookPlace(Hook.OUTPUT, Optional.empty(), here),
        new HookPlace(Hook.POSTROUTING, Optional.empty(), here),
        new HookPlace(Hook.EGRESS, Optional.empty(), here));
  }

  /**
   * Over a bridge.
   *
   * @param from the port that it comes in by; empty from the bridge's own stack
   * @param to the port that it leaves by; empty into the bridge's own stack
   * @param called whether the bridge calls the IP hooks for it
   */
  static List<HookPlace> over(
      String bridge, Optional<String> from, Optional<String> to, boolean called) {
    List<HookPlace> places = new ArrayList<>();
    Optional<String> both = Optional.of(bridge);
    if (from.isPresent()) {
      places.add(new HookPlace(Hook.INGRESS, from, Optional.empty()));
      places.add(new HookPlace(Hook.BRIDGE_PREROUTING, from, Optional.empty()));
      if (called) {
        places.add(new HookPlace(Hook.PREROUTING, both, Optional.empty()));
      }
      places.add(new HookPlace(Hook.BRIDGE_PREROUTED, from, Optional.empty()));
    }
    if (to.isEmpty()) {
      places.add(new HookPlace(Hook.BRIDGE_INPUT, from, Optional.empty()));
      return places;
    }
    if (from.isEmpty()) {
      places.add(new HookPlace(Hook.BRIDGE_OUTPUT, Optional.empty(), to));
    } else {
      places.add(new HookPlace(Hook.BRIDGE_FORWARD, from, to));
      if (called) {
        places.add(new HookPlace(Hook.FORWARD, both, both));
      }
      places.add(new HookPlace(Hook.BRIDGE_FORWARDED, from, to));
    }
    places.add(new HookPlace(Hook.BRIDGE_POSTROUTING, Optional.empty(), to));
    if (called) {
      places.add(new HookPlace(Hook.POSTROUTING, Optional.empty(), both));
    }
    places.add(new HookPlace(Hook.EGRESS, from, to));
    return places;
  }

  /** A message as it is there. */
  InFlight of(InFlight message) {
    return new InFlight(
        message.packet(), message.mark(), from, to, message.tracking(), message.arrival());
  }

  /** The same of one that a bridge passes on: unless it is for a group, for somebody else. */
  static InFlight passedOn(InFlight message) {
    return Headers.ip(message).destination().isMulticast()
        ? message
        : message.withArrival(message.arrival().forAnother());
  }
}
