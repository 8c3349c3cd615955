package io.packetwalk.walk.plugin;

import io.packetwalk.walk.openflow.SwitchStep;

/** What the controller of a switch means by its tables, fields and flows. */
@FunctionalInterface
public interface FlowMeaning {
  /** Flows whose author isn't known mean what they do, and no more. */
  FlowMeaning NONE = step -> "";

  /** What a step means, without a full stop; empty where it isn't known. */
  String explain(SwitchStep step);
}
