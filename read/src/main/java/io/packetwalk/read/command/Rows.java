package io.packetwalk.read.command;

import io.packetwalk.model.Listing;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a reader gathers from an output line by line: the entries, and the lines that it couldn't
 * read.
 *
 * <p>A line that isn't a row of the table (a note, a message) doesn't make the table incomplete; a
 * row that can't be read does, since it says that there is something more.
 */
public final class Rows<T> {
  private final List<T> entries = new ArrayList<>();
  private final List<Reading.Unread> unread = new ArrayList<>();
  private final boolean alwaysHeaded;
  private boolean damaged;
  private boolean header;

  private Rows(boolean alwaysHeaded) {
    this.alwaysHeaded = alwaysHeaded;
  }

  /** For a command that prints a heading even when the table is empty. */
  public static <T> Rows<T> headed() {
    return new Rows<>(true);
  }

  /** For a command that prints nothing when the table is empty. */
  public static <T> Rows<T> silentWhenEmpty() {
    return new Rows<>(false);
  }

  public void add(T entry) {
    entries.add(entry);
  }

  /** Takes over what others gathered, behind its own. */
  public void addAll(Rows<T> others) {
    entries.addAll(others.entries);
    unread.addAll(others.unread);
    damaged |= others.damaged;
    header |= others.header;
  }

  /** The table's heading was there: whatever follows, the command worked. */
  public void header() {
    header = true;
  }

  /** A line that isn't a row of the table. */
  public void skip(Line line, String reason) {
    unread.add(new Reading.Unread(line, reason));
  }

  /** A row of the table that can't be read. */
  public void damage(Line line, String reason) {
    damaged = true;
    unread.add(new Reading.Unread(line, reason));
  }

  public List<T> entries() {
    return entries;
  }

  public List<Reading.Unread> unread() {
    return unread;
  }

  /**
   * The table as far as the output shows it; empty when the output is something else than a table,
   * such as an error message.
   *
   * @param all whether the command asked for the whole table
   */
  public Optional<Listing<T>> listing(CommandRun run, boolean all) {
    if (entries.isEmpty() && !header && (alwaysHeaded || beginsUnread(run))) {
      return Optional.empty();
    }
    boolean complete = all && !run.gap() && !damaged;
    return Optional.of(
        complete
            ? Listing.complete(entries, run.prompt().source())
            : Listing.partial(entries, run.prompt().source()));
  }

  /** A reading of this one table. */
  public Reading reading(CommandRun run, boolean all, Function<Listing<T>, Fact> fact) {
    List<Fact> facts = listing(run, all).map(fact).stream().toList();
    return new Reading(facts, unread);
  }

  private boolean beginsUnread(CommandRun run) {
    return !run.output().isEmpty()
        && unread.stream().anyMatch(line -> line.line().equals(run.output().getFirst()));
  }
}
