package io.packetwalk.walk.openflow;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.GeneveOption;
import java.util.List;
import java.util.Optional;

/**
 * What a tunnel's headers say, beside the packet that was inside or will be.
 *
 * @param id the VNI, or GRE's key
 * @param flags as in {@code tun_flags}
 * @param typeOfService of the outer header
 * @param ttl of the outer header; 0 for the port's own
 * @param options Geneve's
 */
public record TunnelMetadata(
    long id,
    Optional<IpAddress> source,
    Optional<IpAddress> destination,
    int flags,
    int groupPolicy,
    int typeOfService,
    int ttl,
    List<GeneveOption> options) {
  /** What a packet has that came by no tunnel. */
  public static final TunnelMetadata NONE =
      new TunnelMetadata(0, Optional.empty(), Optional.empty(), 0, 0, 0, 0, List.of());

  /** {@code tun_flags}: the header has a key. */
  public static final int KEY = 1 << 3;

  public TunnelMetadata {
    options = List.copyOf(options);
  }

  /** What a packet has that came between these addresses, with a key. */
  public static TunnelMetadata of(long id, IpAddress source, IpAddress destination) {
    return new TunnelMetadata(
        id, Optional.of(source), Optional.of(destination), KEY, 0, 0, 64, List.of());
  }

  public boolean isPresent() {
    return destination.isPresent();
  }
}
