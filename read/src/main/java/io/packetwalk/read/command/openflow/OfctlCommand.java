package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.TableId;
import io.packetwalk.read.transcript.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command of {@code ovs-ofctl}: its options stand anywhere among its arguments.
 *
 * @param name such as {@code dump-flows}
 * @param bridge without the way to its socket; empty when it isn't said
 * @param filter what is asked for, behind the bridge
 */
record OfctlCommand(String name, String bridge, String filter) {
  /** The options whose value is a word of its own. */
  private static final Set<String> WITH_VALUE =
      Set.of("-O", "--protocols", "-t", "--timeout", "-F", "--flow-format", "-P", "-v");

  static Optional<OfctlCommand> of(CommandRun run) {
    if (!run.word(0).equals("ovs-ofctl")) {
      return Optional.empty();
    }
    List<String> plain = new ArrayList<>();
    for (int index = 1; index < run.words().size(); index++) {
      String word = run.words().get(index);
      if (WITH_VALUE.contains(word)) {
        index++;
      } else if (!word.startsWith("-") || word.equals("-")) {
        plain.add(word);
      }
    }
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    String bridge = plain.size() > 1 ? bridge(plain.get(1)) : "";
    String filter = plain.size() > 2 ? String.join(",", plain.subList(2, plain.size())) : "";
    return Optional.of(new OfctlCommand(plain.getFirst(), bridge, filter));
  }

  /** {@code unix:/var/run/openvswitch/br-int.mgmt} is {@code br-int}. */
  static String bridge(String target) {
    String name = target.substring(target.lastIndexOf('/') + 1);
    return name.endsWith(".mgmt") ? name.substring(0, name.length() - 5) : name;
  }

  /** The table that was asked for. */
  Optional<TableId> table() {
    String text = Arguments.value(filter, "table");
    return text.isEmpty() ? Optional.empty() : TargetText.table(text);
  }

  /** Whether only some of the flows of a table, or of all tables, were asked for. */
  boolean isFiltered() {
    return Split.at(filter, ',').stream()
        .anyMatch(part -> !part.isEmpty() && !part.startsWith("table="));
  }
}
