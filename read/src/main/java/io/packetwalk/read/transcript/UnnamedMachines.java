package io.packetwalk.read.transcript;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The machines of a file whose outputs no prompt attributes: a heading may have named one, or
 * nothing has.
 *
 * <p>An output that can't be of the machine that was named last is another one's: of one that was
 * seen before, or of one more without a name. So two nodes' tables never become one node's.
 */
final class UnnamedMachines {
  private final String file;
  private final Map<Place, MachineMarks> known = new LinkedHashMap<>();
  private int unnamed = 1;

  UnnamedMachines(String file) {
    this.file = file;
  }

  /** Whose output it is. */
  Place of(CommandRun run) {
    MachineMarks marks = MachineMarks.of(run);
    if (marks.isEmpty()) {
      return run.place();
    }
    boolean fits = !marks.contradicts(known.getOrDefault(run.place(), marks));
    Place place = fits ? run.place() : seenBefore(marks).orElseGet(this::another);
    known.computeIfAbsent(place, ignored -> new MachineMarks()).add(marks);
    return place;
  }

  private Optional<Place> seenBefore(MachineMarks marks) {
    return known.entrySet().stream()
        .filter(entry -> marks.shares(entry.getValue()) && !marks.contradicts(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Place another() {
    unnamed++;
    return new Place.Unnamed(file, unnamed);
  }
}
