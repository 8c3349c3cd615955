package io.packetwalk.report.capture;

import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A header drawn as the RFCs draw them, 32 bits a row, with this packet's values in the boxes. */
final class HeaderDiagram {
  private static final int ROW = 32;

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder row = new StringBuilder();
  private final StringBuilder border = new StringBuilder();
  private int filled;

  private HeaderDiagram() {}

  /** The lines of the drawing; none for a header that isn't drawn. */
  static List<String> of(Layer layer) {
    HeaderDiagram diagram = new HeaderDiagram();
    diagram.draw(layer);
    return diagram.lines;
  }

  private void draw(Layer layer) {
    switch (layer) {
      case Vlan vlan ->
          box(3, vlan.priority())
              .box(1, vlan.dropEligible() ? 1 : 0)
              .box(12, "id " + vlan.identifier())
              .box(16, "type 0x%04x".formatted(vlan.etherType()));
      case Mpls mpls ->
          box(20, "label " + mpls.label())
              .box(3, mpls.trafficClass())
              .box(1, mpls.bottom() ? 1 : 0)
              .box(8, "ttl " + mpls.ttl());
      case Ipv4 ipv4 -> ipv4(ipv4);
      case Ipv6 ipv6 -> ipv6(ipv6);
      case Icmp icmp -> icmp(icmp.type(), icmp.code(), icmp.rest());
      case Icmpv6 icmp -> icmp(icmp.type(), icmp.code(), icmp.rest());
      case Tcp tcp -> tcp(tcp);
      case Udp udp ->
          box(16, "source port " + udp.sourcePort())
              .box(16, "destination port " + udp.destinationPort())
              .box(16, "length " + declared(udp.declaredLength()))
              .box(16, "checksum " + declared(udp.declaredChecksum()));
      case Vxlan vxlan ->
          box(8, "flags 0x%02x".formatted(vxlan.flags()))
              .box(24, "reserved 0x%06x".formatted(vxlan.reserved()))
              .box(24, "network identifier " + vxlan.vni())
              .box(8, vxlan.reservedLow());
      case Geneve geneve ->
          box(2, geneve.version())
              .box(6, geneve.options().length() / 4)
              .box(1, geneve.control() ? 1 : 0)
              .box(1, geneve.critical() ? 1 : 0)
              .box(6, "")
              .box(16, "protocol 0x%04x".formatted(geneve.protocolType()))
              .box(24, "network identifier " + geneve.vni())
              .box(8, "");
      case Gre gre -> gre(gre);
      default -> {}
    }
  }

  private static String declared(OptionalInt value) {
    return value.isPresent() ? "0x%04x".formatted(value.getAsInt()) : "as computed";
  }

  private void ipv4(Ipv4 ipv4) {
    box(4, "4")
        .box(4, ipv4.headerLength() / 4)
        .box(8, "tos 0x%02x".formatted(ipv4.typeOfService()))
        .box(16, "total length " + declared(ipv4.declaredLength()))
        .box(16, "identification " + ipv4.identification())
        .box(3, ipv4.flags())
        .box(13, "offset " + ipv4.fragmentOffset())
        .box(8, "ttl " + ipv4.ttl())
        .box(8, "protocol " + ipv4.protocol())
        .box(16, "checksum " + declared(ipv4.declaredChecksum()))
        .box(32, "source " + ipv4.source())
        .box(32, "destination " + ipv4.destination());
  }

  private void ipv6(Ipv6 ipv6) {
    box(4, "6")
        .box(8, "class 0x%02x".formatted(ipv6.trafficClass()))
        .box(20, "flow label 0x%05x".formatted(ipv6.flowLabel()))
        .box(16, "payload length " + declared(ipv6.declaredLength()))
        .box(8, "next " + ipv6.firstHeader())
        .box(8, "hops " + ipv6.hopLimit())
        .box(32, "source " + ipv6.source())
        .box(32, "destination " + ipv6.destination());
  }

  private void icmp(int type, int code, int rest) {
    box(8, "type " + type)
        .box(8, "code " + code)
        .box(16, "checksum")
        .box(16, rest >>> 16)
        .box(16, rest & 0xffff);
  }

  private void tcp(Tcp tcp) {
    box(16, "source port " + tcp.sourcePort())
        .box(16, "destination port " + tcp.destinationPort())
        .box(32, "sequence number " + Integer.toUnsignedString(tcp.sequence()))
        .box(32, "acknowledgment number " + Integer.toUnsignedString(tcp.acknowledgment()))
        .box(4, (Tcp.HEADER_LENGTH + tcp.options().length()) / 4)
        .box(12, "flags 0x%03x".formatted(tcp.flags()))
        .box(16, "window " + tcp.window())
        .box(16, "checksum " + declared(tcp.declaredChecksum()))
        .box(16, "urgent pointer " + tcp.urgentPointer());
  }

  private void gre(Gre gre) {
    box(16, "flags 0x%04x".formatted(gre.flags()))
        .box(16, "protocol 0x%04x".formatted(gre.protocolType()));
    gre.checksum()
        .ifPresent(
            checksum -> box(16, "checksum 0x%04x".formatted(checksum)).box(16, gre.offset()));
    gre.key().ifPresent(key -> box(32, "key " + key));
    gre.sequence().ifPresent(sequence -> box(32, "sequence " + sequence));
  }

  private HeaderDiagram box(int bits, int value) {
    return box(bits, Integer.toString(value));
  }

  private HeaderDiagram box(int bits, String text) {
    int width = bits * 2 - 1;
    String shown = text.length() > width ? text.substring(0, width) : text;
    int left = (width - shown.length()) / 2;
    row.append('|').append(" ".repeat(left)).append(shown);
    row.append(" ".repeat(width - left - shown.length()));
    border.append('+').append("-".repeat(width));
    filled += bits;
    if (filled >= ROW) {
      endRow();
    }
    return this;
  }

  private void endRow() {
    if (lines.isEmpty()) {
      lines.add(border + "+");
    }
    lines.add(row + "|");
    lines.add(border + "+");
    row.setLength(0);
    border.setLength(0);
    filled = 0;
  }
}
