package io.packetwalk.model.net;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.Optional;
import java.util.OptionalInt;

/** What a route says beside the next hop about packets that are put into others (lwtunnel). */
public sealed interface RouteEncapsulation {
  /** As {@code ip route} shows it, without {@code encap}. */
  String text();

  /**
   * What a tunnel device in external mode puts around a packet that takes the route ({@code encap
   * ip}, {@code encap ip6}). Other devices pay no attention to it.
   *
   * @param family the version of IP outside
   * @param key the tunnel's number: a VNI, or a key of GRE where {@code keyed}
   * @param source empty where routing chooses it
   * @param hopLimit empty where the device's own rule decides
   * @param checked whether a checksum is asked for: of UDP over IPv6, or GRE's own
   */
  record TunnelHeader(
      String text,
      IpFamily family,
      long key,
      Optional<IpAddress> source,
      Optional<IpAddress> destination,
      OptionalInt hopLimit,
      boolean keyed,
      boolean checked)
      implements RouteEncapsulation {}

  /** What the walk has no model of: MPLS labels, segment routing, programs, options of tunnels. */
  record Opaque(String text) implements RouteEncapsulation {}
}
