package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Llc;
import io.packetwalk.wire.layer.Loopback;
import io.packetwalk.wire.layer.NetfilterLog;
import io.packetwalk.wire.layer.Ppp;
import io.packetwalk.wire.layer.Pppoe;

/** The writing of headers of the link that aren't Ethernet's. */
final class LinkWriter {
  private LinkWriter() {}

  static void write(Region region, LinkHeader header) {
    switch (header) {
      case Llc llc -> llc(region, llc);
      case LinuxCooked cooked -> cooked(region, cooked);
      case LinuxCooked2 cooked -> cooked2(region, cooked);
      case Loopback loopback -> region.word(0, loopback.word());
      case NetfilterLog log -> {
        region.octet(0, log.family());
        region.octet(1, log.version());
        region.half(2, log.group());
        region.bytes(4, log.attributes());
      }
      case Ppp ppp -> ppp(region, ppp);
      case Pppoe pppoe -> {
        region.octet(0, pppoe.versionAndType());
        region.octet(1, pppoe.code());
        region.half(2, pppoe.session());
        int computed = region.length() - Pppoe.HEADER_LENGTH;
        region.half(4, pppoe.declaredLength().orElse(computed));
      }
    }
  }

  private static void llc(Region region, Llc llc) {
    region.octet(0, llc.destinationPoint());
    region.octet(1, llc.sourcePoint());
    if (llc.unnumbered()) {
      region.octet(2, llc.control());
    } else {
      region.half(2, llc.control());
    }
    int at = Llc.HEADER_LENGTH + (llc.unnumbered() ? 0 : 1);
    llc.organization()
        .ifPresent(organization -> {
          region.octet(at, organization >>> 16);
          region.half(at + 1, organization);
        });
    llc.type().ifPresent(type -> region.half(at + 3, type));
  }

  private static void cooked(Region region, LinuxCooked cooked) {
    region.half(0, cooked.packetType());
    region.half(2, cooked.deviceType());
    region.half(4, cooked.addressLength());
    region.bytes(6, cooked.address());
    region.half(14, cooked.protocol());
  }

  private static void cooked2(Region region, LinuxCooked2 cooked) {
    region.half(0, cooked.protocol());
    region.half(2, cooked.reserved());
    region.word(4, cooked.interfaceIndex());
    region.half(8, cooked.deviceType());
    region.octet(10, cooked.packetType());
    region.octet(11, cooked.addressLength());
    region.bytes(12, cooked.address());
  }

  private static void ppp(Region region, Ppp ppp) {
    int at = ppp.framed() ? 2 : 0;
    if (ppp.framed()) {
      region.half(0, 0xff03);
    }
    if (ppp.compressed()) {
      region.octet(at, ppp.protocol());
    } else {
      region.half(at, ppp.protocol());
    }
  }
}
