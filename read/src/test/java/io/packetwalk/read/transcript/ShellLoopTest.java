package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellLoopTest {
  private static List<String> shown(String text) {
    return TranscriptSplitter.split("session.txt", TextCleaner.lines("session.txt", text))
        .entries()
        .stream()
        .map(Transcript.Entry::run)
        .map(run ->
            PlaceText.of(run.place())
                + " | "
                + String.join(" ", run.words())
                + " | "
                + String.join("/", run.output().stream().map(Line::text).toList()))
        .toList();
  }

  @Test
  void what_is_echoed_tells_whose_turn_it_is() {
    assertThat(
            shown(
                """
                $ for h in 10.0.0.1 10.0.0.2; do echo ">>> $h"; ssh $h ip r; done
                >>> 10.0.0.1
                default via 10.0.0.254 dev eth0
                >>> 10.0.0.2
                default via 10.0.0.253 dev eth0
                """))
        .containsExactly(
            "10.0.0.1 | ip r | default via 10.0.0.254 dev eth0",
            "10.0.0.2 | ip r | default via 10.0.0.253 dev eth0");
  }

  @Test
  void turns_over_what_another_command_printed_are_named_by_the_echo() {
    assertThat(
            shown(
                """
                $ for n in $(kubectl get nodes -o name); do echo -e "\\n=== ${n} ==="; ssh "${n}" 'sudo ip n'; done

                === node/worker-1 ===
                10.0.0.9 dev eth0 lladdr 02:00:00:00:00:09 REACHABLE

                === node/worker-2 ===
                """))
        .containsExactly(
            "worker-1 | ip n | 10.0.0.9 dev eth0 lladdr 02:00:00:00:00:09 REACHABLE/",
            "worker-2 | ip n | ");
  }

  @Test
  void several_commands_of_a_turn_are_divided_as_on_any_line() {
    assertThat(
            shown(
                """
                # for h in n1 n2; do echo $h; ssh $h ip r; echo --; ssh $h ip n; done
                n1
                default via 10.0.0.254 dev eth0
                --
                10.0.0.254 dev eth0 lladdr 02:00:00:00:00:fe REACHABLE
                n2
                --
                """))
        .containsExactly(
            "n1 | ip r | default via 10.0.0.254 dev eth0",
            "n1 | ip n | 10.0.0.254 dev eth0 lladdr 02:00:00:00:00:fe REACHABLE",
            "n2 | ip r | ",
            "n2 | ip n | ");
  }

  @Test
  void turns_that_nothing_tells_apart_belong_to_nobody() {
    assertThat(
            shown(
                """
                $ for h in n1 n2; do ssh $h ip r; done
                default via 10.0.0.254 dev eth0
                default via 10.0.0.254 dev eth0
                """))
        .noneMatch(run -> run.startsWith("n1") || run.startsWith("n2"));
  }

  @Test
  void the_same_command_twice_on_a_line_isnt_divided() {
    assertThat(shown("$ ssh n1 ip r; ssh n2 ip r\ndefault via 10.0.0.254 dev eth0\n"))
        .noneMatch(run -> run.startsWith("n1") || run.startsWith("n2"));
  }

  @Test
  void a_loop_of_one_turn_needs_no_echo() {
    assertThat(shown("$ for h in n1; do ssh $h ip r; done\ndefault via 10.0.0.254 dev eth0\n"))
        .containsExactly("n1 | ip r | default via 10.0.0.254 dev eth0");
  }

  @Test
  void html_and_trackers_set_outputs_apart_too() {
    assertThat(
            shown(
                """
                node 10.0.0.1 ip route
                <pre>
                default via 10.0.0.254 dev eth0
                </pre>
                on worker-2: ip route
                {noformat}
                default via 10.0.0.253 dev eth0
                {noformat}
                """))
        .containsExactly(
            "10.0.0.1 | ip route | default via 10.0.0.254 dev eth0",
            "worker-2 | ip route | default via 10.0.0.253 dev eth0");
  }
}
