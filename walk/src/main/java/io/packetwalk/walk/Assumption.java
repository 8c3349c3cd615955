package io.packetwalk.walk;

import io.packetwalk.model.Source;
import java.util.List;

/**
 * Something that the walk takes for granted because the state doesn't show it.
 *
 * @param text one sentence without a full stop
 * @param command what to run, and where, to settle it
 * @param grounds lines that make it plausible; may be empty
 */
public record Assumption(String text, String command, List<Source> grounds) {
  public Assumption {
    grounds = List.copyOf(grounds);
  }

  public Assumption(String text, String command) {
    this(text, command, List.of());
  }

  /** What tells it from others; its grounds may differ where it is taken for granted again. */
  public String identity() {
    return text + '\n' + command;
  }
}
