package io.packetwalk.proof.openflow;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.openflow.FlowState;
import io.packetwalk.walk.openflow.SwitchStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Flows of one table and priority that do the same and both match: which of them counts is up to
 * Open vSwitch and makes no difference to the packet.
 */
final class Twins {
  static final Twins NONE = new Twins(List.of(), List.of());

  private final Map<String, Flow> flows = new LinkedHashMap<>();
  private final Map<String, Long> ports = new LinkedHashMap<>();

  Twins(List<Flow> flows, List<SwitchPort> ports) {
    flows.forEach(flow -> this.flows.put(hit(flow), flow));
    ports.forEach(port ->
        this.ports.put(port.device(), Integer.toUnsignedLong(port.number().orElse(PortId.LOCAL))));
  }

  private static String hit(Flow flow) {
    return flow.table() + ":0x" + Long.toHexString(flow.cookie());
  }

  /** Whether a look-up hit the flow that was wanted, or its twin. */
  boolean isSame(SwitchStep lookup, String wanted) {
    Optional<Flow> mine = lookup.flow();
    String hit =
        lookup.table().orElseThrow()
            + ":"
            + mine.map(flow -> "0x" + Long.toHexString(flow.cookie())).orElse("miss");
    Flow other = flows.get(wanted);
    if (hit.equals(wanted) || mine.isEmpty() || other == null) {
      return hit.equals(wanted);
    }
    return other.table().equals(mine.get().table())
        && other.priority() == mine.get().priority()
        && other.actions().equals(mine.get().actions())
        && matches(other.match(), lookup.before());
  }

  private boolean matches(FlowMatch match, FlowState state) {
    return match.conditions().stream()
        .allMatch(condition ->
            switch (condition) {
              case FlowMatch.Masked masked ->
                  state.value(masked.field()).and(masked.mask()).equals(masked.value());
              case FlowMatch.AtPort at ->
                  ports.getOrDefault(at.port(), -1L) == state.number(at.field());
              case FlowMatch.Unknown ignored -> false;
            });
  }
}
