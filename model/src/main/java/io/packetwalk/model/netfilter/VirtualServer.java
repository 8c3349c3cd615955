package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.List;

/**
 * A virtual server of IPVS and the real servers behind it.
 *
 * @param selector which packets are for it
 * @param scheduler how a real server is chosen for a new connection: {@code rr}, {@code wrr}, …
 * @param persistent whether a client stays with the real server that it got first
 */
public record VirtualServer(
    Selector selector,
    String scheduler,
    boolean persistent,
    List<RealServer> servers,
    Source source) {
  public VirtualServer {
    servers = List.copyOf(servers);
  }

  /** Which packets a virtual server is for. */
  public sealed interface Selector {}

  /** Packets to an address and port; port 0 is every port that no other server has. */
  public record OfAddress(int protocol, IpAddress address, int port) implements Selector {}

  /** Packets with a mark, of any protocol and destination. */
  public record OfMark(int mark) implements Selector {}

  /** How packets come to a real server. */
  public enum Forwarding {
    /** Their destination is translated. */
    MASQUERADE,
    /** As they are, to the real server's link-layer address ({@code Route}). */
    DIRECT,
    /** In a tunnel. */
    TUNNEL
  }

  /**
   * A server that does the work.
   *
   * @param weight its share among the others; 0 gets no new connection
   */
  public record RealServer(
      IpAddress address, int port, Forwarding forwarding, int weight, Source source) {}
}
