package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.FlowMatch.Condition;
import io.packetwalk.model.openflow.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A line of {@code ovs-ofctl dump-flows}, with or without statistics.
 *
 * <p>A word that nobody knows becomes a condition that can't be decided; a line is lost only when
 * it isn't a flow at all: no actions, parentheses left open, a table or priority that is no number.
 */
final class FlowLine {
  /** What a dump says of a flow that doesn't matter to packets. */
  private static final Set<String> STATISTICS =
      Set.of(
          "duration",
          "n_bytes",
          "n_offload_packets",
          "n_offload_bytes",
          "idle_timeout",
          "hard_timeout",
          "idle_age",
          "hard_age",
          "importance",
          "used",
          "out_port",
          "out_group",
          "packets",
          "bytes");

  private static final Set<String> FLAGS =
      Set.of(
          "send_flow_rem",
          "check_overlap",
          "reset_counts",
          "no_packet_counts",
          "no_byte_counts",
          "allow_hidden_fields",
          "no_readonly_table");

  private static final List<String> BEGINNINGS =
      List.of("cookie=", "table=", "table_id=", "priority=", "duration=");

  private Optional<TableId> table = Optional.of(TableId.of(0));
  private int priority = Flow.DEFAULT_PRIORITY;
  private long cookie;
  private OptionalLong packets = OptionalLong.empty();
  private final List<Condition> conditions = new ArrayList<>();
  private boolean broken;

  private FlowLine() {}

  /** Whether a line begins as one of a dump. */
  static boolean begins(String line) {
    int start = numbering(line);
    return BEGINNINGS.stream().anyMatch(word -> line.startsWith(word, start));
  }

  /**
   * The flow of a line that was cut: its last word and its actions can't be decided. Empty for a
   * line that isn't the beginning of a flow.
   */
  static Optional<Flow> broken(String line, Source source) {
    int actions = actionsAt(line);
    int end = actions < 0 ? Math.max(line.lastIndexOf(','), line.lastIndexOf(' ')) : actions;
    if (!begins(line.strip()) || end < 0) {
      return Optional.empty();
    }
    FlowLine flow = new FlowLine();
    flow.head(line, end);
    String rest = line.substring(end).replaceFirst("^[, ]+", "");
    if (actions < 0) {
      flow.conditions.add(new FlowMatch.Unknown(rest));
    }
    return flow.broken || flow.table.isEmpty()
        ? Optional.empty()
        : Optional.of(flow.with(List.of(new FlowAction.Unknown(rest)), source));
  }

  /** The flow; empty when the line isn't one. */
  static Optional<Flow> parse(String whole, Source source) {
    String line = withoutRemark(whole);
    int actions = actionsAt(line);
    if (actions < 0 || !Split.isBalanced(line)) {
      return Optional.empty();
    }
    FlowLine flow = new FlowLine();
    flow.head(line, actions);
    return flow.broken || flow.table.isEmpty()
        ? Optional.empty()
        : Optional.of(
            flow.with(
                ActionText.parse(line.substring(actions + "actions=".length()).strip()), source));
  }

  private Flow with(List<FlowAction> actions, Source source) {
    return new Flow(
        table.orElse(TableId.of(0)),
        priority,
        cookie,
        new FlowMatch(conditions),
        actions,
        packets,
        source);
  }

  /** A person may have written something behind a flow: {@code … actions=drop # not this one}. */
  private static String withoutRemark(String line) {
    int at = line.indexOf(" #", Math.max(0, line.indexOf("actions=")));
    return at < 0 ? line : line.substring(0, at);
  }

  static int actionsAt(String line) {
    int at = line.indexOf("actions=");
    boolean separate =
        at == 0 || (at > 0 && (line.charAt(at - 1) == ' ' || line.charAt(at - 1) == ','));
    return separate ? at : -1;
  }

  /** The words before the actions, which commas and spaces separate. */
  private void head(String line, int end) {
    int index = numbering(line);
    while (index < end) {
      char character = line.charAt(index);
      if (character == ',' || character <= ' ') {
        index++;
        continue;
      }
      int start = index;
      boolean quoted = false;
      int depth = 0;
      while (index < end && (quoted || depth > 0 || !isSeparator(line.charAt(index)))) {
        quoted ^= line.charAt(index) == '"';
        depth += line.charAt(index) == '(' ? 1 : 0;
        depth -= line.charAt(index) == ')' ? 1 : 0;
        index++;
      }
      word(line.substring(start, index));
    }
  }

  private static boolean isSeparator(char character) {
    return character == ',' || character <= ' ';
  }

  /** Documents number flows: {@code 3. table=0, …}. */
  private static int numbering(String line) {
    int index = 0;
    while (index < line.length() && line.charAt(index) <= ' ') {
      index++;
    }
    int start = index;
    while (index < line.length() && Character.isDigit(line.charAt(index))) {
      index++;
    }
    boolean numbered = index > start && index + 1 < line.length() && line.startsWith(". ", index);
    return numbered ? index + 2 : start;
  }

  private void word(String word) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      flag(word);
      return;
    }
    String key = word.substring(0, equals);
    String value = Split.unquoted(word.substring(equals + 1));
    switch (key) {
      case "cookie" -> cookie = Numbers.parse(beforeSlash(value)).orElse(0);
      case "table", "table_id" -> table = TargetText.table(word.substring(equals + 1));
      case "priority" -> priority(value);
      case "n_packets" -> packets = Numbers.parse(value);
      default -> condition(key, value);
    }
  }

  private void condition(String key, String value) {
    if (!STATISTICS.contains(key)) {
      conditions.add(MatchText.condition(key, value));
    }
  }

  private void priority(String value) {
    int number = Numbers.decimal(value);
    broken |= number < 0 || number > 0xffff;
    priority = number;
  }

  private static String beforeSlash(String value) {
    int slash = value.indexOf('/');
    return slash < 0 ? value : value.substring(0, slash);
  }

  private void flag(String word) {
    if (!FLAGS.contains(word) && !MatchText.protocol(word, conditions)) {
      conditions.add(new FlowMatch.Unknown(word));
    }
  }
}
