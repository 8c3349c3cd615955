package io.packetwalk.gather;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  @Test
  void words_are_quoted_as_a_shell_needs_them() {
    assertThat(ShellWords.typed(List.of("sysctl", "-a", "--pattern", "a(b|c)$")))
        .isEqualTo("sysctl -a --pattern 'a(b|c)$'");
    assertThat(ShellWords.typed(List.of("echo", "it's", ""))).isEqualTo("echo 'it'\\''s' ''");
  }

  @Test
  void a_namespace_shows_how_it_was_entered() {
    Transcript transcript = new Transcript("worker1");
    transcript.add(
        Room.named("cni-1"),
        List.of("ip", "rule"),
        new Output("0:\tfrom all lookup local\n", "", new Output.End.Exited(0)));
    assertThat(transcript.text())
        .isEqualTo("root@worker1:~# ip netns exec cni-1 ip rule\n0:\tfrom all lookup local\n");
  }

  @Test
  void a_missing_tool_is_noted_as_a_shell_notes_it() {
    Transcript transcript = new Transcript("worker1");
    transcript.add(
        Room.own(), List.of("wg", "show"), new Output("", "", new Output.End.NotStarted("no")));
    assertThat(transcript.text())
        .isEqualTo("root@worker1:~# wg show\n-bash: wg: command not found\n");
  }

  @Test
  void a_line_that_was_cut_off_is_left_out_and_the_cut_is_marked() {
    Transcript transcript = new Transcript("worker1");
    transcript.add(
        Room.own(),
        List.of("ip", "route"),
        new Output("10.0.0.0/8 dev eth0\n10.1.", "", new Output.End.TooLong(25)));
    assertThat(transcript.text())
        .isEqualTo("root@worker1:~# ip route\n10.0.0.0/8 dev eth0\n... (cut after 25 bytes)\n");
  }
}
