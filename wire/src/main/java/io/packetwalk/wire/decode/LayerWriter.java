package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.PartialHeader;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Trailer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import java.util.List;

/** The writing of one layer into a frame that already holds what the layer carries. */
final class LayerWriter {
  private final Region region;
  private final List<Layer> outer;

  /**
   * @param start where the layer's header begins
   * @param end where the layer's content ends, exclusive
   * @param outer the layers around it
   */
  LayerWriter(byte[] frame, int start, int end, List<Layer> outer) {
    this.region = new Region(frame, start, end);
    this.outer = outer;
  }

  void write(Layer layer) {
    switch (layer) {
      case Ethernet ethernet -> ethernet(ethernet);
      case Vlan vlan -> vlan(vlan);
      case Arp arp -> arp(arp);
      case Ipv4 ipv4 -> ipv4(ipv4);
      case Ipv6 ipv6 -> ipv6(ipv6);
      case Icmp icmp -> icmp(icmp);
      case Icmpv6 icmpv6 -> icmpv6(icmpv6);
      case Tcp tcp -> tcp(tcp);
      case Udp udp -> udp(udp);
      case Sctp sctp -> sctp(sctp);
      case Mpls mpls -> mpls(mpls);
      case Vxlan vxlan -> TunnelWriter.vxlan(region, vxlan);
      case Geneve geneve -> TunnelWriter.geneve(region, geneve);
      case Gre gre -> TunnelWriter.gre(region, gre);
      case LinkHeader header -> LinkWriter.write(region, header);
      case Encapsulation encapsulation -> TunnelWriter.write(region, encapsulation);
      case PartialHeader partial -> region.bytes(0, partial.content());
      case Payload payload -> region.bytes(0, payload.content());
      case Trailer _ -> {}
    }
  }

  private void ethernet(Ethernet ethernet) {
    region.mac(0, ethernet.destination());
    region.mac(6, ethernet.source());
    region.half(12, ethernet.etherType());
  }

  private void vlan(Vlan vlan) {
    int eligible = vlan.dropEligible() ? 1 << 12 : 0;
    region.half(0, vlan.priority() << 13 | eligible | vlan.identifier());
    region.half(2, vlan.etherType());
  }

  private void mpls(Mpls mpls) {
    int bottom = mpls.bottom() ? 1 << 8 : 0;
    region.word(0, mpls.label() << 12 | mpls.trafficClass() << 9 | bottom | mpls.ttl());
  }

  private void arp(Arp arp) {
    region.half(0, 1);
    region.half(2, EtherType.IPV4);
    region.half(4, 0x0604);
    region.half(6, arp.operation());
    region.mac(8, arp.senderMac());
    region.address(14, arp.senderAddress());
    region.mac(18, arp.targetMac());
    region.address(24, arp.targetAddress());
  }

  private void ipv4(Ipv4 ipv4) {
    region.octet(0, 4 << 4 | ipv4.headerLength() / 4);
    region.octet(1, ipv4.typeOfService());
    region.half(2, ipv4.declaredLength().orElse(region.length()));
    region.half(4, ipv4.identification());
    region.half(6, ipv4.flags() << 13 | ipv4.fragmentOffset());
    region.octet(8, ipv4.ttl());
    region.octet(9, ipv4.protocol());
    region.address(12, ipv4.source());
    region.address(16, ipv4.destination());
    region.bytes(Ipv4.HEADER_LENGTH, ipv4.options());
    int computed = region.checksum(ipv4.headerLength(), 0);
    region.half(10, ipv4.declaredChecksum().orElse(computed));
  }

  private void ipv6(Ipv6 ipv6) {
    region.word(0, 6 << 28 | ipv6.trafficClass() << 20 | ipv6.flowLabel());
    region.half(4, ipv6.declaredLength().orElse(region.length() - Ipv6.HEADER_LENGTH));
    region.octet(6, ipv6.firstHeader());
    region.octet(7, ipv6.hopLimit());
    region.address(8, ipv6.source());
    region.address(24, ipv6.destination());
    region.bytes(Ipv6.HEADER_LENGTH, ipv6.extensions());
  }

  private void icmp(Icmp icmp) {
    region.octet(0, icmp.type());
    region.octet(1, icmp.code());
    region.word(4, icmp.rest());
    int computed = region.checksum(region.length(), 0);
    region.half(2, icmp.declaredChecksum().orElse(computed));
  }

  private void icmpv6(Icmpv6 icmpv6) {
    region.octet(0, icmpv6.type());
    region.octet(1, icmpv6.code());
    region.word(4, icmpv6.rest());
    int computed = region.checksum(region.length(), pseudoHeader(IpProtocol.ICMPV6));
    region.half(2, icmpv6.declaredChecksum().orElse(computed));
  }

  private void tcp(Tcp tcp) {
    int headerLength = Tcp.HEADER_LENGTH + tcp.options().length();
    region.half(0, tcp.sourcePort());
    region.half(2, tcp.destinationPort());
    region.word(4, tcp.sequence());
    region.word(8, tcp.acknowledgment());
    region.half(12, (headerLength / 4) << 12 | tcp.flags());
    region.half(14, tcp.window());
    region.half(18, tcp.urgentPointer());
    region.bytes(Tcp.HEADER_LENGTH, tcp.options());
    int computed = region.checksum(region.length(), pseudoHeader(IpProtocol.TCP));
    region.half(16, tcp.declaredChecksum().orElse(computed));
  }

  /** A computed checksum of zero is sent as all ones, as zero says that there is none. */
  private void udp(Udp udp) {
    region.half(0, udp.sourcePort());
    region.half(2, udp.destinationPort());
    region.half(4, udp.declaredLength().orElse(region.length()));
    int computed = region.checksum(region.length(), pseudoHeader(IpProtocol.UDP));
    region.half(6, udp.declaredChecksum().orElse(computed == 0 ? 0xffff : computed));
  }

  private void sctp(Sctp sctp) {
    region.half(0, sctp.sourcePort());
    region.half(2, sctp.destinationPort());
    region.word(4, sctp.verificationTag());
    int computed =
        Checksum.crc32c(region.frame(), region.start(), region.end(), region.start() + 8);
    region.word(8, sctp.declaredChecksum().orElse(computed));
  }

  private long pseudoHeader(int protocol) {
    return IpReader.pseudoHeader(outer, protocol, region.length());
  }
}
