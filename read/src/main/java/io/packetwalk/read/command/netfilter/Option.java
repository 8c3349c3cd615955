package io.packetwalk.read.command.netfilter;

import java.util.List;

/** An option of a rule with its values, such as {@code ! --dport 80}. */
record Option(String name, boolean negated, List<String> values) {
  Option {
    values = List.copyOf(values);
  }

  /** The first value; empty when there is none. */
  String value() {
    return values.isEmpty() ? "" : values.getFirst();
  }

  String text() {
    return (negated ? "! " : "") + name + (values.isEmpty() ? "" : " " + String.join(" ", values));
  }
}
