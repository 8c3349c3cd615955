package io.packetwalk.proof.openflow;

import java.util.ArrayList;
import java.util.List;

/** What random flows do: a few actions of any kind, and the way on. */
final class RandomActions {
  private final Dice dice;
  private final RandomWays ways;
  private final RandomFields fields;

  RandomActions(Dice dice) {
    this.dice = dice;
    this.ways = new RandomWays(dice);
    this.fields = new RandomFields(dice);
  }

  String of(int table, String match) {
    List<String> actions = new ArrayList<>();
    int count = 1 + dice.pick(4);
    for (int index = 0; index < count; index++) {
      actions.add(action(table, match));
    }
    if (dice.oneIn(6)) {
      return String.join(",", actions) + instructions(table);
    }
    boolean labelled = dice.oneIn(12);
    if (labelled) {
      actions.add(fields.relabelled(match));
    }
    if (table + 1 < RandomPipeline.TABLES && dice.pick(6) > 0) {
      actions.add(ways.next(table, labelled ? 0 : RandomWays.family(match)));
    }
    if (dice.oneIn(4)) {
      actions.add(
          dice.oneOf("output:" + port(), "IN_PORT", "LOCAL", "NORMAL", "FLOOD", "ALL", "drop"));
      actions.remove("drop");
    }
    return String.join(",", actions);
  }

  private int port() {
    return 1 + dice.pick(RandomPipeline.PORTS);
  }

  /**
   * What OpenFlow has beside the actions: the set that is done at the end, and the next table. No
   * group in the set: a trace of one behind the connection tracker ends Open vSwitch 3.1 itself.
   */
  private String instructions(int table) {
    String clear = dice.oneIn(4) ? ",clear_actions" : "";
    String field =
        dice.oneOf("", "set_field:0x%x->reg3,".formatted(dice.pick(4)), "push_vlan:0x8100,");
    String write = ",write_actions(%soutput:%d)".formatted(field, port());
    String metadata = dice.oneIn(3) ? ",write_metadata:0x%x/0x3".formatted(dice.pick(4)) : "";
    String go = table + 1 < RandomPipeline.TABLES ? ",goto_table:" + ways.later(table) : "";
    return clear + write + metadata + go;
  }

  private String action(int table, String match) {
    return switch (dice.pick(26)) {
      case 0, 1 -> "load:0x%x->NXM_NX_REG%d[]".formatted(dice.pick(4), dice.pick(4));
      case 2 ->
          "load:0x%x->NXM_NX_REG%d[%d..%d]"
              .formatted(dice.pick(4), 4 + dice.pick(4), dice.pick(2), 4);
      case 3 -> fields.masked(1 + dice.pick(7));
      case 4 -> "set_field:0x%x->xreg2".formatted(dice.pick(4));
      case 5 -> "set_field:0x%x->xxreg3".formatted(dice.pick(1000));
      case 6 ->
          "move:%s->NXM_NX_REG%d[]"
              .formatted(
                  dice.oneOf("NXM_NX_REG0[]", "NXM_NX_REG5[]", "NXM_NX_PKT_MARK[]"), dice.pick(4));
      case 7 -> "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]";
      case 8 ->
          dice.oneOf(
              "mod_dl_dst:02:00:00:00:00:0%d".formatted(dice.pick(4)),
              "mod_dl_src:02:00:00:00:00:0%d".formatted(dice.pick(4)),
              "set_field:02:00:00:00:00:01->eth_dst");
      case 9 -> fields.fieldOf(match);
      case 10 -> fields.fieldOf(match);
      case 11 ->
          "push:NXM_NX_REG%d[],push:NXM_OF_ETH_DST[],pop:NXM_OF_ETH_SRC[],pop:NXM_NX_REG%d[]"
              .formatted(dice.pick(4), dice.pick(4));
      case 12 -> fields.vlan(match);
      case 13 ->
          dice.oneOf(
              "set_field:0x%x->metadata".formatted(dice.pick(4)), "set_field:0x1/0x3->metadata");
      case 14 -> "output:" + port();
      case 15 -> table < RandomGroups.TABLE ? "group:" + (1 + dice.pick(4)) : "note:02";
      case 16 ->
          "clone(%s,output:%d)"
              .formatted(
                  dice.oneOf(
                      "load:0x7->NXM_NX_REG0[]",
                      "mod_dl_dst:02:00:00:00:00:03",
                      "push_vlan:0x8100"),
                  port());
      case 17 ->
          table + 1 < RandomPipeline.TABLES && dice.oneIn(4)
              ? "resubmit(,%d)".formatted(ways.later(table))
              : "note:00.01";
      case 18 ->
          RandomWays.family(match) == 0
              ? dice.oneOf("ct_clear", "note:01.02")
              : dice.oneOf("ct_clear", "ct(commit,zone=9)", "ct(zone=9)");
      case 19 ->
          "load:%d->NXM_NX_REG8[],output:NXM_NX_REG8[]"
              .formatted(1 + dice.pick(RandomPipeline.PORTS + 1));
      case 20 ->
          dice.oneOf(
              "set_field:0x%x->pkt_mark".formatted(dice.pick(3)),
              "load:0->NXM_OF_IN_PORT[]",
              "set_tunnel:0x%x".formatted(dice.pick(6)));
      case 21 ->
          "learn(table=20,priority=5,NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[])";
      case 22 ->
          match.startsWith("ip") || match.startsWith("tcp") || match.startsWith("udp")
              ? "dec_ttl"
              : "set_field:0x3->reg9";
      case 23 ->
          dice.oneOf(
              "enqueue:%d:1".formatted(port()),
              "set_queue:1,output:%d,pop_queue".formatted(port()),
              "multipath(eth_src,50,modulo_n,%d,0,NXM_NX_REG%d[0..7])"
                  .formatted(1 + dice.pick(4), dice.pick(4)));
      case 24 ->
          dice.oneOf(
              "bundle(eth_src,0,hrw,ofport,members:1,2,3)",
              "bundle_load(eth_src,0,active_backup,ofport,NXM_NX_REG2[],members:2,4)",
              "controller(max_len=20)");
      default ->
          dice.oneIn(6)
              ? "exit"
              : "load:0x1->NXM_NX_REG%d[%d]".formatted(4 + dice.pick(4), dice.pick(3));
    };
  }
}
