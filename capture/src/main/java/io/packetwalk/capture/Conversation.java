package io.packetwalk.capture;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.LayerKind;
import java.util.List;

/**
 * What two ends sent each other in one stack of encapsulations: a line of a summary.
 *
 * @param stack the kinds of header, outermost first
 * @param first the end with the lower address; of packets without IP, unspecified like the other
 * @param firstPort zero where the protocol has no ports
 * @param packets in both directions
 * @param bytes on the wire, with all headers
 */
public record Conversation(
    List<LayerKind> stack,
    IpAddress first,
    int firstPort,
    IpAddress second,
    int secondPort,
    long packets,
    long bytes) {
  public Conversation {
    stack = List.copyOf(stack);
  }

  /** Whether the packets have addresses. */
  public boolean isIp() {
    return !first.isUnspecified() || !second.isUnspecified();
  }
}
