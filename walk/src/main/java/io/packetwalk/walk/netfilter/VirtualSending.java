package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.IpAddress;

/**
 * What IPVS has decided about a packet: the real server that it goes to.
 *
 * @param to the real server's address, which routing looks for whatever the destination is
 * @param begun whether the packet is on its way there already: IPVS doesn't look at it again
 */
public record VirtualSending(IpAddress to, boolean begun) {
  public VirtualSending begin() {
    return new VirtualSending(to, true);
  }
}
