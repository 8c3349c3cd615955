package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Delivers a packet to its own stack: the INPUT hook, then a tunnel that takes it apart or the end
 * of the way (the kernel's ip_local_deliver and ip6_input).
 */
final class LocalDelivery {
  /** A packet that has arrived, where the next walk may take it up. */
  record Arrival(Stack stack, InFlight packet, Branch branch, Optional<Assumption> condition) {}

  private final Engine engine;
  private final List<Arrival> arrivals = new ArrayList<>();

  LocalDelivery(Engine engine) {
    this.engine = engine;
  }

  /** The packets that have arrived so far. */
  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  List<Branch> deliver(Trail trail, Stack stack, InFlight packet, List<Source> evidence) {
    Trail whole = trail.reassembled();
    Trail local = evidence.isEmpty() ? whole : whole.then(routed(stack, packet, evidence));
    return engine.hooks.pass(
        Hook.INPUT,
        local,
        stack,
        packet,
        (passed, after) -> {
          if (VirtualOutput.isDue(after)) {
            return engine.virtualOutput.send(passed, stack, after, evidence);
          }
          Optional<List<Branch>> tunnelled = engine.tunnelIngress.open(passed, stack, after);
          return tunnelled.orElseGet(() -> arrive(passed, stack, after, evidence));
        });
  }

  private static Step routed(Stack stack, InFlight packet, List<Source> evidence) {
    return new Step(
        stack.id(),
        packet.input().orElse(""),
        Stage.ROUTE,
        Action.FORWARD,
        Headers.ip(packet).destination() + " is an address of this namespace",
        evidence,
        packet.packet());
  }

  List<Branch> arrive(Trail trail, Stack stack, InFlight packet, List<Source> evidence) {
    Ip header = Headers.ip(packet);
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.LOCAL,
            Action.DELIVER,
            "delivered to " + header.destination(),
            evidence,
            packet.packet());
    List<Branch> branches =
        trail
            .then(step)
            .end(Verdict.DELIVERED, "delivered to " + header.destination() + " in " + stack.id());
    branches.forEach(branch -> arrivals.add(new Arrival(stack, packet, branch, trail.condition())));
    return branches;
  }
}
