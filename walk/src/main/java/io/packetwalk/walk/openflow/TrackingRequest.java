package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * A packet's pass through the connection tracker, as a flow asks for it.
 *
 * @param packet as it is when it comes to the tracker
 * @param state its fields then
 * @param pass which pass of the walk this is, counted from 0
 * @param commits the connections that the walk has made so far
 * @param before how many of them were made before the packet came into the switch: the rest were
 *     made by the packet itself
 * @param marked the bits of the connection's mark that the action writes, as the fields have them
 * @param labelled the bits of its label likewise
 */
public record TrackingRequest(
    String bridge,
    int zone,
    boolean commit,
    boolean force,
    Optional<FlowAction.Translation> translation,
    Packet packet,
    FlowState state,
    int pass,
    List<Commit> commits,
    int before,
    Bits marked,
    Bits labelled) {
  public TrackingRequest {
    commits = List.copyOf(commits);
  }

  /** The connection's mark once the commit has written into it. */
  int markAfter(int mark) {
    Bits written = state.value(FlowFields.CT_MARK);
    return (int) Bits.of(Integer.toUnsignedLong(mark)).merged(written, marked).low();
  }

  /** The connection's label once the commit has written into it. */
  Bits labelAfter(Bits label) {
    return label.merged(state.value(FlowFields.CT_LABEL), labelled);
  }
}
