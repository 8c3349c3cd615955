package io.packetwalk.walk.engine;

import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Icmp;

/** What a stack sends back about a packet that it refuses. */
sealed interface Notice {
  /** An ICMP error (RFC 792, RFC 4443), with the second word of its header. */
  record IcmpError(int type, int code, int rest) implements Notice {}

  /** A TCP reset. */
  record Reset() implements Notice {}

  private static IcmpError either(IpFamily family, IcmpError version4, IcmpError version6) {
    return family == IpFamily.IPV4 ? version4 : version6;
  }

  private static IcmpError unreachable(int code) {
    return new IcmpError(Icmp.DESTINATION_UNREACHABLE, code, 0);
  }

  private static IcmpError unreachable6(int code) {
    return new IcmpError(1, code, 0);
  }

  /** No route to the destination (ip_error with ENETUNREACH, ip6_pkt_discard). */
  static IcmpError noRoute(IpFamily family) {
    return either(family, unreachable(0), unreachable6(0));
  }

  /** A route of type unreachable. */
  static IcmpError hostUnreachable(IpFamily family) {
    return either(family, unreachable(1), unreachable6(0));
  }

  /** A route of type prohibit. */
  static IcmpError prohibited(IpFamily family) {
    return either(family, unreachable(13), unreachable6(1));
  }

  /** The next hop doesn't answer (ipv4_link_failure, ip6_link_failure). */
  static IcmpError neighbourUnreachable(IpFamily family) {
    return either(family, unreachable(1), unreachable6(3));
  }

  static IcmpError portUnreachable(IpFamily family) {
    return either(family, unreachable(3), unreachable6(4));
  }

  static IcmpError timeExceeded(IpFamily family) {
    return either(family, new IcmpError(Icmp.TIME_EXCEEDED, 0, 0), new IcmpError(3, 0, 0));
  }

  /** The packet exceeds this MTU and may not be fragmented. */
  static IcmpError tooBig(IpFamily family, int mtu) {
    return either(
        family, new IcmpError(Icmp.DESTINATION_UNREACHABLE, 4, mtu), new IcmpError(2, 0, mtu));
  }
}
