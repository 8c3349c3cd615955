package io.packetwalk.read;

import io.packetwalk.read.transcript.Line;
import java.util.List;

/**
 * What a reader made of one command's output.
 *
 * @param unread the lines that it didn't understand, each with the reason; whoever splits
 *     transcripts decides which of them are notes
 */
public record Reading(List<Fact> facts, List<Unread> unread) {
  public Reading {
    facts = List.copyOf(facts);
    unread = List.copyOf(unread);
  }

  public static Reading of(Fact... facts) {
    return new Reading(List.of(facts), List.of());
  }

  /** A line of the output that wasn't understood. */
  public record Unread(Line line, String reason) {}
}
