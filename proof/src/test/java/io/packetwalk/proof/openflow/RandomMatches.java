package io.packetwalk.proof.openflow;

import java.util.ArrayList;
import java.util.List;

/** What random flows demand of a packet: fields that its kind has, of few values. */
final class RandomMatches {
  private final Dice dice;

  RandomMatches(Dice dice) {
    this.dice = dice;
  }

  String next() {
    List<String> parts = new ArrayList<>();
    String kind =
        dice.oneOf(
            "", "", "ip", "ip", "ipv6", "arp", "tcp", "tcp", "udp", "sctp", "icmp", "icmp6", "tcp6",
            "mpls");
    if (!kind.isEmpty()) {
      parts.add(kind);
    }
    if (dice.oneIn(4)) {
      parts.add("in_port=" + (1 + dice.pick(RandomPipeline.PORTS)));
    }
    if (dice.oneIn(5)) {
      parts.add(
          "dl_src=02:00:00:00:00:0" + dice.pick(4) + dice.oneOf("", "", "/ff:ff:ff:ff:ff:fe"));
    }
    if (dice.oneIn(5)) {
      parts.add(
          "dl_dst="
              + dice.oneOf(
                  "02:00:00:00:00:0" + dice.pick(4), "01:00:00:00:00:00/01:00:00:00:00:00"));
    }
    if (dice.oneIn(5)) {
      parts.add(
          dice.oneOf(
              "dl_vlan=" + (1 + dice.pick(3)),
              "vlan_tci=0x0000",
              "vlan_tci=0x1000/0x1000",
              "dl_vlan_pcp=" + dice.pick(3),
              "vlan_tci=0x1001/0x1001"));
    }
    registers(parts);
    specific(kind, parts);
    return String.join(",", parts);
  }

  private void registers(List<String> parts) {
    if (dice.oneIn(4)) {
      parts.add("reg%d=0x%x".formatted(dice.pick(4), dice.pick(3)));
    }
    if (dice.oneIn(6)) {
      parts.add("reg%d=0x%x/0x7".formatted(4 + dice.pick(4), 1 << dice.pick(3)));
    }
    if (dice.oneIn(12)) {
      parts.add("xreg2=0x%x/0xff".formatted(dice.pick(3)));
    }
    if (dice.oneIn(12)) {
      parts.add("metadata=0x%x/0xf".formatted(dice.pick(3)));
    }
    if (dice.oneIn(14)) {
      parts.add(dice.oneOf("pkt_mark=0x0", "pkt_mark=0x1/0x1", "tun_id=0x5", "tun_id=0x0"));
    }
    if (dice.oneIn(10)) {
      parts.add(
          dice.oneOf(
              "ct_state=-trk",
              "ct_state=+trk",
              "ct_state=+new+trk",
              "ct_state=-new+est+trk",
              "ct_mark=0x0/0x1",
              "ct_mark=0x1/0x1",
              "ct_zone=5",
              "ct_label=0x1/0x1"));
    }
  }

  private void specific(String kind, List<String> parts) {
    switch (kind) {
      case "ip" -> ip(parts);
      case "tcp", "udp", "sctp" -> {
        if (dice.oneIn(2)) {
          ip(parts);
        }
        if (dice.oneIn(2)) {
          parts.add(
              dice.oneOf(
                  "tp_dst=80", "tp_dst=443", "tp_src=1000", "tp_dst=0x50/0xfffe", "tp_src=1001"));
        }
        if (kind.equals("tcp") && dice.oneIn(4)) {
          parts.add(dice.oneOf("tcp_flags=+syn-ack", "tcp_flags=+ack", "tcp_flags=0x2/0x2"));
        }
      }
      case "tcp6", "ipv6" -> {
        if (dice.oneIn(2)) {
          parts.add(
              dice.oneOf(
                  "ipv6_src=fd00::%x".formatted(dice.pick(4)),
                  "ipv6_dst=fd00::/64",
                  "ipv6_dst=fd00::%x/127".formatted(2 * dice.pick(2)),
                  "ipv6_label=0x1"));
        }
      }
      case "icmp" -> parts.add(dice.oneOf("icmp_type=8", "icmp_type=0", "icmp_type=8,icmp_code=0"));
      case "icmp6" ->
          parts.add(
              dice.oneOf(
                  "icmp_type=135",
                  "icmp_type=128",
                  "icmp_type=136,icmp_code=0,nd_target=fd00::%x".formatted(dice.pick(4)),
                  "icmp_type=135,icmp_code=0,nd_sll=02:00:00:00:00:0%d".formatted(dice.pick(4))));
      case "arp" ->
          parts.add(
              dice.oneOf(
                  "arp_op=1",
                  "arp_op=2",
                  "arp_spa=10.0.0.%d".formatted(dice.pick(4)),
                  "arp_tpa=10.0.0.0/30",
                  "arp_sha=02:00:00:00:00:0%d".formatted(dice.pick(4))));
      case "mpls" ->
          parts.add(
              dice.oneOf(
                  "mpls_label=" + dice.pick(3),
                  "mpls_bos=1",
                  "mpls_bos=0",
                  "mpls_tc=" + dice.pick(8)));
      default -> {
        // Nothing that only these have.
      }
    }
  }

  private void ip(List<String> parts) {
    parts.add(
        dice.oneOf(
            "nw_src=10.0.0.%d".formatted(dice.pick(6)),
            "nw_dst=10.0.0.%d".formatted(dice.pick(6)),
            "nw_dst=10.0.0.0/30",
            "nw_src=10.0.0.%d/255.0.0.255".formatted(dice.pick(4)),
            "nw_tos=184",
            "nw_ecn=2",
            "nw_ttl=64",
            dice.oneOf(
                "nw_frag=no",
                "nw_frag=yes",
                "nw_frag=later",
                "nw_frag=not_later",
                "nw_frag=first")));
  }
}
