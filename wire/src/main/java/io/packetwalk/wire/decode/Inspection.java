package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The judgement of a decoded packet's checksums and of what was left to a device: only where
 * everything that a checksum covers is there.
 */
final class Inspection {
  private static final OptionalInt NO_CHECKSUM = OptionalInt.of(0);

  private final Dissection dissection;
  private final List<Layer> layers;
  private final List<Fault> faults;
  private final List<Remark> remarks;
  private boolean complete = true;
  private Optional<Ip> network = Optional.empty();

  Inspection(Dissection dissection, List<Layer> layers, List<Fault> faults, List<Remark> remarks) {
    this.dissection = dissection;
    this.layers = layers;
    this.faults = faults;
    this.remarks = remarks;
  }

  void inspect() {
    boolean quoted = false;
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index);
      if (dissection.isGuess(index)) {
        remark(Remark.Kind.GUESSED, index);
      }
      if (layer instanceof Ip ip) {
        enter(ip, index);
      }
      if (quoted) {
        remark(Remark.Kind.QUOTED, index);
        return;
      }
      if (complete) {
        checkTransport(layer, index);
      }
      quoted = isError(layer);
    }
  }

  private static boolean isError(Layer layer) {
    return switch (layer) {
      case Icmp icmp -> icmp.isError();
      case Icmpv6 icmpv6 -> icmpv6.isError();
      default -> false;
    };
  }

  private void enter(Ip ip, int index) {
    network = Optional.of(ip);
    switch (ip) {
      case Ipv4 ipv4 -> {
        ipv4.declaredChecksum()
            .ifPresent(found -> {
              int at = dissection.offset(index);
              int right = rightChecksum(at, at + dissection.headerLength(index), at + 10, 0);
              wrong(index, right, found, false);
            });
        boolean offloaded = ipv4.declaredLength().equals(OptionalInt.of(0));
        if (offloaded) {
          remark(Remark.Kind.SEGMENTATION_OFFLOADED, index);
        }
        complete = !ipv4.isFragment() && (ipv4.declaredLength().isEmpty() || offloaded);
      }
      case Ipv6 ipv6 ->
          complete =
              ipv6.declaredLength().isEmpty() && !ipv6.isFragment() && !ipv6.isSourceRouted();
    }
  }

  private void checkTransport(Layer layer, int index) {
    switch (layer) {
      case Tcp tcp -> tcp.declaredChecksum().ifPresent(found -> judge(index, 16, 6, found));
      case Udp udp -> {
        boolean whole = udp.declaredLength().isEmpty();
        if (whole && !udp.declaredChecksum().equals(NO_CHECKSUM)) {
          udp.declaredChecksum().ifPresent(found -> judge(index, 6, IpProtocol.UDP, found));
        }
      }
      case Icmp icmp -> icmp.declaredChecksum().ifPresent(found -> judge(index, 2, -1, found));
      case Icmpv6 icmpv6 ->
          icmpv6.declaredChecksum().ifPresent(found -> judge(index, 2, IpProtocol.ICMPV6, found));
      case Sctp sctp ->
          sctp.declaredChecksum()
              .ifPresent(found -> {
                int at = dissection.offset(index);
                int right = Checksum.crc32c(dissection.bytes(), at, dissection.end(index), at + 8);
                wrong(index, right & 0xffff_ffffL, found & 0xffff_ffffL, found == 0);
              });
      default -> {}
    }
  }

  /** A field that holds the pseudo header's own sum was to be completed by the device. */
  private void judge(int index, int field, int protocol, int found) {
    int at = dissection.offset(index);
    int length = dissection.end(index) - at;
    long pseudo =
        protocol < 0
            ? 0
            : network.map(ip -> Checksum.pseudoHeader(ip, protocol, length)).orElse(0L);
    long inside = protocol == IpProtocol.UDP ? LeftToDevice.inside(dissection, layers, index) : 0;
    int right = rightChecksum(at, dissection.end(index), at + field, pseudo + inside);
    boolean offloaded = protocol >= 0 && found == Checksum.fold(pseudo);
    if (right == found) {
      // It will be when the checksum inside is.
      return;
    }
    boolean sameZero = (right == 0 && found == 0xffff) || (right == 0xffff && found == 0);
    if (!sameZero || protocol == IpProtocol.UDP) {
      wrong(index, right, found, offloaded);
    }
  }

  private int rightChecksum(int from, int to, int field, long pseudo) {
    byte[] bytes = dissection.bytes();
    return Checksum.complement(
        pseudo + Checksum.sum(bytes, from, to) - Octets.shortAt(bytes, field));
  }

  private void wrong(int index, long right, long found, boolean offloaded) {
    if (offloaded) {
      remark(Remark.Kind.CHECKSUM_OFFLOADED, index);
      return;
    }
    int at = dissection.offset(index) - dissection.start();
    faults.add(new Fault(Fault.Reason.CHECKSUM, dissection.kind(index), at, right, found));
  }

  private void remark(Remark.Kind kind, int index) {
    remarks.add(new Remark(kind, index, dissection.kind(index)));
  }
}
