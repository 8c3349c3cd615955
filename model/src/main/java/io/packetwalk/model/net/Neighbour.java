package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;

/** An entry of the neighbour table: which MAC address an IP address has on a device. */
public record Neighbour(
    IpAddress address,
    String device,
    Optional<MacAddress> mac,
    NeighbourState state,
    boolean proxy,
    Source source) {

  /** Whether the kernel would send to this MAC address without asking first. */
  public boolean isUsable() {
    return mac.isPresent() && state.isValid();
  }
}
