package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.wire.layer.Packet;
import java.util.Optional;

/**
 * A copy of the packet that leaves a switch.
 *
 * @param bridge the switch that it leaves
 * @param id the port as the switch numbers it; by name when the number isn't known
 * @param port the port, when the state shows it
 * @param packet as it leaves, without the headers that a tunnel port puts on
 * @param tunnel what a tunnel port makes its headers of
 * @param mark the {@code skb} mark that it leaves with: {@code pkt_mark}
 * @param step the index of the step of the branch that sent it
 */
public record SwitchOutput(
    String bridge,
    PortId id,
    Optional<SwitchPort> port,
    Packet packet,
    TunnelMetadata tunnel,
    int mark,
    int step) {}
