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
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.wire.layer.Ethernet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sends a frame out of a port of a Linux bridge, where the port takes it (the kernel's
 * should_deliver, __br_forward and br_dev_queue_push_xmit).
 */
final class BridgeExit {
  private final Engine engine;
  private final BridgeNetfilter netfilter;

  BridgeExit(Engine engine, BridgeNetfilter netfilter) {
    this.engine = engine;
    this.netfilter = netfilter;
  }

  List<Branch> out(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      String port,
      String decision,
      List<Source> evidence) {
    if (vlan.isEmpty()) {
      return out(trail, stack, frame, bridge, from, port, decision, evidence);
    }
    VlanFilter.Exit own = new VlanFilter(stack.namespace(), bridge).out(port, vlan.getAsInt());
    if (!own.member()) {
      List<Source> shown = new ArrayList<>(evidence);
      shown.addAll(stack.namespace().links().bridgeVlans().seenAt());
      String why = port + " isn't in VLAN " + vlan.getAsInt();
      return BridgeForwarding.outsideVlan(trail, stack, frame, bridge, port, why, shown);
    }
    List<Source> members = new ArrayList<>(evidence);
    members.addAll(own.evidence());
    InFlight leaving = frame.withPacket(Tags.with(frame.packet(), own.tag()));
    String inVlan = decision + ", VLAN " + vlan.getAsInt() + BridgeForwarding.tagged(own.tag());
    return out(trail, stack, leaving, bridge, from, port, inVlan, members);
  }

  private List<Branch> out(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      Optional<String> from,
      String port,
      String decision,
      List<Source> evidence) {
    return refused(trail, stack, frame, bridge, from, port, evidence)
        .orElseGet(() -> {
          Step step =
              new Step(
                  stack.id(),
                  bridge,
                  Stage.BRIDGE,
                  Action.FORWARD,
                  decision,
                  evidence,
                  frame.packet());
          return forward(trail.then(step), stack, frame, bridge, from, port);
        });
  }

  /** Why the port doesn't take the frame; empty when it does. */
  private Optional<List<Branch>> refused(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      Optional<String> from,
      String port,
      List<Source> evidence) {
    Optional<BridgePort> known = Bridges.port(stack.namespace(), port);
    boolean hairpin = known.flatMap(settings -> settings.setting("hairpin")).orElse(false);
    if (from.filter(port::equals).isPresent() && !hairpin) {
      return Optional.of(backOut(trail, stack, frame, port, known, evidence));
    }
    Optional<String> blocked =
        known.flatMap(BridgePort::state).filter(state -> !state.equals("forwarding"));
    if (blocked.isPresent()) {
      return Optional.of(
          BridgeForwarding.blocked(trail, stack, frame, port, blocked.get(), known.get().source()));
    }
    if (fit(trail, stack, frame, bridge, from, port) == BridgeSizes.Fit.LOST) {
      return Optional.of(
          BridgeForwarding.dropped(
              trail,
              stack,
              frame,
              port,
              "the frame exceeds its MTU",
              stack.device(port).orElseThrow().source()));
    }
    return isIsolated(stack, from, known)
        ? Optional.of(
            BridgeForwarding.dropped(
                trail,
                stack,
                frame,
                port,
                "both bridge ports are isolated",
                known.orElseThrow().source()))
        : Optional.empty();
  }

  private static BridgeSizes.Fit fit(
      Trail trail, Stack stack, InFlight frame, String bridge, Optional<String> from, String port) {
    boolean called = isCalled(stack, frame, bridge, from);
    return stack
        .device(port)
        .map(device -> BridgeSizes.fit(trail, frame, device, called))
        .orElse(BridgeSizes.Fit.WHOLE);
  }

