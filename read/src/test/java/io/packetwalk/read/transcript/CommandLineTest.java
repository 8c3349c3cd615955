package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.read.transcript.CommandLine.Joint;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static List<String> words(String text) {
    return CommandLine.parse(text).stages().getFirst().words();
  }

  @Test
  void quotes_and_backslashes_join_words() {
    assertThat(words("echo 'a b' \"c \\\"d\\\"\" e\\ f"))
        .containsExactly("echo", "a b", "c \"d\"", "e f");
  }

  @Test
  void a_parenthesis_inside_a_word_belongs_to_it() {
    assertThat(words("sysctl -a --pattern net.ipv4.conf.*\\.(rp_filter|proxy_arp)$"))
        .containsExactly("sysctl", "-a", "--pattern", "net.ipv4.conf.*.(rp_filter|proxy_arp)$");
  }

  @Test
  void a_comment_at_the_end_is_no_argument() {
    assertThat(words("ip route # on the first node")).containsExactly("ip", "route");
  }

  @Test
  void redirections_are_no_arguments() {
    assertThat(words("ip route 2>&1 >/tmp/x")).containsExactly("ip", "route");
    assertThat(words("ip route 2> /dev/null")).containsExactly("ip", "route");
  }

  @Test
  void commands_are_told_apart_with_what_joins_them() {
    List<CommandLine.Stage> stages = CommandLine.parse("a | b; c && d || e & f").stages();
    assertThat(stages)
        .extracting(stage -> stage.words().getFirst())
        .containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(stages)
        .extracting(CommandLine.Stage::after)
        .containsExactly(
            Joint.PIPE, Joint.SEQUENCE, Joint.SEQUENCE, Joint.SEQUENCE, Joint.SEQUENCE, Joint.END);
  }

  @Test
  void a_here_document_is_named_by_its_end() {
    assertThat(CommandLine.parse("kubectl apply -f - <<'EOF'").heredoc()).hasValue("EOF");
  }

  @Test
  void an_open_quote_or_a_backslash_says_that_the_line_goes_on() {
    assertThat(CommandLine.parse("ip \\").unfinished()).isTrue();
    assertThat(CommandLine.parse("echo 'a").unfinished()).isTrue();
    assertThat(CommandLine.parse("ip a").unfinished()).isFalse();
  }
}
