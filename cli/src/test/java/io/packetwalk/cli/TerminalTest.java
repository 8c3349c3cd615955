package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Optional<String> MEASURED = Optional.of("132");

  @Test
  void a_terminal_has_its_measured_width_and_colours() {
    assertThat(Terminal.of(MEASURED, Map.of("TERM", "xterm", "COLUMNS", "80")))
        .isEqualTo(new Terminal(132, true));
  }

  @Test
  void a_file_or_pipe_has_the_width_of_the_environment_and_no_colours() {
    assertThat(Terminal.of(Optional.empty(), Map.of("TERM", "xterm", "COLUMNS", "80")))
        .isEqualTo(new Terminal(80, false));
  }

  @Test
  void without_any_word_about_the_width_there_is_a_usual_one() {
    assertThat(Terminal.of(Optional.empty(), Map.of()).columns())
        .isEqualTo(Terminal.COLUMNS_ELSEWHERE);
  }

  @Test
  void no_color_is_respected_unless_it_is_empty() {
    assertThat(Terminal.of(MEASURED, Map.of("TERM", "xterm", "NO_COLOR", "1")).colour()).isFalse();
    assertThat(Terminal.of(MEASURED, Map.of("TERM", "xterm", "NO_COLOR", "")).colour()).isTrue();
  }

  @Test
  void a_dumb_terminal_gets_no_colours() {
    assertThat(Terminal.of(MEASURED, Map.of("TERM", "dumb")).colour()).isFalse();
    assertThat(Terminal.of(MEASURED, Map.of()).colour()).isFalse();
  }

  @Test
  void a_width_that_makes_no_sense_is_replaced_by_one_that_does() {
    assertThat(Terminal.of(Optional.of("wide"), Map.of()).columns())
        .isEqualTo(Terminal.COLUMNS_ELSEWHERE);
    assertThat(Terminal.of(Optional.of("0"), Map.of()).columns())
        .isEqualTo(Terminal.COLUMNS_ELSEWHERE);
    assertThat(new Terminal(3, false).columns()).isEqualTo(40);
  }
}
