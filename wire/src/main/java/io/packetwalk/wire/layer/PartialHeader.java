package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import java.util.OptionalInt;

/**
 * The beginning of a transport header whose rest isn't there or contradicts itself, as in the
 * packet that an ICMP error quotes.
 *
 * @param protocol the IP protocol whose header it is
 */
public record PartialHeader(int protocol, Bytes content) implements Layer {
  /** The source port, when the protocol has one and it is there. */
  public OptionalInt sourcePort() {
    return port(0);
  }

  /** The destination port, when the protocol has one and it is there. */
  public OptionalInt destinationPort() {
    return port(2);
  }

  private OptionalInt port(int offset) {
    boolean known =
        switch (protocol) {
          case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP -> content.length() >= offset + 2;
          default -> false;
        };
    return known
        ? OptionalInt.of(content.at(offset) << 8 | content.at(offset + 1))
        : OptionalInt.empty();
  }
}
