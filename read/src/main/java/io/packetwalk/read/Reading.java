package io.packetwalk.read;

import io.packetwalk.read.transcript.Line;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader made of one command's output.
 *
 * @param unread the lines that it didn't understand, each with the reason; whoever splits
 *     transcripts decides which of them are notes
 */
public record Reading(List<Fact> facts, List<Unread> unread) {
  public Reading {
    facts = List.copyOf(facts);
    unread = onceEach(unread);
  }

  /** A line counts once as a whole and once for what stands behind the part that was read. */
  private static List<Unread> onceEach(List<Unread> unread) {
    Set<Mention> seen = new LinkedHashSet<>();
    return unread.stream().filter(each -> seen.add(Mention.of(each))).toList();
  }

  private record Mention(String file, int line, boolean tail) {
    static Mention of(Unread unread) {
      return new Mention(unread.line().file(), unread.line().number(), unread.tail());
    }
  }

  public static Reading of(Fact... facts) {
    return new Reading(List.of(facts), List.of());
  }

  /**
   * A line of the output that wasn't understood, or what stands behind the part of it that was.
   *
   * @param tail whether the line itself was read and {@code line} holds only the words behind it
   */
  public record Unread(Line line, String reason, boolean tail) {
    public Unread(Line line, String reason) {
      this(line, reason, false);
    }

    /** The words behind the part of a line that was read: mostly a person's remark. */
    public static Unread tail(Line line, String words) {
      return new Unread(
          new Line(line.file(), line.number(), words),
          "words behind what the command prints",
          true);
    }
  }
}
