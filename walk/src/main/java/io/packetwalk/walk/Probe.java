package io.packetwalk.walk;

import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.IpProtocol;

/** What the walked packet carries over IP; sizes are of the payload, in bytes. */
public sealed interface Probe {
  int size();

  /** The first segment of a TCP connection. */
  record TcpSyn(int sourcePort, int destinationPort, int size) implements Probe {}

  record UdpDatagram(int sourcePort, int destinationPort, int size) implements Probe {}

  /** An SCTP association's first chunk. */
  record SctpInit(int sourcePort, int destinationPort, int size) implements Probe {}

  /** An ICMP message, ICMPv6 where the destination is an IPv6 address. */
  record IcmpMessage(int type, int code, int identifier, int sequence, int size) implements Probe {}

  /** The protocol number in the IP header. */
  default int protocol(IpFamily family) {
    return switch (this) {
      case TcpSyn tcp -> IpProtocol.TCP;
      case UdpDatagram udp -> IpProtocol.UDP;
      case SctpInit sctp -> IpProtocol.SCTP;
      case IcmpMessage icmp -> family == IpFamily.IPV4 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
    };
  }
}
