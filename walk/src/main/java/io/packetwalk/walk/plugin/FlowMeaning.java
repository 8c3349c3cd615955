package io.packetwalk.walk.plugin;

import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.openflow.SwitchStep;

/** What the controller of a switch means by its tables, fields and flows. */
public interface FlowMeaning {
  /** Flows whose author isn't known mean what they do, and no more. */
  FlowMeaning NONE =
      new FlowMeaning() {
        @Override
        public String explain(SwitchStep step) {
          return "";
        }

        @Override
        public String called(TableId table) {
          return table.toString();
        }

        @Override
        public String field(FlowAction.SetField action) {
          return "";
        }
      };

  /** What a step means, without a full stop; empty where it isn't known. */
  String explain(SwitchStep step);

  /** A table as the walk goes on in it: {@code 10 (SpoofGuard)}. */
  String called(TableId table);

  /** What a value means that is written into a register; empty where that isn't known. */
  String field(FlowAction.SetField action);
}
