package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;

/** The steps over what IP carries: transport headers and the control messages of IP itself. */
final class TransportSteps {
  private TransportSteps() {}

  static LayerKind tcp(Dissection result, TunnelPorts ports) {
    byte[] bytes = result.bytes();
    int at = result.position;
    if (result.available() < Tcp.HEADER_LENGTH) {
      result.missing(LayerKind.TCP, Tcp.HEADER_LENGTH);
      return result.partial();
    }
    int header = (byteAt(bytes, at + 12) >>> 4) * 4;
    if (header < Tcp.HEADER_LENGTH) {
      result.fault(Fault.Reason.LENGTH_TOO_SMALL, LayerKind.TCP, at, Tcp.HEADER_LENGTH, header);
      return result.partial();
    }
    if (result.available() < header) {
      result.missing(LayerKind.TCP, header);
      return result.partial();
    }
    addTransport(result, LayerKind.TCP, header);
    boolean stt =
        ports.isStt(shortAt(bytes, at + 2))
            && TunnelSteps.startsSttFrame(result, intAt(bytes, at + 4));
    return stt ? LayerKind.STT : LayerKind.PAYLOAD;
  }

  static LayerKind udp(Dissection result, TunnelPorts ports) {
    byte[] bytes = result.bytes();
    int at = result.position;
    if (result.available() < Udp.HEADER_LENGTH) {
      result.missing(LayerKind.UDP, Udp.HEADER_LENGTH);
      return result.partial();
    }
    int length = shortAt(bytes, at + 4);
    addTransport(result, LayerKind.UDP, Udp.HEADER_LENGTH);
    if (length != 0 && length < Udp.HEADER_LENGTH) {
      result.fault(Fault.Reason.LENGTH_TOO_SMALL, LayerKind.UDP, at, Udp.HEADER_LENGTH, length);
      return LayerKind.PAYLOAD;
    }
    if (length != 0) {
      result.claim(length);
    }
    return TunnelChoice.afterUdp(result, ports, shortAt(bytes, at), shortAt(bytes, at + 2));
  }

  static LayerKind sctp(Dissection result) {
    if (result.available() < Sctp.HEADER_LENGTH) {
      result.missing(LayerKind.SCTP, Sctp.HEADER_LENGTH);
      return result.partial();
    }
    addTransport(result, LayerKind.SCTP, Sctp.HEADER_LENGTH);
    return LayerKind.PAYLOAD;
  }

  static LayerKind icmp(Dissection result) {
    if (result.available() < Icmp.HEADER_LENGTH) {
      result.missing(LayerKind.ICMP, Icmp.HEADER_LENGTH);
      return result.partial();
    }
    int type = byteAt(result.bytes(), result.position);
    addTransport(result, LayerKind.ICMP, Icmp.HEADER_LENGTH);
    return Icmp.isError(type) ? quote(result, LayerKind.IPV4) : LayerKind.PAYLOAD;
  }

  static LayerKind icmpv6(Dissection result) {
    if (result.available() < Icmpv6.HEADER_LENGTH) {
      result.missing(LayerKind.ICMPV6, Icmpv6.HEADER_LENGTH);
      return result.partial();
    }
    int type = byteAt(result.bytes(), result.position);
    addTransport(result, LayerKind.ICMPV6, Icmpv6.HEADER_LENGTH);
    return Icmpv6.isError(type) ? quote(result, LayerKind.IPV6) : LayerKind.PAYLOAD;
  }

  /**
   * What follows an error is the start of somebody else's packet: its lengths say more than is
   * here.
   */
  private static LayerKind quote(Dissection result, LayerKind kind) {
    if (result.fragment || result.available() == 0) {
      return LayerKind.PAYLOAD;
    }
    boolean fits = LinkSteps.byVersion(result) == kind;
    result.quoted = true;
    return fits ? kind : LayerKind.PAYLOAD;
  }

  static LayerKind partial(Dissection result) {
    result.add(LayerKind.PARTIAL, result.available());
    return LayerKind.PAYLOAD;
  }

  private static void addTransport(Dissection result, LayerKind kind, int header) {
    if (!result.quoted) {
      result.transport = result.count();
    }
    result.add(kind, header);
  }
}
