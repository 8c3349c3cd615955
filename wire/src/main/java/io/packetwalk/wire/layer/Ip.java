package io.packetwalk.wire.layer;

import io.packetwalk.wire.IpAddress;

/** What a router reads of an Internet Protocol header, whichever version it is. */
public sealed interface Ip permits Ipv4, Ipv6 {
  IpAddress source();

  IpAddress destination();

  /** The number of the protocol that follows; for IPv6 after the extension headers. */
  int protocol();

  /** IPv4's time to live, IPv6's hop limit. */
  int hopLimit();

  /** IPv4's type of service, IPv6's traffic class: DSCP and ECN. */
  int trafficClass();

  /** In bytes, with options or extension headers. */
  int headerLength();

  Ip withHopLimit(int changed);

  Ip withAddresses(IpAddress changedSource, IpAddress changedDestination);

  /** This header as a member of a packet. */
  default Layer asLayer() {
    return switch (this) {
      case Ipv4 ipv4 -> ipv4;
      case Ipv6 ipv6 -> ipv6;
    };
  }
}
