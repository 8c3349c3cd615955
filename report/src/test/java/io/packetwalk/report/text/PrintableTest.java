package io.packetwalk.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void ordinary_text_of_any_language_stays_as_it_is() {
    assertThat(Printable.of("10.0.0.1 → größer 中文 é")).isEqualTo("10.0.0.1 → größer 中文 é");
  }

  @Test
  void escape_sequences_are_spelled_out() {
    assertThat(Printable.of("\u001b[31mred\u0007")).isEqualTo("\\x1b[31mred\\x07");
    assertThat(Printable.of("\u009b31m")).as("their eight-bit form").isEqualTo("\\x9b31m");
    assertThat(Printable.of("a\rb\nc\u007f")).isEqualTo("a\\x0db\\x0ac\\x7f");
  }

  @Test
  void characters_that_reorder_or_hide_are_named() {
    assertThat(Printable.of("a\u202eb\u200bc\ufeff")).isEqualTo("a<U+202E>b<U+200B>c<U+FEFF>");
    assertThat(Printable.of("\ud800")).as("half of a pair").isEqualTo("<U+D800>");
  }

  @Test
  void a_tabulator_is_a_space() {
    assertThat(Printable.of("0:\tfrom all")).isEqualTo("0: from all");
  }
}
