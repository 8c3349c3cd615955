package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.VlanFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Hands a frame that came in by a port to the bridge's own stack (br_pass_frame_up). */
final class BridgeToStack {
  private final Engine engine;

  BridgeToStack(Engine engine) {
    this.engine = engine;
  }

  /**
   * @param prerouted whether the bridge has asked the PREROUTING hook already
   */
  List<Branch> take(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      String port,
      OptionalInt vlan,
      boolean prerouted) {
    List<Source> evidence = new ArrayList<>(BridgeForwarding.source(stack, bridge));
    if (vlan.isEmpty()) {
      String decision = "to the bridge " + bridge + " itself";
      return handOver(trail, stack, frame, bridge, port, decision, evidence, prerouted);
    }
    VlanFilter.Exit own = new VlanFilter(stack.namespace(), bridge).out(bridge, vlan.getAsInt());
    if (!own.member()) {
      String why = bridge + " itself isn't in VLAN " + vlan.getAsInt();
      evidence.addAll(stack.namespace().links().bridgeVlans().seenAt());
      return BridgeForwarding.outsideVlan(trail, stack, frame, bridge, bridge, why, evidence);
    }
    evidence.addAll(own.evidence());
    InFlight leaving = frame.withPacket(Tags.with(frame.packet(), own.tag()));
    String decision =
        "to the bridge "
            + bridge
            + " itself, VLAN "
            + vlan.getAsInt()
            + BridgeForwarding.tagged(own.tag());
    return handOver(
        trail,
        stack,
        leaving,
        bridge,
        port,
        decision,
        evidence,
        prerouted && own.tag() == VlanFilter.UNTAGGED);
  }

  private List<Branch> handOver(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      String port,
      String decision,
      List<Source> evidence,
      boolean prerouted) {
    return engine.frames.fromPort(
        Hook.BRIDGE_INPUT,
        trail,
        stack,
        frame,
        bridge,
        port,
        (passed, after) ->
            engine.ingress.fromBridge(passed, stack, bridge, after, decision, evidence, prerouted));
  }
}
