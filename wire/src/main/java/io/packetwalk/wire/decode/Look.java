package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.longAt;

/** A digest of the headers outside of a packet, which differ each time that it passes a capture. */
final class Look {
  private Look() {}

  /** What the headers around the innermost IP header are like, and its link addresses. */
  static int of(Dissection frame, int network) {
    long sum = network;
    byte[] bytes = frame.bytes();
    for (int layer = 0; layer < network; layer++) {
      LayerKind kind = frame.kind(layer);
      int at = frame.offset(layer);
      sum = Fingerprint.mix(sum, kind.mark());
      if (kind == LayerKind.ETHERNET) {
        sum = Fingerprint.mix(sum, longAt(bytes, at) ^ (long) intAt(bytes, at + 8) << 1);
      } else if (kind == LayerKind.IPV4) {
        sum = Fingerprint.mix(sum, longAt(bytes, at + 12) ^ byteAt(bytes, at + 8));
      } else if (kind == LayerKind.IPV6) {
        sum =
            Fingerprint.mix(
                sum, longAt(bytes, at + 16) ^ longAt(bytes, at + 32) ^ byteAt(bytes, at + 7));
      }
    }
    return (int) (sum ^ sum >>> 32);
  }
}
