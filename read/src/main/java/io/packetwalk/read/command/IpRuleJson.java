package io.packetwalk.read.command;

import java.util.Optional;

/** A rule of {@code ip -j rule}, in the words that the text layout has for it. */
final class IpRuleJson {
  private IpRuleJson() {}

  static String words(JsonEntries.Entry entry) {
    StringBuilder text = new StringBuilder();
    text.append(entry.text("priority").orElse("")).append(':');
    if (entry.node().has("not")) {
      text.append(" not");
    }
    append(text, "from", prefix(entry, "src", "srclen"));
    append(text, "to", prefix(entry, "dst", "dstlen"));
    append(text, "tos", entry.text("tos").or(() -> entry.text("dsfield")));
    append(text, "fwmark", mark(entry));
    append(text, "iif", entry.text("iif"));
    append(text, "oif", entry.text("oif"));
    append(text, "uidrange", range(entry, "uid_start", "uid_end"));
    append(text, "ipproto", entry.text("ipproto"));
    append(text, "sport", entry.text("sport").or(() -> range(entry, "sport_start", "sport_end")));
    append(text, "dport", entry.text("dport").or(() -> range(entry, "dport_start", "dport_end")));
    append(text, "suppress_prefixlength", entry.text("suppress_prefixlen"));
    append(text, "suppress_ifgroup", entry.text("suppress_ifgroup"));
    append(text, "lookup", entry.text("table"));
    if (entry.node().has("l3mdev")) {
      text.append(" [l3mdev-table]");
    }
    append(text, "goto", entry.text("goto"));
    entry.text("action").ifPresent(action -> text.append(' ').append(action));
    return text.toString();
  }

  private static Optional<String> prefix(JsonEntries.Entry entry, String field, String length) {
    return entry
        .text(field)
        .map(address -> entry.text(length).map(bits -> address + "/" + bits).orElse(address));
  }

  private static Optional<String> mark(JsonEntries.Entry entry) {
    return entry
        .text("fwmark")
        .map(mark -> entry.text("fwmask").map(mask -> mark + "/" + mask).orElse(mark));
  }

  private static Optional<String> range(JsonEntries.Entry entry, String first, String last) {
    return entry
        .text(first)
        .map(start -> entry.text(last).map(end -> start + "-" + end).orElse(start));
  }

  private static void append(StringBuilder text, String name, Optional<String> value) {
    value.ifPresent(shown -> text.append(' ').append(name).append(' ').append(shown));
  }
}
