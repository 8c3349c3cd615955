package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a branch, as far as it has come. */
final class StepLog {
  private @Nullable Chain<SwitchStep> steps;

  /** The packet of the last step, when that is a look-up or a bucket that is still being done. */
  private Optional<Pass> acting = Optional.empty();

  StepLog() {}

  private StepLog(@Nullable Chain<SwitchStep> steps) {
    this.steps = steps;
  }

  /** The same for another branch. */
  StepLog copy() {
    return new StepLog(settled());
  }

  int size() {
    return Chain.sizeOf(steps);
  }

  /** Adds a step; the one before shows what its flow's actions did until now. */
  void add(
      Pass pass,
      SwitchStep.Kind kind,
      Optional<TableId> table,
      Optional<Flow> flow,
      String decision,
      List<Source> evidence) {
    Chain<SwitchStep> before = settled();
    FlowState state = pass.state();
    SwitchStep step =
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
            packet(pass));
    steps = Chain.after(before, step);
    boolean acts = kind == SwitchStep.Kind.LOOKUP || kind == SwitchStep.Kind.GROUP;
    acting = acts ? Optional.of(pass) : Optional.empty();
  }

  private static Packet packet(Pass pass) {
    return PacketRewrite.commit(pass.packet, pass.words, pass.tags);
  }

  /** The steps, the last look-up with the fields as its flow's actions have left them. */
  private @Nullable Chain<SwitchStep> settled() {
    if (steps == null || acting.isEmpty()) {
      return steps;
    }
    Pass pass = acting.get();
    return Chain.after(steps.before(), steps.last().settled(pass.state(), packet(pass)));
  }

  /** The steps from the first on. */
  List<SwitchStep> list() {
    return Chain.list(settled());
  }
}
