package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code ovs-ofctl dump-groups}. */
final class DumpGroupsReader implements CommandReader {
  private static final Pattern NUMBERED = Pattern.compile("(?:[0-9]++\\. )?group_id=");
  private static final int LONGEST = 1 << 20;

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
    for (JoinedLines line : broken(JoinedLines.of(run.output()))) {
      Optional<Group> group = GroupLine.parse(line.text().strip(), line.first().source());
      group.ifPresent(groups::add);
      if (group.isEmpty()) {
        unread.add(new Reading.Unread(line.first(), "not a group"));
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

  /** A terminal may have broken a group into more lines: each begins with its number. */
  private static List<JoinedLines> broken(List<JoinedLines> lines) {
    List<JoinedLines> groups = new ArrayList<>();
    for (JoinedLines line : lines) {
      String text = line.text().strip();
      boolean header = text.startsWith("OFPST_GROUP") || text.startsWith("NXST_GROUP");
      if (text.isEmpty() || header) {
        continue;
      }
      JoinedLines last = groups.isEmpty() ? null : groups.getLast();
      boolean begins = NUMBERED.matcher(text).lookingAt();
      if (last == null || begins || !isOpen(last.text(), text)) {
        groups.add(line);
      } else {
        groups.set(groups.size() - 1, new JoinedLines(last.first(), last.text().strip() + text));
      }
    }
    return groups;
  }

  /** Whether a group's line goes on in the next: it isn't whole, or the next is no line at all. */
  private static boolean isOpen(String group, String next) {
    boolean fits = NUMBERED.matcher(group.strip()).lookingAt() && group.length() < LONGEST;
    return fits && (group.endsWith(",") || next.startsWith("bucket=") || next.indexOf(' ') < 0);
  }
}
