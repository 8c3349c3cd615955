package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Rule;

/** How decisions of rules are said. */
final class Wording {
  private Wording() {}

  /** The rule's own comment, as a reason. */
  static String because(Rule rule) {
    String comment = rule.comment();
    return comment.isEmpty() ? "" : ", “" + comment + "”";
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
