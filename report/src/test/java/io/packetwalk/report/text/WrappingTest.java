package io.packetwalk.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappingTest {
  @Test
  void lines_break_at_spaces_and_go_on_indented() {
    assertThat(wrapped("one two three four five six", 14, 2))
        .containsExactly("one two three ", "  four five ", "  six");
  }

  @Test
  void a_word_that_is_longer_than_a_line_is_cut() {
    assertThat(wrapped("abcdefghijklmnopqrstuvwxyz", 14, 2))
        .containsExactly("abcdefghijklmn", "  opqrstuvwxyz");
  }

  @Test
  void wide_characters_take_two_columns_and_combining_marks_none() {
    assertThat(Phrase.of("中文").width()).isEqualTo(4);
    assertThat(Phrase.of("e\u0301").width()).isEqualTo(1);
    assertThat(wrapped("中文中文中文中文", 14, 0)).containsExactly("中文中文中文中", "文");
  }

  @Test
  void tones_survive_where_a_word_changes_its_tone() {
    Phrase phrase = Phrase.of("file:7: ", Tone.FAINT).and("some quoted text", Tone.QUOTE);
    List<Phrase> lines = phrase.wrapped(14, 0);
    assertThat(lines.getLast().spans()).containsExactly(new Span("quoted text", Tone.QUOTE));
  }

  @Test
  void what_fits_is_left_alone() {
    assertThat(wrapped("  two  spaces", 13, 4)).containsExactly("  two  spaces");
  }

  private static List<String> wrapped(String text, int columns, int hanging) {
    return Phrase.of(text).wrapped(columns, hanging).stream().map(Phrase::plain).toList();
  }
}
