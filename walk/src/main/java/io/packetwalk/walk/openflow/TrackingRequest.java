package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowAction;
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
 * @param sameJourney how many of them were made before the packet came into the switch: the rest
 *     were made by the packet itself
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
    int sameJourney) {
  public TrackingRequest {
    commits = List.copyOf(commits);
  }
}
