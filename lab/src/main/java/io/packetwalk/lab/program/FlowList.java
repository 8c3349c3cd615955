package io.packetwalk.lab.program;

import java.util.ArrayList;
import java.util.List;

/** Flows in the order in which they are added, as {@code ovs-ofctl add-flows} reads them. */
final class FlowList {
  /** How many times the agent has started; its flows of an earlier round would be stale. */
  private static final long ROUND = 5;

  private static final int ROUND_SHIFT = 48;
  private static final int CATEGORY_SHIFT = 40;

  private final List<String> lines = new ArrayList<>();

  /** What a flow is for, as its cookie tells (pkg/agent/openflow/cookie). */
  enum Category {
    DEFAULT(0),
    POD(1),
    POLICY(2),
    SERVICE(3),
    EGRESS(4);

    private final long number;

    Category(long number) {
      this.number = number;
    }
  }

  void add(String table, String match, String... actions) {
    add(Category.DEFAULT, 0, table, match, actions);
  }

  /** A flow of an object with a number, which the cookie has as well. */
  void add(Category category, int number, String table, String match, String... actions) {
    long cookie = ROUND << ROUND_SHIFT | category.number << CATEGORY_SHIFT | number;
    lines.add(
        "cookie=0x%x,table=%s,%s,actions=%s"
            .formatted(cookie, table, match, String.join(",", actions)));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
