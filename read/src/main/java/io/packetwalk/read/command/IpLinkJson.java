package io.packetwalk.read.command;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code ip -j link} and {@code ip -j addr}: each object is put into the lines that the text
 * layout has for it.
 */
final class IpLinkJson {
  private IpLinkJson() {}

  static Reading read(CommandRun run, DeviceListing listing) {
    JsonEntries entries = JsonEntries.of(run);
    for (JsonEntries.Entry entry : entries.entries()) {
      if (entry.text("ifname").isEmpty()) {
        listing.unread(new Reading.Unread(entry.line(), "not a device"));
        continue;
      }
      listing.line(entry.line(), header(entry));
      listing.line(entry.line(), link(entry));
      kind(entry.node()).ifPresent(text -> listing.line(entry.line(), text));
      slave(entry.node()).ifPresent(text -> listing.line(entry.line(), text));
      for (JsonNode address : entry.node().path("addr_info")) {
        listing.line(entry.line(), address(address));
      }
    }
    entries.unread().forEach(listing::unread);
    return listing.reading();
  }

  private static String header(JsonEntries.Entry entry) {
    StringBuilder text = new StringBuilder();
    text.append(entry.text("ifindex").orElse("0")).append(": ");
    text.append(entry.text("ifname").orElse(""));
    entry.text("link").ifPresent(link -> text.append('@').append(link));
    entry.text("link_index").ifPresent(index -> text.append("@if").append(index));
    text.append(": <");
    String separator = "";
    for (JsonNode flag : entry.node().path("flags")) {
      text.append(separator).append(flag.asString(""));
      separator = ",";
    }
    text.append('>');
    append(text, "mtu", entry.text("mtu"));
    if (entry.node().path("xdp").path("prog").isObject()) {
      text.append(" xdp");
    }
    append(text, "qdisc", entry.text("qdisc"));
    append(text, "master", entry.text("master"));
    append(text, "state", entry.text("operstate"));
    return text.toString();
  }

  private static String link(JsonEntries.Entry entry) {
    StringBuilder text = new StringBuilder("link/");
    text.append(entry.text("link_type").orElse("ether"));
    entry.text("address").ifPresent(address -> text.append(' ').append(address));
    append(text, "brd", entry.text("broadcast"));
    append(text, "link-netnsid", entry.text("link_netnsid"));
    append(text, "link-netns", entry.text("link_netns"));
    return text.toString();
  }

  private static Optional<String> kind(JsonNode device) {
    JsonNode info = device.path("linkinfo");
    return JsonEntries.text(info, "info_kind")
        .map(kind -> kind + settings(kind, info.path("info_data")));
  }

  /** The settings by their names in the text layout, which are the fields' for the most part. */
  private static String settings(String kind, JsonNode data) {
    StringBuilder text = new StringBuilder();
    data.properties()
        .forEach(field -> {
          JsonNode value = field.getValue();
          if (value.isBoolean()) {
            String word = word(kind, field.getKey());
            text.append(value.asBoolean() ? " " + word : negated(word));
          } else if (value.isValueNode()) {
            append(text, word(kind, field.getKey()), Optional.of(value.asString("")));
          }
        });
    return text.toString();
  }

  private static String negated(String name) {
    return switch (name) {
      case "learning", "pmtudisc", "localbypass", "udp6zerocsumtx", "udp6zerocsumrx" ->
          " no" + name;
      default -> "";
    };
  }

  private static String word(String kind, String field) {
    return switch (field) {
      case "link" -> "dev";
      case "port" -> kind.equals("vxlan") || kind.equals("geneve") ? "dstport" : field;
      case "remote6", "group6" -> "remote";
      case "local6" -> "local";
      case "udp_zero_csum6_tx" -> "udp6zerocsumtx";
      case "udp_zero_csum6_rx" -> "udp6zerocsumrx";
      default -> field;
    };
  }

  private static Optional<String> slave(JsonNode device) {
    JsonNode info = device.path("linkinfo");
    return JsonEntries.text(info, "info_slave_kind")
        .map(kind -> kind + "_slave" + onOff(info.path("info_slave_data")));
  }

  private static String onOff(JsonNode data) {
    StringBuilder text = new StringBuilder();
    data.properties()
        .forEach(field -> {
          JsonNode value = field.getValue();
          if (value.isValueNode()) {
            String shown =
                value.isBoolean() ? (value.asBoolean() ? "on" : "off") : value.asString("");
            append(text, field.getKey(), Optional.of(shown));
          }
        });
    return text.toString();
  }

  private static String address(JsonNode node) {
    StringBuilder text = new StringBuilder();
    String length = JsonEntries.text(node, "prefixlen").map(bits -> "/" + bits).orElse("");
    Optional<String> peer = JsonEntries.text(node, "address");
    text.append(JsonEntries.text(node, "family").orElse("")).append(' ');
    text.append(JsonEntries.text(node, "local").orElse("")).append(peer.isPresent() ? "" : length);
    append(text, "peer", peer.map(other -> other + length));
    append(text, "brd", JsonEntries.text(node, "broadcast"));
    append(text, "scope", JsonEntries.text(node, "scope"));
    for (String flag : List.of("secondary", "tentative", "dadfailed", "deprecated", "temporary")) {
      if (node.path(flag).asBoolean(false)) {
        text.append(' ').append(flag);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, Optional<String> value) {
    value.ifPresent(shown -> text.append(' ').append(name).append(' ').append(shown));
  }
}
