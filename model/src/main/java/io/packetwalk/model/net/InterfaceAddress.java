package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.Optional;

/**
 * An address that a device has.
 *
 * @param prefixLength of the subnet that the address puts on the device
 * @param peer the other end's address on a point-to-point device
 * @param scope {@code global}, {@code link} or {@code host}
 */
public record InterfaceAddress(
    String device,
    IpAddress address,
    int prefixLength,
    Optional<IpAddress> peer,
    Optional<IpAddress> broadcast,
    String scope,
    boolean secondary,
    boolean usable,
    Source source) {

  /** The subnet that the address puts on its device. */
  public IpPrefix subnet() {
    return new IpPrefix(peer.orElse(address), prefixLength);
  }
}
