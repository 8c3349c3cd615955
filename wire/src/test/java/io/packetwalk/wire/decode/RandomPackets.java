package io.packetwalk.wire.decode;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** A generator of well-formed packets with every encapsulation nested in every other. */
final class RandomPackets {
  private static final int DEEPEST = 24;

  private final RandomGenerator random;
  private List<Layer> layers = new ArrayList<>();

  RandomPackets(RandomGenerator random) {
    this.random = random;
  }

  Packet next() {
    layers = new ArrayList<>();
    ethernet();
    return new Packet(layers);
  }

  private void ethernet() {
    int type = anyEtherType();
    layers.add(new Ethernet(mac(), mac(), type));
    byEtherType(type);
  }

  private int anyEtherType() {
    if (layers.size() > DEEPEST) {
      return 0x88b5;
    }
    return switch (random.nextInt(12)) {
      case 0 -> EtherType.ARP;
      case 1 -> EtherType.VLAN;
      case 2 -> EtherType.MPLS;
      case 3 -> EtherType.NSH;
      case 4, 5, 6 -> EtherType.IPV6;
      case 7 -> 0x88b5;
      default -> EtherType.IPV4;
    };
  }

  private void byEtherType(int type) {
    switch (type) {
      case EtherType.ARP ->
          layers.add(new Arp(random.nextInt(4), mac(), ipv4Address(), mac(), ipv4Address()));
      case EtherType.VLAN -> {
        int inner = anyEtherType();
        layers.add(new Vlan(bits(3), random.nextBoolean(), bits(12), inner));
        byEtherType(inner);
      }
      case EtherType.MPLS -> {
        layers.add(new Mpls(bits(20), bits(3), false, bits(8)));
        layers.add(new Mpls(bits(20), bits(3), true, bits(8)));
        ip();
      }
      case EtherType.NSH -> {
        layers.add(new Nsh(0, bits(6), 2, 3, bits(24), bits(8), words(3)));
        ethernet();
      }
      case EtherType.IPV4 -> ipv4();
      case EtherType.IPV6 -> ipv6();
      case EtherType.TRANSPARENT_ETHERNET_BRIDGING -> ethernet();
      default -> payload(0);
    }
  }

  private void ip() {
    if (random.nextBoolean()) {
      ipv4();
    } else {
      ipv6();
    }
  }

  private void ipv4() {
    int protocol = anyProtocol(IpProtocol.ICMP);
    layers.add(
        new Ipv4(
            bits(8),
            bits(16),
            Ipv4.DONT_FRAGMENT,
            0,
            bits(8),
            protocol,
            ipv4Address(),
            ipv4Address(),
            words(10),
            OptionalInt.empty(),
            OptionalInt.empty()));
    byProtocol(protocol);
  }

  private void ipv6() {
    int protocol = anyProtocol(IpProtocol.ICMPV6);
    boolean extended = random.nextInt(4) == 0;
    byte[] options = new byte[16];
    options[0] = (byte) protocol;
    options[1] = 1;
    layers.add(
        new Ipv6(
            bits(8),
            bits(20),
            extended ? IpProtocol.DESTINATION_OPTIONS : protocol,
            protocol,
            bits(8),
            ipv6Address(),
            ipv6Address(),
            extended ? Bytes.of(options) : Bytes.EMPTY,
            OptionalInt.empty()));
    byProtocol(protocol);
  }

  private int anyProtocol(int icmp) {
    if (layers.size() > DEEPEST) {
      return 253;
    }
    return switch (random.nextInt(14)) {
      case 0 -> icmp;
      case 1 -> IpProtocol.IPV4;
      case 2 -> IpProtocol.IPV6;
      case 3, 4 -> IpProtocol.GRE;
      case 5 -> IpProtocol.ESP;
      case 6 -> IpProtocol.AUTHENTICATION_HEADER;
      case 7 -> IpProtocol.SCTP;
      case 8, 9 -> IpProtocol.TCP;
      case 10 -> 253;
      default -> IpProtocol.UDP;
    };
  }

  private void byProtocol(int protocol) {
    switch (protocol) {
      case IpProtocol.ICMP -> {
        layers.add(Icmp.of(random.nextBoolean() ? 8 : 0, bits(8), random.nextInt()));
        payload(0);
      }
      case IpProtocol.ICMPV6 -> {
        layers.add(Icmpv6.of(128 + bits(1), bits(8), random.nextInt()));
        payload(0);
      }
      case IpProtocol.IPV4 -> ipv4();
      case IpProtocol.IPV6 -> ipv6();
      case IpProtocol.GRE -> gre();
      case IpProtocol.ESP -> {
        layers.add(new Esp(random.nextInt(), random.nextInt()));
        payload(0);
      }
      case IpProtocol.AUTHENTICATION_HEADER -> {
        int next = anyProtocol(IpProtocol.ICMP);
        layers.add(new AuthenticationHeader(next, 0, random.nextInt(), random.nextInt(), words(4)));
        byProtocol(next);
      }
      case IpProtocol.SCTP -> {
        layers.add(Sctp.of(bits(16), bits(16), random.nextInt()));
        payload(0);
      }
      case IpProtocol.TCP -> tcp();
      case IpProtocol.UDP -> udp();
      default -> payload(0);
    }
  }

