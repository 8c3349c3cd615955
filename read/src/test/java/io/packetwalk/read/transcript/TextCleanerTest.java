package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextCleanerTest {
  private static List<String> clean(String text) {
    return TextCleaner.lines("f", text).stream().map(Line::text).toList();
  }

  @Test
  void carriage_returns_and_trailing_white_space_are_dropped() {
    assertThat(clean("a \t\r\n  b\r\n")).containsExactly("a", "  b");
  }

  @Test
  void colours_and_titles_are_dropped() {
    assertThat(clean("\u001b[01;32mroot@h\u001b[0m:~# \u001b]0;title\u0007ip \u001b[Ka"))
        .containsExactly("root@h:~# ip a");
  }

  @Test
  void a_backspace_takes_back_a_character() {
    assertThat(clean("ip ab\b\u001b[K r")).containsExactly("ip a r");
  }

  @Test
  void what_is_written_over_counts() {
    assertThat(clean("10%\r50%\rdone\n")).containsExactly("done");
  }

  @Test
  void lines_that_end_in_carriage_returns_only_are_lines() {
    assertThat(clean("a\rb\rc")).containsExactly("a", "b", "c");
  }

  @Test
  void a_byte_order_mark_and_hard_spaces_are_no_text() {
    assertThat(clean("\ufeffip\u00a0a\u00a0")).containsExactly("ip a");
  }

  @Test
  void lines_are_counted_from_one() {
    assertThat(TextCleaner.lines("f", "a\n\nb")).extracting(Line::number).containsExactly(1, 2, 3);
  }

  @Test
  void an_escape_at_the_end_is_harmless() {
    assertThat(clean("a\u001b")).containsExactly("a");
    assertThat(clean("a\u001b[")).containsExactly("a");
    assertThat(clean("a\u001b]x")).containsExactly("a");
  }

  @Test
  void what_html_makes_of_a_line_is_undone() {
    assertThat(
            TextCleaner.lines(
                "page.md",
                "2: eth0: &lt;UP&gt; mtu 1500\n <b>table=0</b>, priority=0 actions=drop"))
        .extracting(Line::text)
        .containsExactly("2: eth0: <UP> mtu 1500", " table=0, priority=0 actions=drop");
  }
}
