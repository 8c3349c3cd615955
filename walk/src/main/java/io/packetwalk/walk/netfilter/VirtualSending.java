package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.VirtualServer.Forwarding;
import io.packetwalk.wire.IpAddress;

/**
 * What IPVS has made of a packet.
 *
 * @param to the real server's address, which routing looks for whatever the destination is; of an
 *     answer, the client's
 * @param how how the packet comes to the real server
 * @param before the packet as IPVS found it: what it sends back is about that one
 * @param begun whether the packet is on its way already: IPVS doesn't look at it again
 */
public record VirtualSending(IpAddress to, Forwarding how, InFlight before, boolean begun) {
  public VirtualSending begin() {
    return new VirtualSending(to, how, before, true);
  }
}
