package io.packetwalk.proof.openflow;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A pipeline of random flows over the whole vocabulary. Each flow has a cookie and, within its
 * table, a priority of its own: what Open vSwitch leaves open isn't asked.
 */
final class RandomPipeline {
  static final int PORTS = 6;
  private static final int TABLES = 8;

  private final RandomGenerator random;
  private final List<String> flows = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private int cookie = 1;

  RandomPipeline(RandomGenerator random) {
    this.random = random;
    for (int group = 1; group <= 4; group++) {
      group(group);
    }
    for (int table = 0; table < TABLES; table++) {
      table(table);
    }
    conjunctions(TABLES - 3);
  }

  String flows() {
    return String.join("\n", flows) + "\n";
  }

  String groups() {
    return String.join("\n", groups) + "\n";
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void table(int table) {
    int count = 4 + pick(8);
    for (int index = 0; index < count; index++) {
      int priority = 10 + index * 10 + pick(5);
      String match = match();
      flow(table, priority, match, actions(table, match));
    }
    if (pick(8) > 0) {
      String rest = table + 1 < TABLES ? "," + next(table, 0) : "";
      flow(table, 1, "", actions(table, "") + rest);
      if (table + 1 < TABLES) {
        flow(table, 2, "ip", next(table, 4));
        flow(table, 3, "ipv6", next(table, 6));
      }
    }
  }

  private void flow(int table, int priority, String match, String actions) {
    String middle = match.isEmpty() ? "" : "," + match;
    flows.add(
        "cookie=0x%x,table=%d,priority=%d%s actions=%s"
            .formatted(cookie++, table, priority, middle, actions));
  }

  /** Two or three dimensions, with what happens when they meet. */
  private void conjunctions(int table) {
    for (int id = 1; id <= 2; id++) {
      int clauses = 2 + pick(2);
      int priority = 200 + 20 * id;
      for (int value = 0; value < 2; value++) {
        flow(
            table,
            priority,
            "ip,nw_src=10.0.0.%d".formatted(pick(3) + 3 * value),
            "conjunction(%d,1/%d)".formatted(id, clauses));
        flow(
            table,
            priority,
            "ip,nw_dst=10.0.0.%d".formatted(pick(3) + 3 * value),
            "conjunction(%d,2/%d)".formatted(id, clauses));
      }
      if (clauses == 3) {
        flow(table, priority, "tcp,tp_dst=80", "conjunction(%d,3/3)".formatted(id));
        flow(table, priority, "udp", "conjunction(%d,3/3)".formatted(id));
      }
      if (pick(4) > 0) {
        flow(table, 150 + id, "ip,conj_id=" + id, actions(table, "ip"));
      }
    }
  }

  private String match() {
    List<String> parts = new ArrayList<>();
    String kind =
        oneOf(
            "", "", "ip", "ip", "ipv6", "arp", "tcp", "tcp", "udp", "sctp", "icmp", "icmp6", "tcp6",
            "mpls");
    if (!kind.isEmpty()) {
      parts.add(kind);
    }
    if (pick(4) == 0) {
      parts.add("in_port=" + (1 + pick(PORTS)));
    }
    if (pick(5) == 0) {
      parts.add("dl_src=02:00:00:00:00:0" + pick(4) + oneOf("", "", "/ff:ff:ff:ff:ff:fe"));
    }
    if (pick(5) == 0) {
      parts.add(
          "dl_dst=" + oneOf("02:00:00:00:00:0" + pick(4), "01:00:00:00:00:00/01:00:00:00:00:00"));
    }
    if (pick(5) == 0) {
      parts.add(
          oneOf(
              "dl_vlan=" + (1 + pick(3)),
              "vlan_tci=0x0000",
              "vlan_tci=0x1000/0x1000",
              "dl_vlan_pcp=" + pick(3),
              "vlan_tci=0x1001/0x1001"));
    }
    registers(parts);
    specific(kind, parts);
    return String.join(",", parts);
  }

  private void registers(List<String> parts) {
    if (pick(4) == 0) {
      parts.add("reg%d=0x%x".formatted(pick(4), pick(3)));
    }
    if (pick(6) == 0) {
      parts.add("reg%d=0x%x/0x7".formatted(4 + pick(4), 1 << pick(3)));
    }
    if (pick(12) == 0) {
      parts.add("xreg2=0x%x/0xff".formatted(pick(3)));
    }
    if (pick(12) == 0) {
      parts.add("metadata=0x%x/0xf".formatted(pick(3)));
    }
    if (pick(14) == 0) {
      parts.add(oneOf("pkt_mark=0x0", "pkt_mark=0x1/0x1", "tun_id=0x5", "tun_id=0x0"));
    }
    if (pick(10) == 0) {
      parts.add(
          oneOf(
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
        if (pick(2) == 0) {
          ip(parts);
        }
        if (pick(2) == 0) {
          parts.add(
              oneOf("tp_dst=80", "tp_dst=443", "tp_src=1000", "tp_dst=0x50/0xfffe", "tp_src=1001"));
        }
        if (kind.equals("tcp") && pick(4) == 0) {
          parts.add(oneOf("tcp_flags=+syn-ack", "tcp_flags=+ack", "tcp_flags=0x2/0x2"));
        }
      }
      case "tcp6", "ipv6" -> {
        if (pick(2) == 0) {
          parts.add(
              oneOf(
                  "ipv6_src=fd00::%x".formatted(pick(4)),
                  "ipv6_dst=fd00::/64",
                  "ipv6_dst=fd00::%x/127".formatted(2 * pick(2)),
                  "ipv6_label=0x1"));
        }
      }
      case "icmp" -> parts.add(oneOf("icmp_type=8", "icmp_type=0", "icmp_type=8,icmp_code=0"));
      case "icmp6" ->
          parts.add(
              oneOf(
                  "icmp_type=135",
                  "icmp_type=128",
                  "icmp_type=136,icmp_code=0,nd_target=fd00::%x".formatted(pick(4)),
                  "icmp_type=135,icmp_code=0,nd_sll=02:00:00:00:00:0%d".formatted(pick(4))));
      case "arp" ->
          parts.add(
              oneOf(
                  "arp_op=1",
                  "arp_op=2",
                  "arp_spa=10.0.0.%d".formatted(pick(4)),
                  "arp_tpa=10.0.0.0/30",
                  "arp_sha=02:00:00:00:00:0%d".formatted(pick(4))));
      case "mpls" ->
          parts.add(
              oneOf("mpls_label=" + pick(3), "mpls_bos=1", "mpls_bos=0", "mpls_tc=" + pick(8)));
      default -> {
        // Nothing that only these have.
      }
    }
  }

  private void ip(List<String> parts) {
    parts.add(
        oneOf(
            "nw_src=10.0.0.%d".formatted(pick(6)),
            "nw_dst=10.0.0.%d".formatted(pick(6)),
            "nw_dst=10.0.0.0/30",
            "nw_src=10.0.0.%d/255.0.0.255".formatted(pick(4)),
            "nw_tos=184",
            "nw_ecn=2",
            "nw_ttl=64",
            oneOf(
                "nw_frag=no",
                "nw_frag=yes",
                "nw_frag=later",
                "nw_frag=not_later",
                "nw_frag=first")));
  }

  private String actions(int table, String match) {
    List<String> actions = new ArrayList<>();
    int count = 1 + pick(4);
    for (int index = 0; index < count; index++) {
      actions.add(action(table, match));
    }
    boolean labelled = pick(12) == 0;
    if (labelled) {
      actions.add(relabelled(match));
    }
    if (table + 1 < TABLES && pick(6) > 0) {
      actions.add(next(table, labelled ? 0 : family(match)));
    }
    if (pick(4) == 0) {
      actions.add(
          oneOf("output:" + (1 + pick(PORTS)), "IN_PORT", "LOCAL", "NORMAL", "FLOOD", "ALL"));
    }
    return String.join(",", actions);
  }

  private int later(int table) {
    return table + 1 + pick(TABLES - table - 1);
  }

  /** Only IP can be tracked: Open vSwitch takes no other flow with {@code ct}. */
  private static int family(String match) {
    return switch (match.split(",", 2)[0]) {
      case "ip", "tcp", "udp", "sctp", "icmp" -> 4;
      case "ipv6", "tcp6", "icmp6" -> 6;
      default -> 0;
    };
  }

  private String next(int table, int family) {
    int kind = family == 0 ? 3 + pick(6) : pick(9);
    return switch (kind) {
      case 0, 1 ->
          "ct(%stable=%d,zone=%s)"
              .formatted(oneOf("", "commit,"), later(table), oneOf("5", "7", "NXM_NX_REG1[0..15]"));
      case 2 -> tracked(table, family);
      case 3 -> "resubmit(%d,%d)".formatted(1 + pick(PORTS), later(table));
      default -> "resubmit(,%d)".formatted(later(table));
    };
  }

  private String tracked(int table, int family) {
    String nat =
        family == 4
            ? oneOf(
                "",
                ",nat(src=10.0.0.%d)".formatted(pick(6)),
                ",nat(dst=10.0.0.%d:81)".formatted(pick(6)),
                ",nat(src=10.0.0.7-10.0.0.9:2000-2100)")
            : oneOf("", ",nat(src=fd00::%x)".formatted(1 + pick(4)));
    String inside =
        oneOf(
            "load:0x%x->NXM_NX_CT_MARK[]".formatted(pick(4)),
            "set_field:0x1/0x1->ct_label",
            "move:NXM_NX_REG0[]->NXM_NX_CT_MARK[]");
    return "ct(commit,table=%d,zone=%d%s,exec(%s))"
        .formatted(later(table), 5 + pick(2), nat, inside);
  }

  private String action(int table, String match) {
    return switch (pick(24)) {
      case 0, 1 -> "load:0x%x->NXM_NX_REG%d[]".formatted(pick(4), pick(4));
      case 2 -> "load:0x%x->NXM_NX_REG%d[%d..%d]".formatted(pick(4), 4 + pick(4), pick(2), 4);
      case 3 -> masked(1 + pick(7));
      case 4 -> "set_field:0x%x->xreg2".formatted(pick(4));
      case 5 -> "set_field:0x%x->xxreg3".formatted(pick(1000));
      case 6 ->
          "move:%s->NXM_NX_REG%d[]"
              .formatted(
                  oneOf(
                      "NXM_NX_REG0[]",
                      "NXM_NX_REG5[]",
                      "NXM_OF_IN_PORT[]".equals("") ? "" : "NXM_NX_PKT_MARK[]"),
                  pick(4));
      case 7 -> "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]";
      case 8 ->
          oneOf(
              "mod_dl_dst:02:00:00:00:00:0%d".formatted(pick(4)),
              "mod_dl_src:02:00:00:00:00:0%d".formatted(pick(4)),
              "set_field:02:00:00:00:00:01->eth_dst");
      case 9 -> fieldOf(match);
      case 10 -> fieldOf(match);
      case 11 ->
          "push:NXM_NX_REG%d[],push:NXM_OF_ETH_DST[],pop:NXM_OF_ETH_SRC[],pop:NXM_NX_REG%d[]"
              .formatted(pick(4), pick(4));
      case 12 -> vlan(match);
      case 13 ->
          oneOf("set_field:0x%x->metadata".formatted(pick(4)), "set_field:0x1/0x3->metadata");
      case 14 -> "output:" + (1 + pick(PORTS));
      case 15 -> "group:" + (1 + pick(4));
      case 16 ->
          "clone(%s,output:%d)"
              .formatted(
                  oneOf(
                      "load:0x7->NXM_NX_REG0[]",
                      "mod_dl_dst:02:00:00:00:00:03",
                      "push_vlan:0x8100"),
                  1 + pick(PORTS));
      case 17 ->
          table + 1 < TABLES && pick(4) == 0
              ? "resubmit(,%d)".formatted(later(table))
              : "note:00.01";
      case 18 ->
          family(match) == 0
              ? oneOf("ct_clear", "note:01.02")
              : oneOf("ct_clear", "ct(commit,zone=9)", "ct(zone=9)");
      case 19 -> "load:%d->NXM_NX_REG8[],output:NXM_NX_REG8[]".formatted(1 + pick(PORTS + 1));
      case 20 ->
          oneOf(
              "set_field:0x%x->pkt_mark".formatted(pick(3)),
              "load:0->NXM_OF_IN_PORT[]",
              "set_tunnel:0x%x".formatted(pick(6)));
      case 21 ->
          "learn(table=20,priority=5,NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[])";
      case 22 ->
          match.startsWith("ip") || match.startsWith("tcp") || match.startsWith("udp")
              ? "dec_ttl"
              : "set_field:0x3->reg9";
      default ->
          pick(6) == 0 ? "exit" : "load:0x1->NXM_NX_REG%d[%d]".formatted(4 + pick(4), pick(3));
    };
  }

  private String masked(int mask) {
    return "set_field:0x%x/0x%x->reg%d".formatted(pick(8) & mask, mask, 4 + pick(4));
  }

  /** Without a tag there is none to change: OpenFlow doesn't take such a flow. */
  private String vlan(String match) {
    boolean tagged = match.contains("dl_vlan=") || match.contains("vlan_tci=0x1");
    String pushed = "push_vlan:0x8100,set_field:%d->vlan_vid".formatted(4096 + 1 + pick(3));
    return tagged
        ? oneOf(pushed, "pop_vlan", "mod_vlan_vid:2", "mod_vlan_pcp:%d".formatted(pick(8)))
        : pushed;
  }

  /** What changes the packet's kind comes last: what follows couldn't rely on the match. */
  private String relabelled(String match) {
    boolean labelled = match.startsWith("mpls");
    return labelled ? oneOf("push_mpls:0x8847", "pop_mpls:0x0800") : "push_mpls:0x8847";
  }

  /** An action on a field that the match makes sure of. */
  private String fieldOf(String match) {
    String kind = match.split(",", 2)[0];
    return switch (kind) {
      case "ip" ->
          oneOf(
              "mod_nw_src:10.0.0.%d".formatted(pick(6)),
              "mod_nw_dst:10.0.0.%d".formatted(pick(6)),
              "mod_nw_tos:%d".formatted(4 * pick(8)),
              "set_field:3->nw_ttl",
              "move:NXM_OF_IP_SRC[]->NXM_NX_REG1[]",
              "load:0x5->NXM_OF_IP_DST[0..7]");
      case "tcp", "udp", "sctp" ->
          oneOf(
              "mod_tp_dst:%d".formatted(80 + pick(2)),
              "mod_tp_src:1001",
              "mod_nw_dst:10.0.0.%d".formatted(pick(6)));
      case "ipv6", "tcp6" ->
          oneOf(
              "set_field:fd00::%x->ipv6_src".formatted(pick(4)),
              "set_field:fd00::%x->ipv6_dst".formatted(pick(4)),
              "move:NXM_NX_IPV6_SRC[0..31]->NXM_NX_REG2[]");
      case "arp" ->
          oneOf(
              "load:0x2->NXM_OF_ARP_OP[]",
              "set_field:10.0.0.%d->arp_spa".formatted(pick(4)),
              "set_field:02:00:00:00:00:02->arp_sha",
              "move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[]");
      case "mpls" -> oneOf("dec_mpls_ttl", "set_field:5->mpls_label");
      case "icmp" -> oneOf("set_field:8->icmp_type", "mod_nw_src:10.0.0.1");
      default -> "set_field:0x%x->reg9".formatted(pick(4));
    };
  }

  private void group(int id) {
    String kind = List.of("all", "select", "indirect", "ff").get(id - 1);
    int buckets = kind.equals("indirect") ? 1 : 1 + pick(3);
    StringBuilder text = new StringBuilder("group_id=%d,type=%s".formatted(id, kind));
    if (kind.equals("select")) {
      text.append(",selection_method=hash,fields(eth_src,eth_dst)");
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      text.append(",bucket=")
          .append(kind.equals("select") ? "weight:%d,".formatted(1 + pick(4)) : "");
      text.append(kind.equals("ff") ? "watch_port:%d,".formatted(1 + pick(PORTS)) : "");
      text.append("actions=")
          .append(
              oneOf(
                  "set_field:0x%x->reg3,".formatted(pick(4)),
                  "",
                  "set_field:02:00:00:00:00:02->eth_dst,"));
      text.append(
          oneOf(
              "output:" + (1 + pick(PORTS)),
              "resubmit(,%d)".formatted(TABLES - 2),
              "output:" + (1 + pick(PORTS))));
    }
    groups.add(text.toString());
  }
}
