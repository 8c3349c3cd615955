package io.packetwalk.read.transcript;

import java.util.List;

/**
 * One file taken apart: every line of it is a prompt, in a command's output, decoration, or loose.
 *
 * @param loose the lines that belong to no command
 */
public record Transcript(List<Entry> entries, List<Line> loose) {
  public Transcript {
    entries = List.copyOf(entries);
    loose = List.copyOf(loose);
  }

  /**
   * A command as it was found.
   *
   * @param failures the lines of the output that say that the command couldn't do its work
   */
  public record Entry(CommandRun run, List<Line> failures) {
    public Entry {
      failures = List.copyOf(failures);
    }
  }
}
