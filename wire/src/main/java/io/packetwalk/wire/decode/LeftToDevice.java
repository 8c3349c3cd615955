package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a checksum inside of a tunnel that a device has yet to complete adds to the sum of the
 * tunnel's own. The kernel computes that one as it will be right on the wire, from the outer
 * headers alone (local checksum offload, Documentation/networking/checksum-offloads).
 */
final class LeftToDevice {
  private LeftToDevice() {}

  /** Zero when nothing behind this header was left to the device. */
  static long inside(Dissection dissection, List<Layer> layers, int outer) {
    long added = 0;
    Optional<Ip> network = Optional.empty();
    for (int index = outer + 1; index < layers.size(); index++) {
      switch (layers.get(index)) {
        case Ip ip -> network = Optional.of(ip);
        case Tcp tcp ->
            added += missing(dissection, network, index, IpProtocol.TCP, tcp.declaredChecksum());
        case Udp udp ->
            added += missing(dissection, network, index, IpProtocol.UDP, udp.declaredChecksum());
        default -> {}
      }
    }
    return added;
  }

  /** What the field will be, less what it is, in one's complement. */
  private static long missing(
      Dissection dissection, Optional<Ip> network, int index, int protocol, OptionalInt declared) {
    int at = dissection.offset(index);
    int end = dissection.end(index);
    if (network.isEmpty() || declared.isEmpty()) {
      return 0;
    }
    long pseudo = Checksum.pseudoHeader(network.get(), protocol, end - at);
    int found = declared.getAsInt();
    if (found != Checksum.fold(pseudo)) {
      return 0;
    }
    int completed = Checksum.complement(pseudo + Checksum.sum(dissection.bytes(), at, end) - found);
    return (long) completed + (~found & 0xffff);
  }
}
