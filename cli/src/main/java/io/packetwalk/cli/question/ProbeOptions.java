package io.packetwalk.cli.question;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says about the packet, besides its ends.
 *
 * @param protocol what it carries; concluded from the destination when empty
 * @param sourcePort of TCP, UDP and SCTP
 * @param icmpType the request of a ping when empty
 * @param size of the payload in bytes
 * @param hopLimit as it is sent
 * @param ipv6 whether IPv6 is wanted where an end has addresses of both families; empty for what
 *     fits
 */
public record ProbeOptions(
    Optional<Protocol> protocol,
    OptionalInt sourcePort,
    OptionalInt icmpType,
    OptionalInt size,
    int hopLimit,
    Optional<Boolean> ipv6) {

  /** No option at all. */
  public static final ProbeOptions NONE =
      new ProbeOptions(
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          64,
          Optional.empty());

  /** What a packet can carry. */
  public enum Protocol {
    TCP,
    UDP,
    ICMP,
    SCTP
  }
}
