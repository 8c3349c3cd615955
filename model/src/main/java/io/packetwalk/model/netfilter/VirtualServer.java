package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.OptionalInt;

/**
 * A virtual server of IPVS and the real servers behind it.
 *
 * @param selector which packets are for it
 * @param scheduler how a real server is chosen for a new connection: {@code rr}, {@code wrr}, …;
 *     empty when the listing doesn't show it
 * @param persistence how many leading bits of their addresses clients have in common that stay with
 *     the real server that one of them got first; empty when every connection is scheduled anew
 * @param options what else was asked of it, without the hyphens: {@code ops}, {@code sh-fallback}
 */
public record VirtualServer(
    Selector selector,
    String scheduler,
    OptionalInt persistence,
    List<String> options,
    List<RealServer> servers,
    Source source) {
  public VirtualServer {
    options = List.copyOf(options);
    servers = List.copyOf(servers);
  }

  public boolean isPersistent() {
    return persistence.isPresent();
  }

  /** Whether a datagram is forgotten once it is sent, so that its answer isn't translated. */
  public boolean isOnePacket() {
    return options.contains("ops");
  }

  public VirtualServer with(List<RealServer> changed) {
    return new VirtualServer(selector, scheduler, persistence, options, changed, source);
  }

  /** Which packets a virtual server is for. */
  public sealed interface Selector {}

  /** Packets to an address and port; port 0 is every port that no other server has. */
  public record OfAddress(int protocol, IpAddress address, int port) implements Selector {}

  /** Packets of this version of IP with a mark, of any protocol and destination. */
  public record OfMark(int mark, IpFamily family) implements Selector {}

  /** How packets come to a real server. */
  public enum Forwarding {
    /** Their destination is translated. */
    MASQUERADE,
    /** As they are, to the real server's link-layer address ({@code Route}). */
    DIRECT,
    /** In a packet of their own: IP in IP. */
    TUNNEL,
    /** In GUE or GRE. */
    OTHER_TUNNEL,
    /** One of these; the listing doesn't show which ({@code --stats}). */
    NOT_SHOWN
  }

  /**
   * A server that does the work.
   *
   * @param port 0 is the port that the packet has
   * @param weight its share among the others; 0 gets no new connection
   * @param threshold how many connections it may have; empty when there is no limit
   * @param active how many established connections it had when somebody looked
   */
  public record RealServer(
      IpAddress address,
      int port,
      Forwarding forwarding,
      int weight,
      OptionalInt threshold,
      OptionalInt active,
      Source source) {}
}
