package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.TableId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An action at the moment when it is done: in which branch, on which packet, by which flow. */
record Site(Journey journey, Pass pass, TableId table, Flow flow) {
  void step(SwitchStep.Kind kind, String decision) {
    step(kind, decision, List.of(flow.source()));
  }

  void step(SwitchStep.Kind kind, String decision, List<Source> evidence) {
    journey.step(pass, kind, Optional.of(table), Optional.of(flow), decision, evidence);
  }

  void giveUp(String reason) {
    journey.giveUp(pass, Optional.of(table), Optional.of(flow), reason);
  }

  /** The same action on a copy of the packet. */
  Site on(Pass copy) {
    return new Site(journey, copy, table, flow);
  }

  /** Work that this flow asks for, to be done later. */
  Task later(Consumer<Site> work) {
    return (branch, packet) -> work.accept(new Site(branch, packet, table, flow));
  }
}
