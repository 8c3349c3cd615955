package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.TableId;
import java.util.Optional;

/** Single actions in words. */
public final class FlowWords {
  private FlowWords() {}

  public static String of(FlowAction action) {
    return Wording.action(action);
  }

  /** The table that an action takes the packet to. */
  public static Optional<TableId> next(FlowAction action) {
    return switch (action) {
      case FlowAction.Resubmit resubmit -> resubmit.table();
      case FlowAction.GotoTable go -> Optional.of(go.table());
      case FlowAction.Track track -> track.table();
      default -> Optional.empty();
    };
  }
}
