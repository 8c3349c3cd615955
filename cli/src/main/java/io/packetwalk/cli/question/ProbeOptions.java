package io.packetwalk.cli.question;

import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says about the packet, besides its ends.
 *
 * @param protocol what it carries; concluded from the destination when empty
 * @param sourcePort of TCP, UDP and SCTP; the identifier of a ping
 * @param destinationPort where the destination is named without one
 * @param icmpType the request of a ping when empty
 * @param size of the payload in bytes
 * @param hopLimit as it is sent
 * @param ipv6 whether IPv6 is wanted where an end has addresses of both families; empty for what
 *     fits
 * @param source the source address; what FROM says or the kernel chooses when empty
 * @param device the device that the sender is bound to
 */
public record ProbeOptions(
    Optional<Protocol> protocol,
    OptionalInt sourcePort,
    OptionalInt destinationPort,
    OptionalInt icmpType,
    OptionalInt size,
    int hopLimit,
    Optional<Boolean> ipv6,
    Optional<IpAddress> source,
    Optional<String> device) {

  /** No option at all. */
  public static final ProbeOptions NONE =
      new ProbeOptions(
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          64,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** What a packet can carry. */
  public enum Protocol {
    TCP,
    UDP,
    ICMP,
    SCTP
  }
}
