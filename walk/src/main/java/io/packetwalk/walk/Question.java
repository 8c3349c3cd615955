package io.packetwalk.walk;

import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which packet to walk.
 *
 * @param from where it starts
 * @param to its destination address as its sender writes it
 * @param source its source address; chosen as the kernel chooses when empty
 * @param probe what it carries
 * @param hopLimit of the packet as sent, 64 on Linux by default
 * @param dontFragment whether its sender forbids fragments: IPv4's flag is set, and a packet that
 *     is too large for the first device isn't sent (IP_PMTUDISC_PROBE, IPV6_DONTFRAG)
 * @param device the device that its sender's socket is bound to, such as a VRF ({@code ip vrf
 *     exec}, SO_BINDTODEVICE)
 * @param premises what was taken for granted when the question was put, such as that a pod which is
 *     no longer listed is still there
 */
public record Question(
    Origin from,
    IpAddress to,
    Optional<IpAddress> source,
    Probe probe,
    int hopLimit,
    boolean dontFragment,
    Optional<String> device,
    List<Assumption> premises) {
  public Question {
    premises = List.copyOf(premises);
  }

  /** A question of a sender that is bound to no device. */
  public Question(
      Origin from,
      IpAddress to,
      Optional<IpAddress> source,
      Probe probe,
      int hopLimit,
      boolean dontFragment,
      List<Assumption> premises) {
    this(from, to, source, probe, hopLimit, dontFragment, Optional.empty(), premises);
  }

  /** A question about a packet that may not be fragmented. */
  public Question(
      Origin from,
      IpAddress to,
      Optional<IpAddress> source,
      Probe probe,
      int hopLimit,
      List<Assumption> premises) {
    this(from, to, source, probe, hopLimit, true, premises);
  }

  /** A question that takes nothing for granted. */
  public Question(
      Origin from, IpAddress to, Optional<IpAddress> source, Probe probe, int hopLimit) {
    this(from, to, source, probe, hopLimit, List.of());
  }
}
