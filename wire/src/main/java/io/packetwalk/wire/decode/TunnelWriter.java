package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;

/** The writing of headers that carry another packet. */
final class TunnelWriter {
  private TunnelWriter() {}

  static void write(Region region, Encapsulation encapsulation) {
    switch (encapsulation) {
      case AuthenticationHeader header -> authenticationHeader(region, header);
      case Erspan erspan -> erspan(region, erspan);
      case Esp esp -> {
        region.word(0, esp.parameterIndex());
        region.word(4, esp.sequence());
      }
      case Gtp gtp -> gtp(region, gtp);
      case Gue gue -> gue(region, gue);
      case Nsh nsh -> nsh(region, nsh);
      case Stt stt -> stt(region, stt);
      case WireGuard wireGuard -> wireGuard(region, wireGuard);
    }
  }

  static void vxlan(Region region, Vxlan vxlan) {
    region.word(0, vxlan.flags() << 24 | vxlan.reserved());
    region.word(4, vxlan.vni() << 8 | vxlan.reservedLow());
  }

  static void geneve(Region region, Geneve geneve) {
    region.octet(0, geneve.version() << 6 | geneve.options().length() / 4);
    region.octet(1, (geneve.control() ? 0x80 : 0) | (geneve.critical() ? 0x40 : 0));
    region.half(2, geneve.protocolType());
    region.word(4, geneve.vni() << 8);
    region.bytes(Geneve.HEADER_LENGTH, geneve.options());
  }

  static void gre(Region region, Gre gre) {
    region.half(0, gre.flags());
    region.half(2, gre.protocolType());
    int at = Gre.HEADER_LENGTH;
    if ((gre.flags() & (Gre.CHECKSUM_PRESENT | Gre.ROUTING_PRESENT)) != 0) {
      region.half(at, gre.checksum().orElse(0));
      region.half(at + 2, gre.offset());
      at += 4;
    }
    if (gre.key().isPresent()) {
      region.word(at, (int) gre.key().getAsLong());
      at += 4;
    }
    if (gre.sequence().isPresent()) {
      region.word(at, (int) gre.sequence().getAsLong());
      at += 4;
    }
    region.bytes(at, gre.further());
  }

  private static void authenticationHeader(Region region, AuthenticationHeader header) {
    region.octet(0, header.nextHeader());
    region.octet(1, (AuthenticationHeader.HEADER_LENGTH + header.check().length()) / 4 - 2);
    region.half(2, header.reserved());
    region.word(4, header.parameterIndex());
    region.word(8, header.sequence());
    region.bytes(AuthenticationHeader.HEADER_LENGTH, header.check());
  }

  private static void erspan(Region region, Erspan erspan) {
    int upper = erspan.version() << 28 | erspan.vlan() << 16;
    region.word(0, upper | erspan.flags() << 10 | erspan.session());
    region.bytes(4, erspan.rest());
  }

  private static void gtp(Region region, Gtp gtp) {
    region.octet(0, gtp.flags());
    region.octet(1, gtp.messageType());
    region.half(2, gtp.declaredLength().orElse(region.length() - Gtp.HEADER_LENGTH));
    region.word(4, gtp.tunnel());
    region.bytes(Gtp.HEADER_LENGTH, gtp.further());
  }

  private static void gue(Region region, Gue gue) {
    region.octet(0, (gue.control() ? 0x20 : 0) | gue.options().length() / 4);
    region.octet(1, gue.protocol());
    region.half(2, gue.flags());
    region.bytes(Gue.HEADER_LENGTH, gue.options());
  }

  private static void nsh(Region region, Nsh nsh) {
    int units = (Nsh.HEADER_LENGTH + nsh.context().length()) / 4;
    region.half(0, nsh.flags() << 12 | nsh.ttl() << 6 | units);
    region.octet(2, nsh.metadataType());
    region.octet(3, nsh.nextProtocol());
    region.word(4, nsh.path() << 8 | nsh.index());
    region.bytes(Nsh.HEADER_LENGTH, nsh.context());
  }

  private static void stt(Region region, Stt stt) {
    region.octet(0, stt.version());
    region.octet(1, stt.flags());
    region.octet(2, stt.transportOffset());
    region.octet(3, stt.reserved());
    region.half(4, stt.segmentSize());
    region.half(6, stt.tag());
    region.doubleWord(8, stt.context());
    region.half(16, stt.padding());
  }

  private static void wireGuard(Region region, WireGuard wireGuard) {
    region.word(0, wireGuard.type() << 24);
    region.word(4, Integer.reverseBytes(wireGuard.index()));
    wireGuard.counter().ifPresent(counter -> region.doubleWord(8, Long.reverseBytes(counter)));
  }
}
