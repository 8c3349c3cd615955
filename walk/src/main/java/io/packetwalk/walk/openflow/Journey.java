package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One branch while it is walked: everything that happens to the packet and its copies. */
final class Journey {
  /** As many resubmits as Open vSwitch does ({@code MAX_RESUBMITS}). */
  static final int MOST_RESUBMITS = 4096;

  /** As deep as Open vSwitch goes ({@code MAX_DEPTH}). */
  static final int DEEPEST = 64;

  /** As many visits to the connection tracker: a loop through it ends somewhere. */
  static final int MOST_PASSES = 4096;

  /** So many steps that nobody reads more. */
  private static final int MOST_STEPS = 20_000;

  final Choices choices;
  final int before;
  final List<Commit> commits;
  final List<Flow> learned;
  final List<SwitchOutput> outputs = new ArrayList<>();
  final Deque<Resumption> queue = new ArrayDeque<>();
  final List<FlowState> ends = new ArrayList<>();
  private final List<SwitchStep> steps = new ArrayList<>();
  private final List<Assumption> assumptions = new ArrayList<>();
  private Optional<Pass> open = Optional.empty();
  private Optional<String> undetermined = Optional.empty();
  boolean toController;
  int resubmits;
  int passes;

  /** The outputs that earlier passes have sent for good. */
  int sent;

  /** Whether Open vSwitch gives up on this pass: nothing of it is sent. */
  boolean failed;

  private boolean recoverable;

  Journey(Choices choices, Arrival arrival) {
    this.choices = choices;
    this.commits = new ArrayList<>(arrival.commits());
    this.before = commits.size();
    this.learned = new ArrayList<>(arrival.learned());
  }

  /** A copy that waits at the connection tracker's way out. */
  record Resumption(
      Pass pass, TableId table, SwitchStep.Kind kind, String text, List<Source> evidence) {}

  boolean isOver() {
    return failed || undetermined.isPresent();
  }

  void assume(Assumption assumption) {
    if (!assumptions.contains(assumption)) {
      assumptions.add(assumption);
    }
  }

  /** Adds a step; the one before shows what its flow's actions did until now. */
  void step(
      Pass pass,
      SwitchStep.Kind kind,
      Optional<TableId> table,
      Optional<Flow> flow,
      String decision,
      List<Source> evidence) {
    settle();
    if (steps.size() >= MOST_STEPS) {
      undetermined = Optional.of("the packet takes more than " + MOST_STEPS + " steps");
      return;
    }
    FlowState state = pass.state();
    Packet packet = PacketRewrite.commit(pass.packet, pass.words, pass.tags);
    steps.add(
        new SwitchStep(
            pass.tables.bridge().name(),
            kind,
            pass.depth,
            table,
            flow,
            decision,
            evidence,
            state,
            state,
            packet));
    open = kind == SwitchStep.Kind.LOOKUP ? Optional.of(pass) : Optional.empty();
  }

  /** Gives the last look-up the fields as its flow's actions have left them. */
  void settle() {
    if (open.isPresent() && !steps.isEmpty()) {
      Pass pass = open.get();
      SwitchStep last = steps.removeLast();
      steps.add(
          new SwitchStep(
              last.bridge(),
              last.kind(),
              last.depth(),
              last.table(),
              last.flow(),
              last.decision(),
              last.evidence(),
              last.before(),
              pass.state(),
              PacketRewrite.commit(pass.packet, pass.words, pass.tags)));
      open = Optional.empty();
    }
  }

  /** Nothing can be said of what the packet meets from here on. */
  void giveUp(Pass pass, Optional<TableId> table, Optional<Flow> flow, String reason) {
    if (undetermined.isEmpty()) {
      step(
          pass,
          SwitchStep.Kind.UNDETERMINED,
          table,
          flow,
          reason,
          flow.map(each -> List.of(each.source())).orElse(List.of()));
      undetermined = Optional.of(reason);
    }
  }

  /** Open vSwitch gives up: what this pass has sent isn't sent. */
  void fail(Pass pass, Optional<TableId> table, String reason) {
    step(pass, SwitchStep.Kind.OTHER, table, Optional.empty(), reason, List.of());
    failed = true;
  }

  /** Open vSwitch gives up on what a group's bucket does, or on all of the pass outside of one. */
  void failBucket(Pass pass, TableId table, String reason) {
    fail(pass, Optional.of(table), reason);
    recoverable = true;
  }

  /** What went wrong in a bucket stays in it, unless it was a limit of the whole pass. */
  void recover() {
    failed &= !recoverable;
    recoverable = false;
  }

  /** Ends a pass: when Open vSwitch has given up on it, nothing of it is sent or tracked. */
  void endPass(int waiting) {
    while (failed && outputs.size() > sent) {
      outputs.removeLast();
    }
    while (failed && queue.size() > waiting) {
      queue.removeLast();
    }
    failed = false;
    recoverable = false;
    sent = outputs.size();
  }

  int lastStep() {
    return steps.size() - 1;
  }

  SwitchBranch branch() {
    settle();
    return new SwitchBranch(
        choices.weight(),
        steps,
        outputs,
        toController,
        undetermined,
        assumptions,
        commits,
        learned,
        ends);
  }
}
