package io.packetwalk.cli.capture;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Room;
import io.packetwalk.lab.Lab.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The counters of rules and flows, to see which of them a packet moved. */
public final class Counters {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("iptables-legacy-save", "-c"),
          List.of("iptables-nft-save", "-c"),
          List.of("ip6tables-legacy-save", "-c"),
          List.of("ip6tables-nft-save", "-c"));

  private static final Pattern RULE = Pattern.compile("^\\[(\\d+):(\\d+)\\] (-A .*)$");
  private static final Pattern TABLE = Pattern.compile("^\\*(\\w+)$");

  private final Map<String, Long> packets;

  private Counters(Map<String, Long> packets) {
    this.packets = packets;
  }

  /** The counters in these machines' own namespaces, as they are now. */
  public static Counters read(List<Site> sites) throws InterruptedException {
    Map<String, Long> packets = new LinkedHashMap<>();
    for (Site site : sites) {
      for (List<String> command : COMMANDS) {
        Output output = CommandRun.of(site.machine().into(Room.own()), command, Limits.GENEROUS);
        collect(site.machine().name() + " " + command.getFirst(), output.printed(), packets);
      }
    }
    return new Counters(packets);
  }

  static void collect(String where, String text, Map<String, Long> packets) {
    String table = "";
    for (String line : text.lines().toList()) {
      Matcher heading = TABLE.matcher(line);
      if (heading.matches()) {
        table = heading.group(1);
      }
      Matcher rule = RULE.matcher(line);
      if (rule.matches()) {
        String key = where + " " + table + " " + rule.group(3);
        packets.merge(key, Long.valueOf(rule.group(1)), Long::sum);
      }
    }
  }

  /** The rules whose counters are higher than they were, each with by how many packets. */
  public List<String> since(Counters earlier) {
    List<String> moved = new ArrayList<>();
    packets.forEach((rule, count) -> {
      long before = earlier.packets.getOrDefault(rule, 0L);
      if (count > before) {
        moved.add("+" + (count - before) + " " + rule);
      }
    });
    return moved;
  }
}
