package io.packetwalk.proof.openflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The flows and groups that stand in a text of any kind, as {@code ovs-ofctl} loads them: tables
 * that are called by name get numbers that lead forward.
 */
final class PastedTables {
  private static final Pattern FLOW =
      Pattern.compile("^\\s*(?:\\d+\\. |\\+)?((?:cookie|table|priority)=.*actions=.*?)( #.*)?$");
  private static final Pattern ADDED =
      Pattern.compile("^.*\"((?:cookie|table|priority)=[^\"]*actions=[^\"]*)\".*$");
  private static final Pattern GROUP = Pattern.compile("^\\s*(group_id=\\d+,.*bucket=.*)$");
  private static final Pattern TABLE = Pattern.compile("table=\"?([A-Za-z]\\w*)\"?");
  private static final Pattern TARGET =
      Pattern.compile("(?:goto_table:|resubmit\\(\\w*,|(?<!learn\\()table=)\"?([A-Za-z]\\w*)\"?");
  private static final Pattern PORT =
      Pattern.compile(
          "(?:in_port=|output:|watch_port:|,port=)(?:\"([\\w.-]+)\"|([A-Za-z][\\w.-]*))");
  private static final Set<String> RESERVED =
      Set.of("LOCAL", "NORMAL", "FLOOD", "ALL", "CONTROLLER", "IN_PORT", "TABLE", "ANY", "NXM_NX");

  private final List<String> flows = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();

  PastedTables(String text) {
    for (String line : text.replace("\\\n", " ").split("\n", -1)) {
      Matcher flow = FLOW.matcher(line);
      Matcher added = ADDED.matcher(line);
      Matcher group = GROUP.matcher(line);
      if (flow.matches()) {
        flows.add(flow.group(1).replace(",w_dst=", ",nw_dst="));
      } else if (added.matches()) {
        flows.add(added.group(1));
      } else if (group.matches()) {
        groups.add(group.group(1));
      }
    }
  }

  boolean isEmpty() {
    return flows.isEmpty();
  }

  /** Each flow with a cookie of its own, by which a trace tells it. */
  String flows() {
    List<String> numbered = new ArrayList<>();
    int cookie = 1;
    for (String flow : withNumbers(flows)) {
      numbered.add(
          "cookie=0x%x,%s".formatted(cookie++, flow.replaceFirst("^cookie=[^, ]*[, ]+", "")));
    }
    return String.join("\n", numbered) + "\n";
  }

  String groups() {
    return groups.isEmpty() ? "" : String.join("\n", withNumbers(groups)) + "\n";
  }

  /** The ports that are called by name, without those that every switch has. */
  Set<String> ports() {
    Set<String> ports = new LinkedHashSet<>();
    for (String flow : flows) {
      Matcher port = PORT.matcher(flow);
      while (port.find()) {
        String name = port.group(1) == null ? port.group(2) : port.group(1);
        boolean real = !RESERVED.contains(name) && !name.startsWith("NXM");
        if (real && !name.matches("x?x?reg\\d+") && name.length() < 16) {
          ports.add(name);
        }
      }
    }
    return ports;
  }

  private List<String> withNumbers(List<String> lines) {
    Map<String, Integer> numbers = numbers();
    return lines.stream().map(line -> numbered(line, numbers)).toList();
  }

  private static String numbered(String line, Map<String, Integer> numbers) {
    String text = line;
    for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
      text =
          text.replaceAll(
              "(goto_table:|resubmit\\(\\w*,|table=)\"?%s\"?(?=[,) ]|$)".formatted(entry.getKey()),
              "$1" + entry.getValue());
    }
    return text;
  }

  /** Numbers so that every table comes before those that its flows lead to, loops aside. */
  private Map<String, Integer> numbers() {
    Map<String, Set<String>> targets = new LinkedHashMap<>();
    for (String flow : flows) {
      Matcher table = TABLE.matcher(flow.substring(0, flow.indexOf("actions=")));
      Set<String> from =
          table.find()
              ? targets.computeIfAbsent(table.group(1), key -> new LinkedHashSet<>())
              : Set.of();
      Matcher target = TARGET.matcher(flow.substring(flow.indexOf("actions=")));
      while (target.find() && table.hasMatch()) {
        from.add(target.group(1));
      }
    }
    Deque<String> order = new ArrayDeque<>();
    Set<String> seen = new LinkedHashSet<>();
    List.copyOf(targets.keySet()).reversed().forEach(table -> visit(table, targets, seen, order));
    Map<String, Integer> numbers = new TreeMap<>();
    order.forEach(table -> numbers.put(table, numbers.size()));
    return numbers;
  }

  private static void visit(
      String table, Map<String, Set<String>> targets, Set<String> seen, Deque<String> order) {
    if (seen.add(table)) {
      List.copyOf(targets.getOrDefault(table, Set.of()))
          .reversed()
          .forEach(next -> visit(next, targets, seen, order));
      order.push(table);
    }
  }
}
