package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Socket;
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
            return engine.virtualOutput.send(passed.asLargeAs(trail, after), stack, after);
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
    if (!engine.asking) {
      return reach(trail, stack, packet, evidence);
    }
    return switch (Listeners.of(stack, packet)) {
      case Listeners.Taken taken -> reach(trail, stack, packet, with(evidence, taken.socket()));
      case Listeners.Open open -> trail.undetermined(open.missing());
      case Listeners.NotShown unknown -> reach(trail, stack, packet, evidence);
      case Listeners.Refused refused ->
          Groups.isForMany(stack, Headers.ip(packet).destination())
              ? ignore(trail, stack, packet)
              : refuse(trail, stack, packet, refused.notice());
    };
  }

  private static List<Source> with(List<Source> evidence, Socket socket) {
    List<Source> all = new ArrayList<>(evidence);
    all.add(socket.source());
    return all;
  }

  /** Nobody waits at the port, and about what is for many nobody is told (icmp_send). */
  private static List<Branch> ignore(Trail trail, Stack stack, InFlight packet) {
    String what = "no program waits at " + Wording.end(packet.packet()) + " of " + stack.id();
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.LOCAL,
            Action.DROP,
            what,
            stack.namespace().sockets().seenAt(),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, what);
  }

  /** Nobody waits at the port: the stack itself answers. */
  private List<Branch> refuse(Trail trail, Stack stack, InFlight packet, Notice notice) {
    Ip header = Headers.ip(packet);
    String what =
        "no program waits at "
            + Wording.end(packet.packet())
            + " of "
            + stack.id()
            + ": answered with "
            + ErrorMessages.name(notice, header.destination().family());
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.LOCAL,
            Action.REJECT,
            what,
            stack.namespace().sockets().seenAt(),
            packet.packet());
    return engine.refusals.end(trail.then(step), stack, packet, notice, what);
  }

  private List<Branch> reach(Trail trail, Stack stack, InFlight packet, List<Source> evidence) {
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
