package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A network device of one namespace.
 *
 * @param index the interface index
 * @param peerIndex the index after {@code @if}: of the other end of a veth pair, or of the device
 *     below in another namespace
 * @param lower the device after {@code @}: the one below in this namespace, or a veth's other end
 * @param peerNamespace where {@code peerIndex} counts; empty when it wasn't shown or it is this
 *     namespace
 * @param flags those in angle brackets: {@code UP}, {@code NOARP}, …; meaningless unless {@code
 *     flagsKnown}
 * @param mtu in bytes of the packet without its link-layer header
 * @param master the bridge, bond, VRF or {@code ovs-system} that the device belongs to
 * @param kind what it is; a {@link DeviceKind.Ethernet} when nothing more was shown
 * @param kindShown whether {@code kind} was read (from {@code -d}) rather than concluded
 */
public record Device(
    String name,
    OptionalInt index,
    OptionalInt peerIndex,
    Optional<String> lower,
    Optional<PeerNamespace> peerNamespace,
    Set<String> flags,
    boolean flagsKnown,
    OptionalInt mtu,
    LinkState state,
    Optional<MacAddress> mac,
    Optional<String> master,
    DeviceKind kind,
    boolean kindShown,
    Source source) {
  public Device {
    flags = java.util.Collections.unmodifiableSet(new TreeSet<>(flags));
  }

  /**
   * Whether nothing is at its wire's other end. {@code NO-CARRIER} alone says that the device isn't
   * running, which the kernel may note a second after the wire: {@code LOWER_UP} is the carrier's
   * own flag (netdevice(7)).
   */
  public boolean isWithoutCarrier() {
    return flags.contains("NO-CARRIER") && !flags.contains("LOWER_UP");
  }

  /** Whether the device may carry packets; empty when the state doesn't show it. */
  public Optional<Boolean> isUp() {
    return flagsKnown ? Optional.of(flags.contains("UP")) : Optional.empty();
  }

  /** Whether the kernel resolves no neighbours on it (point-to-point tunnels, loopback). */
  public boolean isWithoutNeighbours() {
    return flags.contains("NOARP") || flags.contains("POINTOPOINT");
  }

  /** Whether it is printed with another end: {@code @ifN} or {@code @NAME}. */
  public boolean isWithPeer() {
    return peerIndex().isPresent() || lower().isPresent();
  }
}
