package io.packetwalk.proof.openflow;

import java.util.List;

/** One group of each type. */
final class RandomGroups {
  /**
   * Where buckets send packets on; flows from there on call no group, since a trace of a loop
   * through the connection tracker has no end.
   */
  static final int TABLE = RandomPipeline.TABLES - 2;

  private final Dice dice;

  RandomGroups(Dice dice) {
    this.dice = dice;
  }

  String group(int id) {
    String kind = List.of("all", "select", "indirect", "ff").get(id - 1);
    int buckets = kind.equals("indirect") ? 1 : 1 + dice.pick(3);
    StringBuilder text = new StringBuilder("group_id=%d,type=%s".formatted(id, kind));
    if (kind.equals("select")) {
      text.append(",selection_method=hash,fields(eth_src,eth_dst)");
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      text.append(",bucket=")
          .append(kind.equals("select") ? "weight:%d,".formatted(1 + dice.pick(4)) : "");
      text.append(
          kind.equals("ff") ? "watch_port:%d,".formatted(1 + dice.pick(RandomPipeline.PORTS)) : "");
      text.append("actions=")
          .append(
              dice.oneOf(
                  "set_field:0x%x->reg3,".formatted(dice.pick(4)),
                  "",
                  "set_field:02:00:00:00:00:02->eth_dst,"));
      text.append(
          dice.oneOf(
              "output:" + (1 + dice.pick(RandomPipeline.PORTS)),
              "resubmit(,%d)".formatted(TABLE),
              "output:" + (1 + dice.pick(RandomPipeline.PORTS))));
    }
    return text.toString();
  }
}
