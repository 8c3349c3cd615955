package io.packetwalk.cli;

import io.packetwalk.report.text.Paper;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The place of standard output, as the launcher and the environment tell it. */
final class Screen {
  /** The width for an answer that goes into a file or a pipe. */
  static final int COLUMNS_ELSEWHERE = 80;

  private Screen() {}

  /**
   * What text is shown on.
   *
   * @param columns the width that the launcher measured; empty when the output is no terminal
   * @param environment the process's environment: {@code NO_COLOR} (no-color.org), {@code TERM} and
   *     {@code COLUMNS} count, and the locale, which tells whether there is more than ASCII
   */
  static Paper paper(Optional<String> columns, Map<String, String> environment) {
    boolean colour =
        columns.isPresent()
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    int width =
        columns
            .flatMap(Screen::number)
            .or(() -> Optional.ofNullable(environment.get("COLUMNS")).flatMap(Screen::number))
            .orElse(COLUMNS_ELSEWHERE);
    return new Paper(width, colour, isAscii(environment));
  }

  /** Whether the locale names an encoding other than UTF-8, or the terminal is Linux's own. */
  private static boolean isAscii(Map<String, String> environment) {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("");
    String encoding = locale.substring(locale.indexOf('.') + 1).toUpperCase(Locale.ROOT);
    boolean other = locale.contains(".") && !encoding.replace("-", "").startsWith("UTF8");
    return other || environment.getOrDefault("TERM", "").equals("linux");
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[1-9][0-9]{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