  private List<Branch> forward(
      Trail decided,
      Stack stack,
      InFlight frame,
      String bridge,
      Optional<String> from,
      String port) {
    BridgeSizes.Fit fit = fit(decided, stack, frame, bridge, from, port);
    Optional<Device> exit = stack.device(port);
    Continuation out =
        (passed, after) ->
            fit == BridgeSizes.Fit.REFUSED
                ? BridgeSizes.tooBig(engine, passed, stack, after, bridge, exit.orElseThrow())
                : engine.egress.send(passed, stack, after, port, Optional.empty());
    Optional<Ethernet> link = Headers.ethernet(frame.packet());
    boolean filtered = link.isPresent() && isCalled(stack, frame, bridge, from);
    Trail sized =
        fit == BridgeSizes.Fit.FRAGMENTS
            ? decided.inFragments(exit.orElseThrow().mtu().orElseThrow())
            : decided;
    InFlight leaving = filtered ? frame.withArrival(frame.arrival().toPort(port)) : frame;
    Crossing crossing = new Crossing(stack, bridge, from, port, filtered ? link : Optional.empty());
    return from.isPresent()
        ? passedOn(sized, leaving, crossing, out)
        : onBridge(
            Hook.BRIDGE_OUTPUT,
            sized,
            leaving,
            crossing,
            (passed, after) -> posted(passed, after, crossing, out));
  }

  /**
   * A frame on its way over a bridge.
   *
   * @param called its header, where the bridge calls the IP hooks for it
   */
  private record Crossing(
      Stack stack, String bridge, Optional<String> from, String to, Optional<Ethernet> called) {}

  private List<Branch> passedOn(Trail trail, InFlight frame, Crossing crossing, Continuation out) {
    return onBridge(
        Hook.BRIDGE_FORWARD,
        trail,
        frame,
        crossing,
        (passed, after) ->
            ofIp(
                Hook.FORWARD,
                passed,
                after,
                crossing,
                (on, forwarded) ->
                    onBridge(
                        Hook.BRIDGE_FORWARDED,
                        on,
                        forwarded,
                        crossing,
                        (late, leaving) -> posted(late, leaving, crossing, out))));
  }

  private List<Branch> posted(Trail trail, InFlight frame, Crossing crossing, Continuation out) {
    return onBridge(
        Hook.BRIDGE_POSTROUTING,
        trail,
        frame,
        crossing,
        (passed, after) -> ofIp(Hook.POSTROUTING, passed, after, crossing, out));
  }

  private List<Branch> ofIp(
      Hook hook, Trail trail, InFlight frame, Crossing crossing, Continuation next) {
    return crossing.called().isPresent()
        ? netfilter.forwarding(
            hook, trail, crossing.stack(), frame, crossing.bridge(), crossing.called().get(), next)
        : next.go(trail, frame);
  }

  private List<Branch> onBridge(
      Hook hook, Trail trail, InFlight frame, Crossing crossing, Continuation next) {
    boolean entering = hook != Hook.BRIDGE_POSTROUTING;
    return engine.frames.onBridge(
        hook,
        trail,
        crossing.stack(),
        frame,
        crossing.bridge(),
        entering ? crossing.from() : Optional.empty(),
        Optional.of(crossing.to()),
        crossing.from(),
        next);
  }

  /** FORWARD is asked for what PREROUTING was asked for (nf_bridge_info_get). */
  private static boolean isCalled(
      Stack stack, InFlight frame, String bridge, Optional<String> from) {
    return from.isPresent()
        && frame.arrival().inputPort().isPresent()
        && BridgeForwarding.calls(stack, bridge, frame).on();
  }

  static boolean isIsolated(Stack stack, Optional<String> from, Optional<BridgePort> to) {
    boolean source =
        from.flatMap(port -> Bridges.port(stack.namespace(), port))
            .flatMap(port -> port.setting("isolated"))
            .orElse(false);
    return source && to.flatMap(port -> port.setting("isolated")).orElse(false);
  }

  private static List<Branch> backOut(
      Trail trail,
      Stack stack,
      InFlight frame,
      String port,
      Optional<BridgePort> known,
      List<Source> evidence) {
    boolean shown = known.flatMap(settings -> settings.setting("hairpin")).isPresent();
    if (!shown) {
      return trail.undetermined(
          new Assumption(
              "whether "
                  + port
                  + " of "
                  + stack.id()
                  + " is in hairpin mode isn't in the state, and the frame would go back out of it",
              Commands.in(stack.id(), "bridge -d link show dev " + port),
              evidence));
    }
    return BridgeForwarding.dropped(
        trail,
        stack,
        frame,
        port,
        "the frame would go back out of the port that it came in by, which isn't in hairpin mode",
        known.get().source());
  }
}
