package io.packetwalk.walk.engine;

import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.Passage;
import io.packetwalk.walk.routing.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a packet pass a netfilter hook and writes down what the rules did. */
final class HookPassing {
  private final Engine engine;

  HookPassing(Engine engine) {
    this.engine = engine;
  }

  List<Branch> pass(Hook hook, Trail trail, Stack stack, InFlight packet, Continuation next) {
    return after(engine.hooksOf(stack).pass(hook, packet), hook, trail, stack, next);
  }

  /** The same for a packet that keeps the connection it has, as it meets the hook once more. */
  List<Branch> passOn(Hook hook, Trail trail, Stack stack, InFlight packet, Continuation next) {
    return after(engine.hooksOf(stack).passOn(hook, packet), hook, trail, stack, next);
  }

  /** What becomes of a packet that passes OUTPUT. */
  interface OnOutput {
    /** How it ends, if there is no way for what a chain made of it. */
    Optional<List<Branch>> withoutWay(Trail trail, InFlight changed);

    /**
     * Goes on behind the hook.
     *
     * @param rerouted the packet as it was when routing was asked again the last time
     */
    List<Branch> go(Trail trail, InFlight after, Optional<InFlight> rerouted);
  }

  /** Passes OUTPUT, whose chains have a packet routed again as soon as they have changed it. */
  List<Branch> passOutput(Trail trail, Stack stack, InFlight packet, OnOutput next) {
    List<Branch> branches = new ArrayList<>();
    for (Passage passage : engine.hooksOf(stack).pass(Hook.OUTPUT, packet)) {
      Trail passed = trail.weighing(passage.weight()).assuming(passage.assumptions());
      Optional<InFlight> rerouted =
          passage.reroutes().isEmpty()
              ? Optional.empty()
              : Optional.of(passage.reroutes().getLast().packet());
      branches.addAll(
          passage.reroutes().stream()
              .flatMap(reroute ->
                  next
                      .withoutWay(
                          told(passed, Hook.OUTPUT, stack, reroute.remarks()), reroute.packet())
                      .stream())
              .findFirst()
              .orElseGet(() ->
                  end(
                      told(passed, Hook.OUTPUT, stack, passage.remarks()),
                      stack,
                      passage,
                      (on, after) -> next.go(on, after, rerouted))));
    }
    return branches;
  }

  private static Trail told(Trail trail, Hook hook, Stack stack, List<Passage.Remark> remarks) {
    Trail told = trail;
    for (Passage.Remark remark : remarks) {
      told = told.then(step(hook, stack, remark));
    }
    return told;
  }

  private List<Branch> after(
      List<Passage> passages, Hook hook, Trail trail, Stack stack, Continuation next) {
    List<Branch> branches = new ArrayList<>();
    for (Passage passage : passages) {
      Trail passed = trail.weighing(passage.weight()).assuming(passage.assumptions());
      Trail told = told(passed, hook, stack, passage.remarks());
      branches.addAll(
          hook.isOfFrames() && isRejecting(passage)
              ? told.undetermined(Unmodelled.rejectingFrames(stack.id(), passage))
              : end(told, stack, passage, next));
    }
    return branches;
  }

  private static boolean isRejecting(Passage passage) {
    return passage.ending().filter(ending -> ending.verdict() == Verdict.REJECTED).isPresent();
  }

  private List<Branch> end(Trail trail, Stack stack, Passage passage, Continuation next) {
    return passage
        .ending()
        .map(ending -> end(trail, stack, passage.after(), ending))
        .orElseGet(() -> next.go(trail, passage.after()));
  }

  /**
   * What a rule sends finds the connection that it is about (nf_ct_attach), and its sender also
   * where that is this stack.
   */
  private List<Branch> end(Trail trail, Stack stack, InFlight packet, Passage.Ending ending) {
    if (ending.verdict() != Verdict.REJECTED || ending.with().isEmpty()) {
      return trail.end(ending.verdict(), ending.reason());
    }
    Notice notice = RejectKinds.of(ending.with().get(), Headers.ip(packet).destination().family());
    return engine.refusals.endTold(trail, stack, packet, notice, ending.reason());
  }

  private static Step step(Hook hook, Stack stack, Passage.Remark remark) {
    return new Step(
        stack.id(),
        device(hook, remark.after()),
        stage(hook),
        remark.action(),
        remark.decision(),
        remark.evidence(),
        remark.after().packet());
  }

  private static String device(Hook hook, InFlight packet) {
    return switch (hook) {
      case INGRESS, PREROUTING, INPUT, FORWARD, BRIDGE_PREROUTING, BRIDGE_PREROUTED, BRIDGE_INPUT ->
          packet.input().orElse("");
      case EGRESS,
          OUTPUT,
          POSTROUTING,
          BRIDGE_FORWARD,
          BRIDGE_FORWARDED,
          BRIDGE_OUTPUT,
          BRIDGE_POSTROUTING ->
          packet.output().orElse("");
    };
  }

  private static Stage stage(Hook hook) {
    return switch (hook) {
      case INGRESS, PREROUTING -> Stage.PREROUTING;
      case INPUT -> Stage.INPUT;
      case FORWARD -> Stage.FORWARD_HOOK;
      case OUTPUT -> Stage.OUTPUT;
      case EGRESS, POSTROUTING -> Stage.POSTROUTING;
      case BRIDGE_PREROUTING,
          BRIDGE_PREROUTED,
          BRIDGE_INPUT,
          BRIDGE_FORWARD,
          BRIDGE_FORWARDED,
          BRIDGE_OUTPUT,
          BRIDGE_POSTROUTING ->
          Stage.BRIDGE;
    };
  }
}
