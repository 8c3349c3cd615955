package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.IpAddress;

/**
 * What identifies one direction of a connection.
 *
 * @param sourcePort the port; for ICMP the identifier
 * @param destinationPort the port; for ICMP the identifier
 */
public record Tuple(
    int protocol, IpAddress source, IpAddress destination, int sourcePort, int destinationPort) {

  /** The direction of the answer. */
  public Tuple inverted() {
    IpAddress answerFrom = destination;
    IpAddress answerTo = source;
    return new Tuple(
        protocol,
        answerFrom,
        answerTo,
        /* sourcePort= */ destinationPort,
        /* destinationPort= */ sourcePort);
  }
}
