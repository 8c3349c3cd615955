package io.packetwalk.read.command;

import io.packetwalk.model.net.BridgeVlan;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The text of {@code bridge vlan show}, in iproute2's old layout and its new one.
 *
 * <pre>
 * port              vlan-id
 * veth0             1 PVID Egress Untagged
 *                   10-20
 * </pre>
 */
final class BridgeVlans {
  private static final Set<String> DETAILS =
      Set.of("state", "mcast_router", "neigh_suppress", "mcast_max_groups", "RX:", "TX:");

  private final Rows<BridgeVlan> rows = Rows.headed();
  private String device = "";

  private BridgeVlans() {}

  static Reading read(CommandRun run, List<String> filter) {
    BridgeVlans vlans = new BridgeVlans();
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        vlans.take(line);
      }
    }
    return vlans.rows.reading(run, filter.isEmpty(), Fact.BridgeVlans::new);
  }

  private void take(Line line) {
    Tokens words = Tokens.of(line.text());
    if (words.peek().equals("port") && line.text().contains("vlan")) {
      rows.header();
      return;
    }
    boolean continued = Character.isWhitespace(line.text().charAt(0));
    if (continued && DETAILS.contains(words.peek())) {
      return;
    }
    if (!continued) {
      String name = words.next();
      if (!words.hasNext()) {
        device = name;
        return;
      }
      if (!isRange(words.peek())) {
        rows.skip(line, "not a line of a VLAN table");
        device = "";
        return;
      }
      device = name;
    }
    membership(line, words);
  }

  private void membership(Line line, Tokens words) {
    String range = words.next();
    int hyphen = range.indexOf('-');
    OptionalInt first = Tokens.number(hyphen < 0 ? range : range.substring(0, hyphen));
    OptionalInt last = hyphen < 0 ? first : Tokens.number(range.substring(hyphen + 1));
    if (range.equals("None")) {
      return;
    }
    if (device.isEmpty() || first.isEmpty() || last.isEmpty()) {
      rows.skip(line, "not a line of a VLAN table");
      return;
    }
    boolean portVlan = words.take("PVID");
    boolean untagged = words.take("Egress") && words.take("Untagged");
    rows.add(
        new BridgeVlan(
            device, first.getAsInt(), last.getAsInt(), untagged, portVlan, line.source()));
  }

  private static boolean isRange(String word) {
    return word.equals("None")
        || word.chars().allMatch(character -> character == '-' || Character.isDigit(character));
  }
}
