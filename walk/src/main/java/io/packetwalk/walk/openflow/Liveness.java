package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import java.util.Optional;

/** Whether a port is up, as far as its state was shown. */
final class Liveness {
  private Liveness() {}

  /** False only for a port that is known to be down, or known not to be there. */
  static boolean mayBeUp(SwitchTables tables, PortId id) {
    Optional<SwitchPort> port = tables.ports().port(tables.ports().number(id));
    if (port.isEmpty()) {
      return !tables.bridge().ports().isComplete();
    }
    SwitchPort.PortState state = port.get().state();
    return !state.shown()
        || (!state.state().contains("LINK_DOWN") && !state.configuration().contains("PORT_DOWN"));
  }

  /** Whether the port's state was shown. */
  static boolean isKnown(SwitchTables tables, PortId id) {
    return tables
        .ports()
        .port(tables.ports().number(id))
        .map(port -> port.state().shown())
        .orElse(tables.bridge().ports().isComplete());
  }
}
