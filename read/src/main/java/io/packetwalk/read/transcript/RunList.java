package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;

/** The commands found in one file so far, each at the place that it turns out to be of. */
final class RunList {
  private final Session session;
  private final UnnamedMachines machines;
  private final List<Transcript.Entry> entries = new ArrayList<>();

  RunList(String file, Session session) {
    this.session = session;
    this.machines = new UnnamedMachines(file);
  }

  void add(CommandRun run, List<Line> failures) {
    entries.add(new Transcript.Entry(attributed(run), failures));
  }

  /** A run whose place no prompt tells goes to the machine that its output fits. */
  private CommandRun attributed(CommandRun run) {
    if (!run.place().equals(session.unnamed())) {
      return run;
    }
    Place place = machines.of(run);
    if (!place.equals(run.place())) {
      session.turnTo(place);
    }
    return run.at(place);
  }

  List<Transcript.Entry> entries() {
    return entries;
  }
}
