package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * One decision inside a switch.
 *
 * @param bridge the switch: another one than that of the arrival behind a patch port
 * @param depth how deep in resubmits, groups and clones
 * @param table the table that was looked up, or the one whose flow acts
 * @param flow the flow that was hit; for steps of its actions, the flow that they belong to
 * @param decision one sentence without a full stop
 * @param evidence the lines that decided, the most important one first
 * @param before the packet's fields when the step began
 * @param after the packet's fields when the step was done, without what nested look-ups changed
 * @param packet as it is after the step
 */
public record SwitchStep(
    String bridge,
    Kind kind,
    int depth,
    Optional<TableId> table,
    Optional<Flow> flow,
    String decision,
    List<Source> evidence,
    FlowState before,
    FlowState after,
    Packet packet) {
  public SwitchStep {
    evidence = List.copyOf(evidence);
  }

  /** The same step with what its flow's actions have changed. */
  SwitchStep settled(FlowState state, Packet changed) {
    return new SwitchStep(
        bridge, kind, depth, table, flow, decision, evidence, before, state, changed);
  }

  /** The same step with another packet behind it. */
  public SwitchStep with(Packet changed) {
    return new SwitchStep(
        bridge, kind, depth, table, flow, decision, evidence, before, after, changed);
  }

  /** What kind of decision it is. */
  public enum Kind {
    /** A table was looked up: the flow that was hit, with its actions up to the next step. */
    LOOKUP,
    /** A group chose among its buckets. */
    GROUP,
    /** The packet went to the connection tracker. */
    TRACK,
    /** A tracked copy comes back from the connection tracker. */
    RESUME,
    /** A copy leaves by a port, or would but for what the step says. */
    OUTPUT,
    /** A copy goes to the controller. */
    CONTROLLER,
    /** The bridge forwards as an ordinary switch. */
    NORMAL,
    /** A flow was learned. */
    LEARN,
    /** Something beside the packet's way: a meter, a limit, a choice by hash. */
    OTHER,
    /** Nothing can be said from here on. */
    UNDETERMINED
  }
}
