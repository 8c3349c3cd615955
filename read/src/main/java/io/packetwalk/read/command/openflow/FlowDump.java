package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The flows of a dump, also of one that a terminal or an editor has broken into more lines, or has
 * cut at its edge.
 *
 * <p>A line that begins no flow continues the one before when that isn't whole without it, or when
 * both together are understood. A flow that is broken stays, with what can't be read of it as a
 * condition or action that can't be decided: packets that may meet it must not fall through to
 * another flow.
 */
final class FlowDump {
  private static final int MOST_PARTS = 64;
  private static final int LONGEST = 1 << 16;

  private final List<Flow> flows = new ArrayList<>();
  private final List<Reading.Unread> unread = new ArrayList<>();

  /** The lengths of lines that are broken: whole ones of the same length may have been cut, too. */
  private final Set<Integer> brokenLengths = new TreeSet<>();

  private final List<Integer> lengths = new ArrayList<>();
  private Optional<Line> first = Optional.empty();
  private String text = "";
  private int parts;
  private boolean replied;
  private int longest;

  static FlowDump of(List<Line> lines) {
    FlowDump dump = new FlowDump();
    for (JoinedLines line : JoinedLines.of(lines)) {
      dump.longest = Math.max(dump.longest, line.text().length());
      dump.line(line);
    }
    dump.close();
    dump.doubtLinesAtTheEdge();
    return dump;
  }

  List<Flow> flows() {
    return flows;
  }

  List<Reading.Unread> unread() {
    return unread;
  }

  /** Whether the dump begins with the reply's name: then it is a whole one. */
  boolean replied() {
    return replied;
  }

  private void line(JoinedLines line) {
    String stripped = line.text().strip();
    boolean header = isHeader(stripped);
    replied |= header;
    if (stripped.isEmpty() || header) {
      close();
    } else if (FlowLine.begins(stripped)) {
      begin(line);
    } else if (first.isPresent() && parts < MOST_PARTS && continues(stripped)) {
      text = joined(text, stripped);
      parts++;
    } else if (FlowLine.actionsAt(stripped) >= 0) {
      begin(line);
    } else {
      close();
      unread.add(new Reading.Unread(line.first(), "not a flow: it has no actions"));
    }
  }

  private void begin(JoinedLines line) {
    close();
    first = Optional.of(line.first());
    text = line.text();
    parts = 1;
  }

  private boolean continues(String more) {
    if (text.length() + more.length() > LONGEST || isRemark(more)) {
      return false;
    }
    int actions = FlowLine.actionsAt(text);
    if (actions < 0) {
      return true;
    }
    if (!Split.isBalanced(text)) {
      return true;
    }
    return unknown(joined(text, more)) <= unknown(text) && isAction(more);
  }

  private static boolean isRemark(String text) {
    return text.startsWith("#") || text.startsWith("//");
  }

  /** Whether text may stand inside actions: prose has spaces. */
  private static boolean isAction(String text) {
    return text.indexOf(' ') < 0 || text.indexOf('(') >= 0;
  }

  /** How much of a flow's actions can't be understood; a comma at the end counts as well. */
  private static int unknown(String line) {
    int at = FlowLine.actionsAt(line);
    if (at < 0 || !Split.isBalanced(line)) {
      return 0;
    }
    String actions = line.substring(at + "actions=".length()).strip();
    int count = actions.endsWith(",") ? 1 : 0;
    for (FlowAction action : ActionText.parse(actions)) {
      count += action instanceof FlowAction.Unknown ? 1 : 0;
    }
    return count;
  }

  private static String joined(String text, String more) {
    String before = text.stripTrailing();
    return before + (more.startsWith("actions=") ? " " : "") + more;
  }

  private void close() {
    first.ifPresent(this::add);
    first = Optional.empty();
    text = "";
  }

  private void add(Line line) {
    Optional<Flow> flow = FlowLine.parse(text, line.source());
    int length = parts == 1 ? text.length() : -1;
    if (flow.isPresent()) {
      enter(flow.get(), length);
      if (endsUnknown(flow.get())) {
        brokenLengths.add(length);
      }
      return;
    }
    unread.add(new Reading.Unread(line, "not a flow: " + reason(text)));
    FlowLine.broken(text, line.source())
        .ifPresent(broken -> {
          enter(broken, -1);
          brokenLengths.add(length);
        });
  }

  private static boolean endsUnknown(Flow flow) {
    return !flow.actions().isEmpty() && flow.actions().getLast() instanceof FlowAction.Unknown;
  }

  private void enter(Flow flow, int length) {
    flows.add(flow);
    lengths.add(length);
  }

  /** What was cut may be whole by chance: {@code output:1} of {@code output:12}. */
  private void doubtLinesAtTheEdge() {
    if (!brokenLengths.contains(longest)) {
      return;
    }
    for (int index = 0; index < flows.size(); index++) {
      if (lengths.get(index) == longest && !endsUnknown(flows.get(index))) {
        flows.set(index, doubted(flows.get(index)));
      }
    }
  }

  private static Flow doubted(Flow flow) {
    List<FlowAction> actions = new ArrayList<>(flow.actions());
    actions.addFirst(new FlowAction.Unknown("a line as long as those that were cut"));
    return new Flow(
        flow.table(),
        flow.priority(),
        flow.cookie(),
        new FlowMatch(flow.match().conditions()),
        actions,
        flow.packets(),
        flow.source());
  }

  private static boolean isHeader(String line) {
    return (line.startsWith("NXST_FLOW") || line.startsWith("OFPST_FLOW"))
        && !line.contains("actions=");
  }

  private static String reason(String text) {
    if (FlowLine.actionsAt(text) < 0) {
      return "it has no actions";
    }
    return Split.isBalanced(text)
        ? "its table or priority is no number"
        : "a parenthesis or quote isn't closed";
  }
}
