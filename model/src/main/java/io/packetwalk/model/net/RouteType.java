package io.packetwalk.model.net;

/** What a route does with a packet (rtnetlink's route types). */
public enum RouteType {
  UNICAST,
  LOCAL,
  BROADCAST,
  MULTICAST,
  ANYCAST,
  /** Silently dropped. */
  BLACKHOLE,
  /** Dropped; the sender is told that the host is unreachable. */
  UNREACHABLE,
  /** Dropped; the sender is told that communication is administratively prohibited. */
  PROHIBIT,
  /** The look-up goes on with the next rule. */
  THROW
}
