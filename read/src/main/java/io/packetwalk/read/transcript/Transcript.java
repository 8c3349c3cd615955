package io.packetwalk.read.transcript;

import java.util.ArrayList;
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

  /** This with a gap in the last command's output, when that reaches to the last line. */
  Transcript withGapAtEnd(int lastLine) {
    CommandRun last = entries.getLast().run();
    boolean reaches = !last.output().isEmpty() && last.output().getLast().number() == lastLine;
    if (!reaches && last.prompt().number() != lastLine) {
      return this;
    }
    List<Entry> changed = new ArrayList<>(entries);
    CommandRun cut = new CommandRun(last.place(), last.words(), last.prompt(), last.output(), true);
    changed.set(changed.size() - 1, new Entry(cut, entries.getLast().failures()));
    return new Transcript(changed, loose);
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
