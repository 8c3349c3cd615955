package io.packetwalk.cli.capture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A listing of rules or flows with how many packets each has counted. */
enum CounterText {
  /** {@code [PACKETS:BYTES] -A CHAIN …} below {@code *TABLE}. */
  IPTABLES {
    @Override
    List<List<String>> commands(String bridge) {
      return List.of(
          List.of("iptables-legacy-save", "-c"),
          List.of("iptables-nft-save", "-c"),
          List.of("ip6tables-legacy-save", "-c"),
          List.of("ip6tables-nft-save", "-c"));
    }

    @Override
    List<String> shown(List<String> command) {
      return command.subList(0, 1);
    }

    @Override
    Map<String, Long> counts(String text) {
      Map<String, Long> counts = new LinkedHashMap<>();
      String table = "";
      for (String line : text.lines().toList()) {
        Matcher rule = RULE.matcher(line);
        if (line.startsWith("*")) {
          table = line.substring(1).strip();
        } else if (rule.matches()) {
          counts.merge(table + " " + rule.group(2), Long.valueOf(rule.group(1)), Long::sum);
        }
      }
      return counts;
    }
  },

  /** Rules with {@code counter packets N bytes N} inside of chains and tables. */
  NFTABLES {
    @Override
    List<List<String>> commands(String bridge) {
      return List.of(List.of("nft", "list", "ruleset"));
    }

    @Override
    List<String> shown(List<String> command) {
      return command.subList(0, 1);
    }

    @Override
    Map<String, Long> counts(String text) {
      Map<String, Long> counts = new LinkedHashMap<>();
      String table = "";
      String chain = "";
      boolean told = true;
      boolean managed = false;
      for (String line : text.lines().map(String::strip).toList()) {
        Matcher counter = COUNTER.matcher(line);
        if (line.startsWith("# Warning: table ")) {
          // iptables-nft-save lists it.
          managed = true;
        } else if (line.startsWith("table ") && line.endsWith("{")) {
          table = line.substring(6, line.length() - 1).strip();
          told = !managed;
          managed = false;
        } else if (line.endsWith("{")) {
          chain = line.substring(0, line.length() - 1).strip();
        } else if (told && counter.find()) {
          String rule = counter.replaceFirst("counter");
          counts.merge(table + " " + chain + " " + rule, Long.valueOf(counter.group(1)), Long::sum);
        }
      }
      return counts;
    }
  },

  /** Flows of Open vSwitch, with {@code n_packets=N} among what changes all the time. */
  OPENFLOW {
    @Override
    boolean isOfBridges() {
      return true;
    }

    @Override
    List<List<String>> commands(String bridge) {
      return List.of(
          List.of("ovs-ofctl", "--timeout=10", "-O", "OpenFlow15", "dump-flows", bridge));
    }

    @Override
    List<String> shown(List<String> command) {
      return List.of("bridge", command.getLast());
    }

    @Override
    Map<String, Long> counts(String text) {
      Map<String, Long> counts = new LinkedHashMap<>();
      for (String line : text.lines().map(String::strip).toList()) {
        Matcher packets = PACKETS.matcher(line);
        if (packets.find()) {
          String flow = CHANGING.matcher(line).replaceAll("");
          counts.merge(flow, Long.valueOf(packets.group(1)), Long::sum);
        }
      }
      return counts;
    }
  };

  private static final Pattern RULE = Pattern.compile("\\[(\\d{1,18}):\\d+\\] (-A .*)");
  private static final Pattern COUNTER = Pattern.compile("counter packets (\\d{1,18}) bytes \\d+");
  private static final Pattern PACKETS = Pattern.compile("\\bn_packets=(\\d{1,18})");
  private static final Pattern CHANGING =
      Pattern.compile("\\b(?:duration|n_packets|n_bytes|idle_age|hard_age)=[^,\\s]+,?\\s*");

  /** Whether each bridge has a listing of its own. */
  boolean isOfBridges() {
    return false;
  }

  abstract List<List<String>> commands(String bridge);

  /** What of a command tells where the counters are. */
  abstract List<String> shown(List<String> command);

  /** How many packets each line has counted, by what doesn't change of the line. */
  abstract Map<String, Long> counts(String text);
}
