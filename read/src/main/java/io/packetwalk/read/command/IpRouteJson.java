package io.packetwalk.read.command;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code ip -j route}: each object is put into the words that the text layout has for it. */
final class IpRouteJson {
  private static final Map<String, String> WORDS =
      Map.of(
          "dev", "dev",
          "protocol", "proto",
          "scope", "scope",
          "prefsrc", "src",
          "metric", "metric",
          "table", "table",
          "tos", "tos",
          "from", "from");

  private static final List<String> ORDER =
      List.of("from", "tos", "dev", "table", "protocol", "scope", "prefsrc", "metric");

  private IpRouteJson() {}

  static Reading read(CommandRun run, IpRouteReader.Request request) {
    JsonEntries entries = JsonEntries.of(run);
    boolean all = entries.entries().stream().noneMatch(IpRouteJson::hidesDestination);
    IpRouteReader.Collected collected =
        new IpRouteReader.Collected(all ? request : request.asNarrowed(), run.prompt().source());
    List<Reading.Unread> unread = new ArrayList<>(entries.unread());
    for (JsonEntries.Entry entry : entries.entries()) {
      if (hidesDestination(entry)) {
        unread.add(
            new Reading.Unread(
                entry.line(), "a route with encap, whose destination JSON gives twice"));
        continue;
      }
      RouteLine.parse(words(entry), request.family(), entry.line().source(), request.implied())
          .ifPresentOrElse(
              route -> IpRouteReader.close(route, entry.line(), collected, unread),
              () -> unread.add(new Reading.Unread(entry.line(), "not a route")));
    }
    return new Reading(collected.facts(), unread);
  }

  /** The outer header's destination has the same name as the route's, and takes its place. */
  private static boolean hidesDestination(JsonEntries.Entry entry) {
    return entry.text("encap").filter(type -> type.equals("ip") || type.equals("ip6")).isPresent();
  }

  private static String words(JsonEntries.Entry entry) {
    StringBuilder text = new StringBuilder();
    entry.text("type").ifPresent(type -> text.append(type).append(' '));
    text.append(entry.text("dst").orElse(""));
    hop(text, entry.node());
    for (String field : ORDER) {
      entry.text(field).ifPresent(value -> append(text, WORDS.getOrDefault(field, field), value));
    }
    mtu(text, entry.node());
    JsonNode hops = entry.node().path("nexthops");
    for (JsonNode hop : hops) {
      text.append(" nexthop");
      hop(text, hop);
      JsonEntries.text(hop, "dev").ifPresent(device -> append(text, "dev", device));
      JsonEntries.text(hop, "weight").ifPresent(weight -> append(text, "weight", weight));
    }
    return text.toString();
  }

  /** The gateway and the flags, which a route and a next hop have in the same fields. */
  private static void hop(StringBuilder text, JsonNode node) {
    gateway(node).ifPresent(gateway -> append(text, "via", gateway));
    JsonEntries.text(node, "encap").ifPresent(encap -> append(text, "encap", encap));
    for (JsonNode flag : node.path("flags")) {
      text.append(' ').append(flag.asString(""));
    }
  }

  private static Optional<String> gateway(JsonNode node) {
    return JsonEntries.text(node, "gateway").or(() -> JsonEntries.text(node.path("via"), "host"));
  }

  private static void mtu(StringBuilder text, JsonNode node) {
    for (JsonNode metrics : node.path("metrics")) {
      JsonEntries.text(metrics, "mtu").ifPresent(mtu -> append(text, "mtu", mtu));
    }
  }

  private static void append(StringBuilder text, String name, String value) {
    text.append(' ').append(name).append(' ').append(value.replace(' ', '_'));
  }
}
