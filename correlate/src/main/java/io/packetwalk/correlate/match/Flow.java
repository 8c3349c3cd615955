package io.packetwalk.correlate.match;

import io.packetwalk.wire.IpAddress;

/**
 * One direction of a connection, as the innermost headers show it at one place.
 *
 * @param sourcePort of ICMP, the message's type
 * @param destinationPort of ICMP, the identifier
 */
public record Flow(
    IpAddress source, IpAddress destination, int protocol, int sourcePort, int destinationPort) {}
