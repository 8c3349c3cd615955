package io.packetwalk.proof.openflow;

/** Actions of random flows that change what the packet says, as far as the match allows. */
final class RandomFields {
  private final Dice dice;

  RandomFields(Dice dice) {
    this.dice = dice;
  }

  String masked(int mask) {
    return "set_field:0x%x/0x%x->reg%d".formatted(dice.pick(8) & mask, mask, 4 + dice.pick(4));
  }

  /** Without a tag there is none to change: OpenFlow doesn't take such a flow. */
  String vlan(String match) {
    boolean tagged = match.contains("dl_vlan=") || match.contains("vlan_tci=0x1");
    String pushed = "push_vlan:0x8100,set_field:%d->vlan_vid".formatted(4096 + 1 + dice.pick(3));
    return tagged
        ? dice.oneOf(
            pushed, "pop_vlan", "mod_vlan_vid:2", "mod_vlan_pcp:%d".formatted(dice.pick(8)))
        : pushed;
  }

  /** What changes the packet's kind comes last: what follows couldn't rely on the match. */
  String relabelled(String match) {
    boolean labelled = match.startsWith("mpls");
    return labelled ? dice.oneOf("push_mpls:0x8847", "pop_mpls:0x0800") : "push_mpls:0x8847";
  }

  /** An action on a field that the match makes sure of. */
  String fieldOf(String match) {
    String kind = match.split(",", 2)[0];
    return switch (kind) {
      case "ip" ->
          dice.oneOf(
              "mod_nw_src:10.0.0.%d".formatted(dice.pick(6)),
              "mod_nw_dst:10.0.0.%d".formatted(dice.pick(6)),
              "mod_nw_tos:%d".formatted(4 * dice.pick(8)),
              "set_field:3->nw_ttl",
              "move:NXM_OF_IP_SRC[]->NXM_NX_REG1[]",
              "load:0x5->NXM_OF_IP_DST[0..7]");
      case "tcp", "udp", "sctp" ->
          dice.oneOf(
              "mod_tp_dst:%d".formatted(80 + dice.pick(2)),
              "mod_tp_src:1001",
              "mod_nw_dst:10.0.0.%d".formatted(dice.pick(6)));
      case "ipv6", "tcp6" ->
          dice.oneOf(
              "set_field:fd00::%x->ipv6_src".formatted(dice.pick(4)),
              "set_field:fd00::%x->ipv6_dst".formatted(dice.pick(4)),
              "move:NXM_NX_IPV6_SRC[0..31]->NXM_NX_REG2[]");
      case "arp" ->
          dice.oneOf(
              "load:0x2->NXM_OF_ARP_OP[]",
              "set_field:10.0.0.%d->arp_spa".formatted(dice.pick(4)),
              "set_field:02:00:00:00:00:02->arp_sha",
              "move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[]");
      case "mpls" -> dice.oneOf("dec_mpls_ttl", "set_field:5->mpls_label");
      case "icmp" -> dice.oneOf("set_field:8->icmp_type", "mod_nw_src:10.0.0.1");
      default -> "set_field:0x%x->reg9".formatted(dice.pick(4));
    };
  }
}
