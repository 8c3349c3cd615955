package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.wire.layer.Packet;
import java.util.List;

/**
 * A packet that comes into a switch.
 *
 * @param bridge the switch's name
 * @param port where it comes in; {@link PortId#LOCAL} for the bridge's own port
 * @param packet from its Ethernet header on, without a tunnel's headers
 * @param mark the {@code skb} mark that it has: {@code pkt_mark}
 * @param commits the connections that this walk has made before, in this direction or the other
 * @param learned the flows that it has learned before
 */
public record Arrival(
    String bridge,
    PortId port,
    Packet packet,
    TunnelMetadata tunnel,
    int mark,
    List<Commit> commits,
    List<Flow> learned) {
  public Arrival {
    commits = List.copyOf(commits);
    learned = List.copyOf(learned);
  }

  /** A packet of a walk that has learned no flow before. */
  public Arrival(
      String bridge,
      PortId port,
      Packet packet,
      TunnelMetadata tunnel,
      int mark,
      List<Commit> commits) {
    this(bridge, port, packet, tunnel, mark, commits, List.of());
  }

  /** A packet from an ordinary port. */
  public static Arrival of(String bridge, String port, Packet packet) {
    return new Arrival(bridge, PortId.of(port), packet, TunnelMetadata.NONE, 0, List.of());
  }
}
