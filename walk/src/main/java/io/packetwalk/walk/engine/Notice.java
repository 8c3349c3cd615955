package io.packetwalk.walk.engine;

import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Icmp;

/** What a stack sends back about a packet that it refuses. */
sealed interface Notice {
  /** An ICMP error (RFC 792, RFC 4443), with the second word of its header. */
  record Error(int type, int code, int rest) implements Notice {}

  /** A TCP reset. */
  record Reset() implements Notice {}

  private static Error either(IpFamily family, Error version4, Error version6) {
    return family == IpFamily.IPV4 ? version4 : version6;
  }

  private static Error unreachable(int code) {
    return new Error(Icmp.DESTINATION_UNREACHABLE, code, 0);
  }

  private static Error unreachable6(int code) {
    return new Error(1, code, 0);
  }

  /** No route to the destination (ip_error with ENETUNREACH, ip6_pkt_discard). */
  static Error noRoute(IpFamily family) {
    return either(family, unreachable(0), unreachable6(0));
  }

  /** A route of type unreachable. */
  static Error hostUnreachable(IpFamily family) {
    return either(family, unreachable(1), unreachable6(0));
  }

  /** A route of type prohibit. */
  static Error prohibited(IpFamily family) {
    return either(family, unreachable(13), unreachable6(1));
  }

  /** The next hop doesn't answer (ipv4_link_failure, ip6_link_failure). */
  static Error neighbourUnreachable(IpFamily family) {
    return either(family, unreachable(1), unreachable6(3));
  }

  static Error portUnreachable(IpFamily family) {
    return either(family, unreachable(3), unreachable6(4));
  }

  static Error timeExceeded(IpFamily family) {
    return either(family, new Error(Icmp.TIME_EXCEEDED, 0, 0), new Error(3, 0, 0));
  }

  /** The packet exceeds this MTU and may not be fragmented. */
  static Error tooBig(IpFamily family, int mtu) {
    return either(family, new Error(Icmp.DESTINATION_UNREACHABLE, 4, mtu), new Error(2, 0, mtu));
  }
}
