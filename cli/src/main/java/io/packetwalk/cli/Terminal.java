package io.packetwalk.cli;

import java.util.Map;
import java.util.Optional;

/**
 * Where the answer is shown.
 *
 * @param columns the width in characters
 * @param colour whether colours may be used
 */
public record Terminal(int columns, boolean colour) {
  /** The width for an answer that goes into a file or a pipe. */
  static final int COLUMNS_ELSEWHERE = 100;

  private static final int NARROWEST = 40;
  private static final int WIDEST = 400;

  public Terminal {
    columns = Math.clamp(columns, NARROWEST, WIDEST);
  }

  /**
   * The place of standard output.
   *
   * @param columns the width that the launcher measured; empty when the output is no terminal
   * @param environment the process's environment: {@code NO_COLOR} (no-color.org), {@code TERM} and
   *     {@code COLUMNS} count
   */
  public static Terminal of(Optional<String> columns, Map<String, String> environment) {
    boolean colour =
        columns.isPresent()
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(
        columns
            .flatMap(Terminal::number)
            .or(() -> Optional.ofNullable(environment.get("COLUMNS")).flatMap(Terminal::number))
            .orElse(COLUMNS_ELSEWHERE),
        colour);
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[1-9][0-9]{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
