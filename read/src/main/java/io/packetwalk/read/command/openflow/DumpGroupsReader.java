package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ovs-ofctl dump-groups}. */
final class DumpGroupsReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return OfctlCommand.of(run)
        .filter(command -> command.name().equals("dump-groups"))
        .map(command -> "ovs-ofctl dump-groups");
  }

  @Override
  public Reading read(CommandRun run) {
    Optional<OfctlCommand> command = OfctlCommand.of(run);
    List<Group> groups = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      String text = line.text().strip();
      if (text.isEmpty() || text.startsWith("OFPST_GROUP") || text.startsWith("NXST_GROUP")) {
        continue;
      }
      Optional<Group> group = GroupLine.parse(text, line.source());
      group.ifPresent(groups::add);
      if (group.isEmpty()) {
        unread.add(new Reading.Unread(line, "not a group"));
      }
    }
    if (command.isEmpty() || (groups.isEmpty() && !unread.isEmpty())) {
      return new Reading(List.of(), unread);
    }
    boolean whole = !run.gap() && unread.isEmpty() && command.get().filter().isEmpty();
    Listing<Group> listing =
        new Listing<>(
            whole ? Coverage.COMPLETE : Coverage.PARTIAL, groups, List.of(run.prompt().source()));
    return new Reading(
        List.of(new Fact.OfSwitch(command.get().bridge(), new SwitchFact.Groups(listing))), unread);
  }
}
