package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * What the connection tracker does with a packet.
 *
 * @param weight the share of packets for which this is so
 * @param state the bits of {@code ct_state} afterwards, see {@link ConnectionState}
 * @param mark the connection's; empty to keep what the flow itself has set
 * @param label the connection's; empty likewise
 * @param packet with its addresses translated, when they are
 * @param known the connection that the commit makes
 * @param original the tuple of the connection's original direction
 * @param text one sentence without a full stop
 */
public record TrackingAnswer(
    double weight,
    int state,
    Optional<Integer> mark,
    Optional<Bits> label,
    Packet packet,
    Optional<Commit> known,
    Optional<Connection.End> original,
    String text,
    List<Source> evidence,
    List<Assumption> assumptions) {
  public TrackingAnswer {
    evidence = List.copyOf(evidence);
    assumptions = List.copyOf(assumptions);
  }
}
