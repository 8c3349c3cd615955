package io.packetwalk.report.state;

import io.packetwalk.model.Inventory;
import io.packetwalk.model.Inventory.CommandSeen;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * How often a command was seen, and what was made of its output.
 *
 * @param understood whether a reader exists for it
 */
record CommandCount(String name, long times, boolean understood, long readLines, long unreadLines) {
  /** The understood ones first, each group by name. */
  static List<CommandCount> of(Inventory inventory) {
    SequencedMap<String, CommandCount> counts = new TreeMap<>();
    for (CommandSeen seen : inventory.commands()) {
      String key = (seen.understood() ? "0" : "1") + seen.name();
      CommandCount one =
          new CommandCount(seen.name(), 1, seen.understood(), seen.readLines(), seen.unreadLines());
      counts.merge(key, one, CommandCount::plus);
    }
    return List.copyOf(counts.values());
  }

  private CommandCount plus(CommandCount other) {
    return new CommandCount(
        name,
        times + other.times,
        understood,
        readLines + other.readLines,
        unreadLines + other.unreadLines);
  }
}
