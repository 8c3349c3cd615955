package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.walk.Assumption;
import java.util.List;
import java.util.Optional;

/**
 * One way that a packet may take through the tables, with everything that is sent on it.
 *
 * <p>Branches differ in what nobody can foresee: the bucket that a select group hashes to, what the
 * connection tracker holds. Their first steps are equal up to the one where they part.
 *
 * @param weight the share of packets; the weights of all branches add up to 1
 * @param outputs the copies that leave, in order; none when the packet is dropped
 * @param toController whether a copy goes to the controller
 * @param undetermined why nothing can be said of what comes after the outputs; empty when
 *     everything is known
 * @param assumptions what was taken for granted, in order
 * @param commits the connections that were made on the way, and those made before
 * @param learned the flows that were learned on the way, and before
 * @param ends the packet's fields when the tables were done with it: the first time, and after each
 *     return from the connection tracker
 */
public record SwitchBranch(
    double weight,
    List<SwitchStep> steps,
    List<SwitchOutput> outputs,
    boolean toController,
    Optional<String> undetermined,
    List<Assumption> assumptions,
    List<Commit> commits,
    List<Flow> learned,
    List<FlowState> ends) {
  public SwitchBranch {
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
    assumptions = List.copyOf(assumptions);
    commits = List.copyOf(commits);
    learned = List.copyOf(learned);
    ends = List.copyOf(ends);
  }

  /** Whether the packet ends here: nothing leaves, and that is certain. */
  public boolean isDropped() {
    return outputs.isEmpty() && undetermined.isEmpty();
  }
}
