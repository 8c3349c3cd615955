package io.packetwalk.walk.routing;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An address that a namespace has, and how the state shows it.
 *
 * @param device which of its devices has it, when that is shown
 * @param prefixLength of the subnet that it puts on the device, when that is shown
 * @param origin where it was read
 */
public record LocalAddress(
    IpAddress address,
    Optional<String> device,
    OptionalInt prefixLength,
    Origin origin,
    Source source) {
  /** How an address was found to be local. */
  public enum Origin {
    /** {@code ip addr} lists it. */
    LISTED,
    /** The table {@code local} has it. */
    LOCAL_TABLE,
    /** A route names it as the source to use, which the kernel allows for local addresses only. */
    ROUTE_SOURCE,
    /** Kubernetes or Calico says that it is this node's or this pod's. */
    OBJECT
  }
}
