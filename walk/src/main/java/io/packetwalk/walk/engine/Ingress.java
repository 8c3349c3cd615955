package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a frame in by a device (the kernel's __netif_receive_skb_core and eth_type_trans). */
final class Ingress {
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
            (passed, after) -> engine.uptake.toStack(passed, stack, device, after));
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
        (passed, after) -> engine.uptake.handUp(passed, stack, deviceName, device, after));
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

  static List<Branch> drop(
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
}
