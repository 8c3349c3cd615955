package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpFamily;

/** Which packets a table sees; iptables' tables are {@code IP} or {@code IP6}. */
public enum TableFamily {
  IP,
  IP6,
  INET,
  ARP,
  BRIDGE,
  NETDEV;

  public static TableFamily of(IpFamily family) {
    return switch (family) {
      case IPV4 -> IP;
      case IPV6 -> IP6;
    };
  }

  /** Whether the table's chains are asked about packets of this version of IP. */
  public boolean sees(IpFamily family) {
    return switch (this) {
      case IP -> family == IpFamily.IPV4;
      case IP6 -> family == IpFamily.IPV6;
      case INET -> true;
      case ARP, BRIDGE, NETDEV -> false;
    };
  }
}
