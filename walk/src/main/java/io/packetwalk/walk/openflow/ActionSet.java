package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowAction;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order an action set, or a group's bucket, is done (OpenFlow 1.5, 5.6; Open vSwitch,
 * {@code ofpacts_execute_action_set}).
 *
 * <p>Of actions that change the packet's structure the last of each kind counts; then come the
 * fields, in the order in which they were added; then one action that sends the packet on: a group
 * before an output before a resubmit before the connection tracker. Without one of these nothing is
 * done at all.
 */
final class ActionSet {
  private static final List<Class<? extends FlowAction>> STRUCTURE =
      List.of(
          FlowAction.PopVlan.class,
          FlowAction.PopMpls.class,
          FlowAction.PushMpls.class,
          FlowAction.PushVlan.class,
          FlowAction.DecrementTtl.class,
          FlowAction.DecrementMplsTtl.class);

  private ActionSet() {}

  static List<FlowAction> ordered(List<FlowAction> set) {
    List<FlowAction> ordered = new ArrayList<>();
    set.stream().filter(FlowAction.Unknown.class::isInstance).forEach(ordered::add);
    for (Class<? extends FlowAction> kind : STRUCTURE) {
      set.reversed().stream().filter(kind::isInstance).findFirst().ifPresent(ordered::add);
    }
    set.stream().filter(ActionSet::isField).forEach(ordered::add);
    int best = set.stream().mapToInt(ActionSet::finality).max().orElse(0);
    if (best == 0 && ordered.stream().noneMatch(FlowAction.Unknown.class::isInstance)) {
      return List.of();
    }
    set.reversed().stream()
        .filter(action -> best > 0 && finality(action) == best)
        .findFirst()
        .ifPresent(ordered::add);
    return ordered;
  }

  private static boolean isField(FlowAction action) {
    return finality(action) == 0
        && !(action instanceof FlowAction.Unknown)
        && STRUCTURE.stream().noneMatch(kind -> kind.isInstance(action));
  }

  private static int finality(FlowAction action) {
    return switch (action) {
      case FlowAction.Track ignored -> 1;
      case FlowAction.ClearTracking ignored -> 2;
      case FlowAction.Resubmit ignored -> 3;
      case FlowAction.Output ignored -> 4;
      case FlowAction.OutputField ignored -> 4;
      case FlowAction.Enqueue ignored -> 4;
      case FlowAction.Controller ignored -> 4;
      case FlowAction.ToGroup ignored -> 5;
      default -> 0;
    };
  }
}
