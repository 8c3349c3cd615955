package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.VirtualSending;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;

/**
 * Sends what IPVS has taken to its real server: routing by the server's address alone, the hop
 * limit lowered, then as a packet that starts here (the kernel's __ip_vs_get_out_rt and
 * ip_vs_nat_send_or_cont).
 */
final class VirtualOutput {
  private final Engine engine;

  VirtualOutput(Engine engine) {
    this.engine = engine;
  }

  /** Whether IPVS has taken the packet and nothing has been done about it yet. */
  static boolean isDue(InFlight packet) {
    return packet.tracking().sending().filter(sending -> !sending.begun()).isPresent();
  }

  List<Branch> send(Trail trail, Stack stack, InFlight packet, List<Source> evidence) {
    VirtualSending sending = packet.tracking().sending().orElseThrow();
    InFlight begun = packet.withTracking(packet.tracking().sending(sending.begin()));
    if (stack.isLocal(sending.to()) && packet.input().isPresent()) {
      return engine.delivery.arrive(trail, stack, begun, evidence);
    }
    Ip header = Headers.ip(begun);
    if (header.hopLimit() <= 1) {
      return expired(trail, stack, packet);
    }
    Ip lowered = stack.isLocal(sending.to()) ? header : header.withHopLimit(header.hopLimit() - 1);
    InFlight leaving =
        new InFlight(
            begun.packet().replacing(lowered.asLayer()),
            begun.mark(),
            Optional.empty(),
            Optional.empty(),
            begun.tracking());
    return engine.output.send(trail, stack, leaving, key -> FlowKey.to(sending.to()));
  }

  private static List<Branch> expired(Trail trail, Stack stack, InFlight packet) {
    String decision = "IPVS would lower the hop limit to 0: time exceeded";
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.INPUT,
            Action.REJECT,
            decision,
            List.of(),
            packet.packet());
    return trail.then(step).end(Verdict.REJECTED, decision);
  }
}
