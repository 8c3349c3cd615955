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
  static final int TABLES = 8;

  private final Dice dice;
  private final RandomMatches matches;
  private final RandomActions actions;
  private final RandomWays ways;
  private final List<String> flows = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private int cookie = 1;

  RandomPipeline(RandomGenerator random) {
    this.dice = new Dice(random);
    this.matches = new RandomMatches(dice);
    this.actions = new RandomActions(dice);
    this.ways = new RandomWays(dice);
    for (int group = 1; group <= 4; group++) {
      groups.add(new RandomGroups(dice).group(group));
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

  private void table(int table) {
    int count = 4 + dice.pick(8);
    for (int index = 0; index < count; index++) {
      int priority = 10 + index * 10 + dice.pick(5);
      String match = matches.next();
      flow(table, priority, match, actions.of(table, match));
    }
    if (dice.pick(8) > 0) {
      String rest = table + 1 < TABLES ? "," + ways.next(table, 0) : "";
      flow(table, 1, "", actions.of(table, "") + rest);
      if (table + 1 < TABLES) {
        flow(table, 2, "ip", ways.next(table, 4));
        flow(table, 3, "ipv6", ways.next(table, 6));
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
      int clauses = 2 + dice.pick(2);
      int priority = 200 + 20 * id;
      for (int value = 0; value < 2; value++) {
        flow(
            table,
            priority,
            "ip,nw_src=10.0.0.%d".formatted(dice.pick(3) + 3 * value),
            "conjunction(%d,1/%d)".formatted(id, clauses));
        flow(
            table,
            priority,
            "ip,nw_dst=10.0.0.%d".formatted(dice.pick(3) + 3 * value),
            "conjunction(%d,2/%d)".formatted(id, clauses));
      }
      if (clauses == 3) {
        flow(table, priority, "tcp,tp_dst=80", "conjunction(%d,3/3)".formatted(id));
        flow(table, priority, "udp", "conjunction(%d,3/3)".formatted(id));
      }
      if (dice.pick(4) > 0) {
        flow(table, 150 + id, "ip,conj_id=" + id, actions.of(table, "ip"));
      }
    }
  }
}
