package io.packetwalk.walk.netfilter;

import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/** What netfilter asks the rest of its namespace's stack; empty answers are unknown. */
public interface Surroundings {
  /**
   * What the namespace's tables make of an address: {@code LOCAL}, {@code BROADCAST}, {@code
   * UNICAST}, … (the kernel's inet_addr_type).
   */
  Optional<RouteType> addressType(IpAddress address);

  /**
   * The address that a packet masqueraded out of this device gets (the kernel's inet_select_addr
   * for the route's next hop).
   */
  Optional<IpAddress> masqueradeAddress(String outputDevice, IpAddress destination);

  /**
   * The devices that the tables send packets for the packet's source or destination out of; none
   * when there is no route that sends packets on (the kernel's nft_fib4_eval).
   */
  Optional<List<String>> routeDevices(InFlight packet, boolean source, boolean withMark);

  /**
   * Whether an address is in a set that wasn't listed, as its name and the cluster's objects make
   * it plausible; empty when nothing does.
   */
  default Optional<Presumption> presumedMember(String set, IpAddress address) {
    return Optional.empty();
  }

  /** Whether a socket of the namespace waits for a packet at this address and port. */
  default Optional<Boolean> isWaitedFor(InFlight packet, Optional<IpAddress> address, int port) {
    return Optional.empty();
  }

  /** A plausible answer, with what would settle it. */
  record Presumption(boolean member, Assumption assumption) {}

  /**
   * Whether the way back to a packet's source leads out of the device that it came in by, or, when
   * {@code loose}, out of any device.
   */
  Optional<Boolean> reversePath(InFlight packet, boolean loose, boolean withMark);
}
