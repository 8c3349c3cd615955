package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.TableFamily;
import java.util.Locale;

/** How decisions of rules are said. */
final class Wording {
  private Wording() {}

  /** The rule's own comment, as a reason. */
  static String because(Rule rule) {
    String comment = rule.comment();
    return comment.isEmpty() ? "" : ", “" + comment + "”";
  }

  /** The table as people call it: iptables' own by their name alone. */
  static String table(RuleTable table) {
    boolean plain =
        switch (table.name()) {
          case "raw", "mangle", "nat", "filter", "security" ->
              table.family() == TableFamily.IP || table.family() == TableFamily.IP6;
          default -> false;
        };
    return plain
        ? table.name()
        : table.family().name().toLowerCase(Locale.ROOT) + " " + table.name();
  }

  /**
   * Whether a rule that rejects with this error is about packets of the version of IP: nft leaves
   * out the condition that says so.
   */
  static boolean isErrorOf(String name, boolean version4) {
    return !name.startsWith(version4 ? "icmp6-" : "icmp-");
  }

  /** The error's name for the packet's version of IP, where the rule leaves that open. */
  static String rejection(String name, boolean version4) {
    if (!name.startsWith("icmpx-")) {
      return name;
    }
    return switch (name.substring(6)) {
      case "no-route" -> version4 ? "icmp-net-unreachable" : "icmp6-no-route";
      case "host-unreachable" -> version4 ? "icmp-host-unreachable" : "icmp6-addr-unreachable";
      case "admin-prohibited" -> version4 ? "icmp-admin-prohibited" : "icmp6-adm-prohibited";
      default -> version4 ? "icmp-port-unreachable" : "icmp6-port-unreachable";
    };
  }

  /** {@code 1 of 3} or a percentage, for a share of the packets. */
  static String share(double weight) {
    if (weight >= 1) {
      return "";
    }
    long parts = Math.round(1 / weight);
    boolean even = Math.abs(1.0 / parts - weight) < 0.000_01;
    return even
        ? ", 1 packet in " + parts
        : String.format(", %.1f %% of the packets", weight * 100);
  }
}
