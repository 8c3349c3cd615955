package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.TableId;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how tables are called: {@code table 3 ("Classifier"):}, from {@code ovs-ofctl dump-tables},
 * {@code dump-table-features} and {@code dump-table-desc}.
 */
final class TableNamesReader implements CommandReader {
  private static final Set<String> COMMANDS =
      Set.of("dump-tables", "dump-table-features", "dump-table-desc");
  private static final Pattern TABLE =
      Pattern.compile("table (?<number>[0-9]{1,3}) \\(\"(?<name>[^\"]+)\"\\).*");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return OfctlCommand.of(run)
        .map(OfctlCommand::name)
        .filter(COMMANDS::contains)
        .map("ovs-ofctl "::concat);
  }

  @Override
  public Reading read(CommandRun run) {
    List<TableId> names = new ArrayList<>();
    for (Line line : run.output()) {
      Matcher table = TABLE.matcher(line.text().strip());
      if (table.matches()) {
        int number = Integer.parseInt(table.group("number"));
        names.add(new TableId(OptionalInt.of(number), table.group("name")));
      }
    }
    String bridge = OfctlCommand.of(run).map(OfctlCommand::bridge).orElse("");
    return names.isEmpty()
        ? Reading.of()
        : Reading.of(new Fact.OfSwitch(bridge, new SwitchFact.TableNames(names)));
  }
}