  private void tcp() {
    boolean stt = random.nextInt(4) == 0;
    layers.add(
        new Tcp(
            bits(16),
            stt ? Stt.PORT : 80,
            stt ? 1400 << 16 : random.nextInt(),
            random.nextInt(),
            bits(12),
            bits(16),
            bits(16),
            words(10),
            OptionalInt.empty()));
    if (stt) {
      layers.add(new Stt(0, bits(8), bits(8), 0, bits(16), bits(16), random.nextLong(), 0));
      ethernet();
    } else {
      payload(0);
    }
  }

  private void udp() {
    int port =
        switch (random.nextInt(7)) {
          case 0, 1 -> Vxlan.PORT;
          case 2 -> Geneve.PORT;
          case 3 -> Gtp.PORT;
          case 4 -> Gue.PORT;
          case 5 -> 4500;
          default -> 9;
        };
    layers.add(
        new Udp(
            40_000 + bits(10),
            port,
            OptionalInt.empty(),
            random.nextInt(4) == 0 ? OptionalInt.of(0) : OptionalInt.empty()));
    switch (port) {
      case Vxlan.PORT -> {
        layers.add(new Vxlan(0x88, bits(16), bits(24), bits(8)));
        ethernet();
      }
      case Geneve.PORT -> {
        int type = EtherType.TRANSPARENT_ETHERNET_BRIDGING;
        layers.add(
            new Geneve(0, random.nextBoolean(), random.nextBoolean(), type, bits(24), words(8)));
        ethernet();
      }
      case Gtp.PORT -> {
        layers.add(Gtp.of(random.nextInt()));
        ip();
      }
      case Gue.PORT -> {
        int protocol = anyProtocol(IpProtocol.ICMP);
        layers.add(new Gue(false, protocol, bits(16), words(8)));
        byProtocol(protocol);
      }
      case 4500 -> {
        layers.add(new Esp(1 + bits(16), random.nextInt()));
        payload(1);
      }
      default -> wireGuardOrPayload();
    }
  }

  /** A data message of WireGuard is recognised by its bytes on any port. */
  private void wireGuardOrPayload() {
    if (random.nextBoolean()) {
      layers.add(
          new WireGuard(WireGuard.DATA, random.nextInt(), OptionalLong.of(random.nextLong())));
      layers.add(new Payload(Bytes.zeros(16 + 16 * bits(3))));
    } else {
      payload(0);
    }
  }

  private void gre() {
    OptionalLong key = random.nextBoolean() ? OptionalLong.of(bits(24)) : OptionalLong.empty();
    OptionalInt checksum = random.nextBoolean() ? OptionalInt.of(bits(16)) : OptionalInt.empty();
    if (random.nextInt(3) == 0) {
      OptionalLong sequence = OptionalLong.of(bits(24));
      layers.add(new Gre(0, EtherType.ERSPAN_2, checksum, key, sequence));
      layers.add(new Erspan(Erspan.TYPE_2, bits(12), bits(6), bits(10), Bytes.zeros(4)));
      ethernet();
    } else {
      int type = random.nextBoolean() ? EtherType.TRANSPARENT_ETHERNET_BRIDGING : EtherType.IPV4;
      layers.add(new Gre(0, type, checksum, key, OptionalLong.empty()));
      byEtherType(type);
    }
  }

  private void payload(int least) {
    byte[] content = new byte[least + bits(6)];
    random.nextBytes(content);
    if (content.length > 0) {
      layers.add(new Payload(Bytes.of(content)));
    }
  }

  private int bits(int count) {
    return random.nextInt() >>> (32 - count);
  }

  private Bytes words(int most) {
    byte[] content = new byte[4 * (random.nextInt(3) == 0 ? random.nextInt(most + 1) : 0)];
    random.nextBytes(content);
    return Bytes.of(content);
  }

  private MacAddress mac() {
    return new MacAddress(random.nextLong() >>> 16);
  }

  private IpAddress ipv4Address() {
    return IpAddress.ofIpv4(random.nextInt());
  }

  private IpAddress ipv6Address() {
    return IpAddress.ofIpv6(random.nextLong(), random.nextLong());
  }
}
