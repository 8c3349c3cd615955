package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import java.util.List;
import java.util.Optional;

/**
 * The way of a sender over IPv4 that is bound to a device which no route leads out of: whatever it
 * asks for is taken to be on the device's link (the end of ip_route_output_key_hash_rcu). There is
 * none in a VRF.
 */
final class OwnLink {
  private OwnLink() {}

  /** The device whose link is taken; empty where routing decides. */
  static Optional<String> of(Stack stack, FlowKey key, RouteDecision decision) {
    return key.output()
        .filter(device -> key.strict() && key.destination().isIpv4())
        .filter(device -> Vrfs.of(stack, device).isEmpty() && decision.isWithoutWay());
  }

  /**
   * The device whose address a tunnel sends from, whatever a route says: of a sender that is bound
   * to one and sends to a group (ip_route_output_key_hash_rcu).
   */
  static Optional<String> ofTunnel(Stack stack, FlowKey key, RouteDecision decision) {
    return key.destination().isIpv4() && key.destination().isMulticast()
        ? key.output()
        : of(stack, key, decision);
  }

  static Step step(Stack stack, InFlight packet, String device, RouteDecision decision) {
    return new Step(
        stack.id(),
        device,
        Stage.ROUTE,
        Action.FORWARD,
        "no route: "
            + Headers.ip(packet).destination()
            + " is taken to be on the link of "
            + device
            + ", which the sender is bound to",
        decision instanceof RouteDecision.NoRoute none ? none.searched() : List.<Source>of(),
        packet.packet());
  }
}
