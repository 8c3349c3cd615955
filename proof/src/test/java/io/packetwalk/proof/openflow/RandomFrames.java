package io.packetwalk.proof.openflow;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Packets of every kind that flows can tell apart, from few values, so that flows match. */
final class RandomFrames {
  private final RandomGenerator random;

  RandomFrames(RandomGenerator random) {
    this.random = random;
  }

  static MacAddress mac(int number) {
    return new MacAddress(0x0200_0000_0000L | number);
  }

  static IpAddress ipv4(int number) {
    return IpAddress.ofIpv4(0x0a00_0000 | number);
  }

  static IpAddress ipv6(int number) {
    return IpAddress.ofIpv6(0xfd00_0000_0000_0000L, number);
  }

  Packet next() {
    List<Layer> layers = new ArrayList<>();
    int kind = random.nextInt(12);
    List<Layer> content = content(kind);
    int type = typeOf(content.getFirst());
    if (random.nextInt(8) == 0 && kind != 0) {
      content.addFirst(
          new Mpls(random.nextInt(3), random.nextInt(8), true, 2 + random.nextInt(60)));
      type = EtherType.MPLS;
      if (random.nextInt(3) == 0) {
        content.addFirst(
            new Mpls(random.nextInt(3), random.nextInt(8), false, 2 + random.nextInt(60)));
      }
    }
    if (random.nextInt(4) == 0) {
      content.addFirst(new Vlan(random.nextInt(3), false, 1 + random.nextInt(3), type));
      type = EtherType.VLAN;
    }
    MacAddress destination = random.nextInt(6) == 0 ? MacAddress.BROADCAST : mac(random.nextInt(4));
    layers.add(new Ethernet(destination, mac(random.nextInt(4)), type));
    layers.addAll(content);
    return new Packet(layers);
  }

  private static int typeOf(Layer layer) {
    return switch (layer) {
      case Arp ignored -> EtherType.ARP;
      case Ipv4 ignored -> EtherType.IPV4;
      case Ipv6 ignored -> EtherType.IPV6;
      default -> 0x88b5;
    };
  }

  private List<Layer> content(int kind) {
    List<Layer> layers = new ArrayList<>();
    if (kind == 0) {
      layers.add(Payload.zeros(46));
    } else if (kind <= 2) {
      layers.add(
          new Arp(
              1 + random.nextInt(2),
              mac(random.nextInt(4)),
              ipv4(random.nextInt(4)),
              mac(random.nextInt(4)),
              ipv4(random.nextInt(4))));
    } else if (kind <= 8) {
      ipv4(layers);
    } else {
      ipv6(layers);
    }
    return layers;
  }

  private void ipv4(List<Layer> layers) {
    int protocol = List.of(6, 6, 6, 17, 17, 132, 1, 47).get(random.nextInt(8));
    int fragment = random.nextInt(12);
    layers.add(
        new Ipv4(
            List.of(0, 0, 4, 0x2e, 0xb8).get(random.nextInt(5)),
            0,
            fragment == 0 ? Ipv4.MORE_FRAGMENTS : 0,
            fragment == 1 ? 100 : 0,
            List.of(1, 2, 64, 64, 64).get(random.nextInt(5)),
            protocol,
            ipv4(random.nextInt(6)),
            ipv4(random.nextInt(6)),
            Bytes.EMPTY,
            OptionalInt.empty(),
            OptionalInt.empty()));
    if (fragment == 1 || protocol == 47) {
      layers.add(Payload.zeros(32));
    } else {
      transport(layers, protocol);
    }
  }

  private void ipv6(List<Layer> layers) {
    int protocol = List.of(6, 17, 132, 58, 58).get(random.nextInt(5));
    layers.add(
        new Ipv6(
            List.of(0, 0, 0xb8).get(random.nextInt(3)),
            random.nextInt(3),
            protocol,
            protocol,
            List.of(1, 64, 64).get(random.nextInt(3)),
            ipv6(random.nextInt(4)),
            ipv6(random.nextInt(4)),
            Bytes.EMPTY,
            OptionalInt.empty()));
    transport(layers, protocol);
  }

  private void transport(List<Layer> layers, int protocol) {
    int source = 1000 + random.nextInt(3);
    int destination = List.of(80, 81, 443, 5353).get(random.nextInt(4));
    switch (protocol) {
      case 6 -> {
        int flags =
            List.of(Tcp.SYN, Tcp.SYN | Tcp.ACK, Tcp.ACK, Tcp.FIN | Tcp.ACK).get(random.nextInt(4));
        layers.add(Tcp.of(source, destination, flags));
      }
      case 17 -> {
        layers.add(Udp.of(source, destination));
        layers.add(Payload.zeros(random.nextInt(40)));
      }
      case 132 -> {
        layers.add(Sctp.of(source, destination, 1));
        layers.add(Payload.zeros(16));
      }
      case 1 -> {
        layers.add(Icmp.of(random.nextBoolean() ? 8 : 0, 0, 7));
        layers.add(Payload.zeros(24));
      }
      default -> icmpv6(layers);
    }
  }

  private void icmpv6(List<Layer> layers) {
    int type = List.of(128, 129, 135, 136).get(random.nextInt(4));
    layers.add(Icmpv6.of(type, 0, 0));
    if (type < 130) {
      layers.add(Payload.zeros(16));
      return;
    }
    byte[] body = new byte[24];
    ipv6(random.nextInt(4)).toBytes().copyTo(body, 0);
    body[16] = (byte) (type == 135 ? 1 : 2);
    body[17] = 1;
    long mac = mac(random.nextInt(4)).bits();
    for (int index = 0; index < 6; index++) {
      body[18 + index] = (byte) (mac >>> (40 - 8 * index));
    }
    layers.add(new Payload(Bytes.of(body)));
  }
}
