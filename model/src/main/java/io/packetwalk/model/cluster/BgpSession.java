package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;

/**
 * A BGP session as a node's BIRD reports it ({@code calicoctl node status}).
 *
 * @param node the machine whose prompt it was shown at
 * @param peerType {@code node-to-node mesh}, {@code global}, {@code node specific}
 * @param info {@code Established}, {@code Active}, {@code Connect}, …
 */
public record BgpSession(
    String node,
    IpAddress peer,
    String peerType,
    String state,
    String since,
    String info,
    Source source) {
  public boolean isEstablished() {
    return info.startsWith("Established");
  }
}
