package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.IpProtocol;

/** The packet that an ICMP error quotes. One is used for frame after frame. */
final class Quotation {
  private final long[] tuple = new long[Fingerprint.TUPLE];
  private boolean isThere;
  private int number;

  /** The packet that an error message is about, as far as it quotes it. */
  void take(Dissection frame, int transport) {
    isThere = false;
    int quoted = transport + 1;
    boolean quotes =
        transport >= 0
            && quoted < frame.count()
            && (frame.kind(transport) == LayerKind.ICMP
                || frame.kind(transport) == LayerKind.ICMPV6);
    if (!quotes) {
      return;
    }
    LayerKind kind = frame.kind(quoted);
    boolean ipv4 = kind == LayerKind.IPV4;
    if (!ipv4 && kind != LayerKind.IPV6) {
      return;
    }
    byte[] bytes = frame.bytes();
    int at = frame.offset(quoted);
    int segment = at + frame.headerLength(quoted);
    int end = frame.start() + frame.captured();
    int protocol = byteAt(bytes, ipv4 ? at + 9 : at + 6);
    FlowTuple.fill(tuple, frame, at, ipv4, protocol, segment, end);
    int identification = ipv4 ? shortAt(bytes, at + 4) : 0;
    boolean numbered = protocol == IpProtocol.TCP && end - segment >= 8;
    number = numbered ? intAt(bytes, segment + 4) : identification;
    isThere = true;
  }

  /** Whether the frame quotes a packet. */
  boolean isThere() {
    return isThere;
  }

  long[] tuple() {
    return tuple;
  }

  /** TCP's sequence number; of other packets the identification. */
  int number() {
    return number;
  }
}
