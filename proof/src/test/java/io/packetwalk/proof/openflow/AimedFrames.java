package io.packetwalk.proof.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.FlowMatch.AtPort;
import io.packetwalk.model.openflow.FlowMatch.Condition;
import io.packetwalk.model.openflow.FlowMatch.Masked;
import io.packetwalk.model.openflow.SwitchPort;
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
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Packets that are aimed at flows: what the chosen flow demands, sent by who may send through the
 * port, and the rest from what other flows demand.
 */
final class AimedFrames {
  private static final int VLAN_PRESENT = 0x1000;

  private final RandomGenerator random;
  private final List<Flow> flows;
  private final Map<FlowField, List<Masked>> demands = new LinkedHashMap<>();
  private Map<FlowField, Bits> values = new HashMap<>();

  AimedFrames(RandomGenerator random, List<Flow> flows) {
    this.random = random;
    this.flows = List.copyOf(flows);
    for (Flow flow : flows) {
      for (Condition condition : flow.match().conditions()) {
        if (condition instanceof Masked masked) {
          demands.computeIfAbsent(masked.field(), field -> new ArrayList<>()).add(masked);
        }
      }
    }
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A packet that comes in by a port. */
  Packet from(SwitchPort port) {
    values = new HashMap<>();
    List<Flow> own = flows.stream().filter(flow -> isFor(flow, port)).toList();
    boolean forged = random.nextInt(6) == 0;
    if (!own.isEmpty() && !forged) {
      demand(pick(own));
    }
    demand(pick(flows));
    demand(pick(flows));
    int type = (int) value(FlowFields.ETH_TYPE, EtherType.IPV4);
    List<Layer> layers = new ArrayList<>();
    int tag = (int) value(FlowFields.VLAN_TCI, 0);
    boolean tagged = (tag & VLAN_PRESENT) != 0;
    layers.add(
        new Ethernet(
            mac(FlowFields.ETH_DST, 7),
            mac(FlowFields.ETH_SRC, 8),
            tagged ? EtherType.VLAN : type));
    if (tagged) {
      layers.add(new Vlan(tag >> 13, false, tag & 0xfff, type));
    }
    switch (type) {
      case EtherType.ARP -> layers.add(arp());
      case EtherType.IPV4 -> ipv4(layers);
      case EtherType.IPV6 -> ipv6(layers);
      default -> layers.add(Payload.zeros(46));
    }
    return new Packet(layers);
  }

  private static boolean isFor(Flow flow, SwitchPort port) {
    return flow.match().conditions().stream()
        .anyMatch(condition ->
            switch (condition) {
              case AtPort at ->
                  at.field().equals(FlowFields.IN_PORT) && at.port().equals(port.device());
              case Masked masked ->
                  masked.field().equals(FlowFields.IN_PORT)
                      && port.number().equals(OptionalInt.of((int) masked.value().low()));
              default -> false;
            });
  }

  /** Takes over what a flow demands, as far as nothing before it says otherwise. */
  private void demand(Flow flow) {
    for (Condition condition : flow.match().conditions()) {
      if (condition instanceof Masked masked) {
        values.putIfAbsent(masked.field(), filled(masked));
      }
    }
  }

  /** A value that a condition takes: the bits that don't matter as other flows want them. */
  private Bits filled(Masked masked) {
    Masked other = pick(demands.getOrDefault(masked.field(), List.of(masked)));
    Bits rest =
        random.nextBoolean() ? other.value() : new Bits(random.nextLong(), random.nextLong());
    return rest.merged(masked.value(), masked.mask()).and(masked.field().ones());
  }

  private Bits bits(FlowField field, Bits otherwise) {
    Bits value = values.get(field);
    if (value != null) {
      return value;
    }
    List<Masked> wanted = demands.getOrDefault(field, List.of());
    return wanted.isEmpty() || random.nextInt(4) == 0 ? otherwise : filled(pick(wanted));
  }

  private long value(FlowField field, long otherwise) {
    return bits(field, Bits.of(otherwise)).low();
  }

  private MacAddress mac(FlowField field, int number) {
    return new MacAddress(value(field, RandomFrames.mac(number).bits()));
  }

  private IpAddress address(FlowField field, int number) {
    return IpAddress.ofIpv4((int) value(field, RandomFrames.ipv4(number).low()));
  }

  private IpAddress address6(FlowField field, int number) {
    Bits value = bits(field, new Bits(RandomFrames.ipv6(number).high(), number));
    return IpAddress.ofIpv6(value.high(), value.low());
  }

  private Arp arp() {
    return new Arp(
        (int) value(FlowFields.ARP_OP, 1) & 3,
        mac(FlowFields.ARP_SHA, 8),
        address(FlowFields.ARP_SPA, 8),
        mac(FlowFields.ARP_THA, 7),
        address(FlowFields.ARP_TPA, 7));
  }

  private void ipv4(List<Layer> layers) {
    int protocol = (int) value(FlowFields.NW_PROTO, 6);
    layers.add(
        new Ipv4(
            (int) value(FlowFields.NW_TOS_BYTE, 0),
            0,
            0,
            0,
            (int) value(FlowFields.NW_TTL, 64),
            protocol,
            address(FlowFields.NW_SRC, 8),
            address(FlowFields.NW_DST, 7),
            Bytes.EMPTY,
            OptionalInt.empty(),
            OptionalInt.empty()));
    if (protocol == 1) {
      layers.add(Icmp.of(type(FlowFields.ICMP_TYPE, 8), type(FlowFields.ICMP_CODE, 0), 7));
    }
    transport(layers, protocol);
  }

  private void ipv6(List<Layer> layers) {
    int protocol = (int) value(FlowFields.NW_PROTO, 6);
    layers.add(
        Ipv6.of(address6(FlowFields.IPV6_SRC, 8), address6(FlowFields.IPV6_DST, 7), protocol, 64));
    if (protocol == 58) {
      layers.add(Icmpv6.of(type(FlowFields.ICMPV6_TYPE, 128), type(FlowFields.ICMPV6_CODE, 0), 7));
    }
    transport(layers, protocol);
  }

  private int type(FlowField field, int otherwise) {
    return (int) value(field, otherwise);
  }

  private int port(FlowField own, FlowField any, int otherwise) {
    return (int) value(own, value(any, otherwise));
  }

  private void transport(List<Layer> layers, int protocol) {
    switch (protocol) {
      case 6 ->
          layers.add(
              Tcp.of(
                  port(FlowFields.TCP_SRC, FlowFields.TP_SRC, 40000),
                  port(FlowFields.TCP_DST, FlowFields.TP_DST, 80),
                  (int) value(FlowFields.TCP_FLAGS, Tcp.SYN)));
      case 17 ->
          layers.add(
              Udp.of(
                  port(FlowFields.UDP_SRC, FlowFields.TP_SRC, 40000),
                  port(FlowFields.UDP_DST, FlowFields.TP_DST, 53)));
      case 132 ->
          layers.add(
              Sctp.of(
                  port(FlowFields.SCTP_SRC, FlowFields.TP_SRC, 40000),
                  port(FlowFields.SCTP_DST, FlowFields.TP_DST, 80),
                  1));
      default -> {}
    }
    layers.add(Payload.zeros(24));
  }
}
