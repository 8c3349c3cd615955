package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One branch while it is walked: everything that happens to the packet and its copies.
 *
 * <p>What is left to do stands in frames, one inside the other, and not in the program's own stack:
 * so a branch can be copied in the middle of its way.
 */
final class Journey {
  /** As many resubmits as Open vSwitch does ({@code MAX_RESUBMITS}). */
  static final int MOST_RESUBMITS = 4096;

  /** As deep as Open vSwitch goes ({@code MAX_DEPTH}). */
  static final int DEEPEST = 64;

  /** As many visits to the connection tracker: a loop through it ends somewhere. */
  static final int MOST_PASSES = 4096;

  /** So many steps that nobody reads more. */
  private static final int MOST_STEPS = 20_000;

  private final Branches branches;
  final int before;
  final List<Commit> commits;
  final List<Flow> learned;
  final List<SwitchOutput> outputs;
  private final List<FlowState> ends;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Deque<Resumption> queue = new ArrayDeque<>();
  private final Set<Assumption> assumptions;
  private final Map<HashInput, Integer> hashed;
  private final StepLog steps;
  private Optional<String> undetermined = Optional.empty();
  private double weight = 1;
  boolean toController;
  int resubmits;
  int passes;

  /** The outputs that earlier passes have sent for good. */
  private int sent;

  /** The copies that waited at the connection tracker's way out when this pass began. */
  private int waiting;

  /** Whether Open vSwitch gives up on this pass: nothing of it is sent. */
  private boolean failed;

  private boolean recoverable;

  Journey(Branches branches, Arrival arrival) {
    this.branches = branches;
    this.commits = new ArrayList<>(arrival.commits());
    this.before = commits.size();
    this.learned = new ArrayList<>(arrival.learned());
    this.outputs = new ArrayList<>();
    this.ends = new ArrayList<>();
    this.assumptions = new LinkedHashSet<>();
    this.hashed = new LinkedHashMap<>();
    this.steps = new StepLog();
  }

  private Journey(Journey other) {
    this.branches = other.branches;
    this.before = other.before;
    this.commits = new ArrayList<>(other.commits);
    this.learned = new ArrayList<>(other.learned);
    this.outputs = new ArrayList<>(other.outputs);
    this.ends = new ArrayList<>(other.ends);
    other.frames.forEach(frame -> frames.add(frame.copy()));
    other.queue.forEach(resumption -> queue.add(resumption.copy()));
    this.assumptions = new LinkedHashSet<>(other.assumptions);
    this.hashed = new LinkedHashMap<>(other.hashed);
    this.steps = other.steps.copy();
    this.undetermined = other.undetermined;
    this.weight = other.weight;
    this.toController = other.toController;
    this.resubmits = other.resubmits;
    this.passes = other.passes;
    this.sent = other.sent;
    this.waiting = other.waiting;
    this.failed = other.failed;
    this.recoverable = other.recoverable;
  }

  /** A copy that waits at the connection tracker's way out. */
  record Resumption(
      Pass pass, TableId table, List<Task> tasks, String text, List<Source> evidence) {
    Resumption copy() {
      return new Resumption(pass.copy(), table, tasks, text, evidence);
    }
  }

  /** The same branch so far. */
  Journey copy() {
    return new Journey(this);
  }

  double weight() {
    return weight;
  }

  /**
   * Goes on in as many ways as there are shares of the packets, which add up to 1. It is the last
   * thing that a task does: each way begins with a task of its own.
   */
  void choose(List<Double> shares, List<Task> ways) {
    branches.choice(this, shares, ways);
    take(shares.getFirst(), ways.getFirst());
  }

  /** Goes on in one of the ways. */
  void take(double share, Task way) {
    weight *= share;
    next(List.of(way));
  }

  /** Likewise, by a hash: what has the same one goes the same way again. */
  void chooseByHash(HashInput hash, List<Double> shares, List<Task> ways) {
    Integer before = hashed.get(hash);
    if (before != null && before < ways.size()) {
      next(List.of(ways.get(before)));
      return;
    }
    List<Task> remembering = new ArrayList<>();
    for (int index = 0; index < ways.size(); index++) {
      int chosen = index;
      remembering.add((branch, pass) -> {
        branch.hashed.put(hash, chosen);
        ways.get(chosen).run(branch, pass);
      });
    }
    choose(shares, remembering);
  }

  /** Does something before all that is left in the current frame. */
  void next(List<Task> tasks) {
    frames.element().first(tasks);
  }

  /** Does something with a packet of its own before going on in the current frame. */
  void inside(Pass pass, boolean bucket, List<Task> tasks) {
    frames.push(new Frame(pass, bucket, tasks));
  }

  void later(Resumption resumption) {
    queue.add(resumption);
  }

  /** Walks the branch to its end. */
  SwitchBranch walk() {
    while (undetermined.isEmpty() && (!frames.isEmpty() || resume())) {
      Frame frame = frames.element();
      if (failed || frame.isDone()) {
        leave(frames.remove());
      } else {
        frame.take().run(this, frame.pass);
      }
    }
    return branch(weight, undetermined);
  }

  private void leave(Frame frame) {
    if (frames.isEmpty()) {
      ends.add(frame.pass.state());
      endPass();
    } else if (frame.bucket) {
      failed &= !recoverable;
      recoverable = false;
      frames.element().pass.keep(frame.pass);
    }
  }

  /** Ends a pass: when Open vSwitch has given up on it, nothing of it is sent or tracked. */
  private void endPass() {
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

  /** The copy that came first to the connection tracker goes on. */
  private boolean resume() {
    if (queue.isEmpty()) {
      return false;
    }
    Resumption next = queue.remove();
    Pass pass = next.pass();
    pass.learned = learned.size();
    resubmits = 0;
    waiting = queue.size();
    step(
        pass,
        SwitchStep.Kind.RESUME,
        Optional.of(next.table()),
        Optional.empty(),
        next.text(),
        next.evidence());
    inside(pass, false, next.tasks());
    return true;
  }

  void assume(Assumption assumption) {
    assumptions.add(assumption);
  }

  void step(
      Pass pass,
      SwitchStep.Kind kind,
      Optional<TableId> table,
      Optional<Flow> flow,
      String decision,
      List<Source> evidence) {
    if (steps.size() < MOST_STEPS) {
      steps.add(pass, kind, table, flow, decision, evidence);
    } else {
      undetermined = Optional.of("the packet takes more than " + MOST_STEPS + " steps");
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
  void fail(Pass pass, TableId table, String reason) {
    step(pass, SwitchStep.Kind.OTHER, Optional.of(table), Optional.empty(), reason, List.of());
    failed = true;
  }

  /** Open vSwitch gives up on what a group's bucket does, or on all of the pass outside of one. */
  void failBucket(Pass pass, TableId table, String reason) {
    fail(pass, table, reason);
    recoverable = true;
  }

  boolean isOver() {
    return undetermined.isPresent();
  }

  int lastStep() {
    return steps.size() - 1;
  }

  /** A branch without a way, of which nothing is known but its share. */
  static SwitchBranch unknown(Arrival arrival, double weight, String reason) {
    return new Journey(new Branches(arrival), arrival).branch(weight, Optional.of(reason));
  }

  private SwitchBranch branch(double share, Optional<String> reason) {
    return new SwitchBranch(
        share,
        steps.list(),
        outputs,
        toController,
        reason,
        List.copyOf(assumptions),
        commits,
        learned,
        ends);
  }
}
