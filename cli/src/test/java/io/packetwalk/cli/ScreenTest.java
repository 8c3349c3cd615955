package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.report.text.Paper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final Optional<String> MEASURED = Optional.of("132");

  @Test
  void a_terminal_has_its_measured_width_and_colours() {
    assertThat(Screen.paper(MEASURED, Map.of("TERM", "xterm", "COLUMNS", "80")))
        .isEqualTo(new Paper(132, true, false));
  }

  @Test
  void a_file_or_pipe_has_the_width_of_the_environment_and_no_colours() {
    assertThat(Screen.paper(Optional.empty(), Map.of("TERM", "xterm", "COLUMNS", "80")))
        .isEqualTo(new Paper(80, false, false));
  }

  @Test
  void without_any_word_about_the_width_there_is_a_usual_one() {
    assertThat(Screen.paper(Optional.empty(), Map.of()).columns())
        .isEqualTo(Screen.COLUMNS_ELSEWHERE);
  }

  @Test
  void no_color_is_respected_unless_it_is_empty() {
    assertThat(Screen.paper(MEASURED, Map.of("TERM", "xterm", "NO_COLOR", "1")).colour()).isFalse();
    assertThat(Screen.paper(MEASURED, Map.of("TERM", "xterm", "NO_COLOR", "")).colour()).isTrue();
  }

  @Test
  void a_dumb_terminal_gets_no_colours() {
    assertThat(Screen.paper(MEASURED, Map.of("TERM", "dumb")).colour()).isFalse();
    assertThat(Screen.paper(MEASURED, Map.of()).colour()).isFalse();
  }

  @Test
  void a_width_that_makes_no_sense_is_replaced_by_one_that_does() {
    assertThat(Screen.paper(Optional.of("wide"), Map.of()).columns())
        .isEqualTo(Screen.COLUMNS_ELSEWHERE);
    assertThat(Screen.paper(Optional.of("0"), Map.of()).columns())
        .isEqualTo(Screen.COLUMNS_ELSEWHERE);
    assertThat(Screen.paper(Optional.of("3"), Map.of()).columns()).isEqualTo(Paper.NARROWEST);
  }
}
