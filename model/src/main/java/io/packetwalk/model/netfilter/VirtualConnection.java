package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;

/**
 * A connection that IPVS had when somebody looked, or what keeps a persistent client with a real
 * server (a template: its client has port 0).
 *
 * @param protocol 0 for the template of a virtual server that has a mark, which stands in place of
 *     the virtual address then
 * @param state the protocol's, as IPVS calls it
 */
public record VirtualConnection(
    int protocol, End client, End virtual, End server, String state, Source source) {
  /** An address and a port. */
  public record End(IpAddress address, int port) {}

  public boolean isTemplate() {
    return client.port() == 0;
  }
}
