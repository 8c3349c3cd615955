package io.packetwalk.proof.openflow;

/** How random flows send a packet on to a later table: directly, or through the tracker. */
final class RandomWays {
  private final Dice dice;

  RandomWays(Dice dice) {
    this.dice = dice;
  }

  int later(int table) {
    return table + 1 + dice.pick(RandomPipeline.TABLES - table - 1);
  }

  /** Only IP can be tracked: Open vSwitch takes no other flow with {@code ct}. */
  static int family(String match) {
    return switch (match.split(",", 2)[0]) {
      case "ip", "tcp", "udp", "sctp", "icmp" -> 4;
      case "ipv6", "tcp6", "icmp6" -> 6;
      default -> 0;
    };
  }

  String next(int table, int family) {
    int kind = family == 0 ? 3 + dice.pick(6) : dice.pick(9);
    return switch (kind) {
      case 0, 1 ->
          "ct(%stable=%d,zone=%s)"
              .formatted(
                  dice.oneOf("", "commit,"),
                  later(table),
                  dice.oneOf("5", "7", "NXM_NX_REG1[0..15]"));
      case 2 -> tracked(table, family);
      case 3 -> "resubmit(%d,%d)".formatted(1 + dice.pick(RandomPipeline.PORTS), later(table));
      default -> "resubmit(,%d)".formatted(later(table));
    };
  }

  private String tracked(int table, int family) {
    String nat =
        family == 4
            ? dice.oneOf(
                "",
                ",nat(src=10.0.0.%d)".formatted(dice.pick(6)),
                ",nat(dst=10.0.0.%d:81)".formatted(dice.pick(6)),
                ",nat(src=10.0.0.7-10.0.0.9:2000-2100)")
            : dice.oneOf("", ",nat(src=fd00::%x)".formatted(1 + dice.pick(4)));
    String inside =
        dice.oneOf(
            "load:0x%x->NXM_NX_CT_MARK[]".formatted(dice.pick(4)),
            "set_field:0x1/0x1->ct_label",
            "move:NXM_NX_REG0[]->NXM_NX_CT_MARK[]");
    return "ct(commit,table=%d,zone=%d%s,exec(%s))"
        .formatted(later(table), 5 + dice.pick(2), nat, inside);
  }
}
