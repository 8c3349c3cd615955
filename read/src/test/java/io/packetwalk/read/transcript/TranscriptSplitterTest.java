package io.packetwalk.read.transcript;

import static io.packetwalk.read.transcript.Sessions.shown;
import static io.packetwalk.read.transcript.Sessions.split;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptSplitterTest {
  @Test
  void an_output_goes_on_to_the_next_prompt() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip r
                    default via 10.0.0.1 dev eth0
                    root@n1:~#
                    [root@n2 ~]# ip n
                    """)))
        .containsExactly("n1 | ip r | default via 10.0.0.1 dev eth0", "n2 | ip n | ");
  }

  @Test
  void a_shell_in_a_pod_lasts_until_another_prompt_returns() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# kubectl exec -it web -n shop -- sh
                    / # ip r
                    default via 169.254.1.1 dev eth0
                    / # exit
                    root@n1:~# ip n
                    / # ip a
                    """)))
        .containsExactly(
            "pod/shop/web | sh | ",
            "pod/shop/web | ip r | default via 169.254.1.1 dev eth0",
            "pod/shop/web | exit | ",
            "n1 | ip n | ",
            "(session.txt) | ip a | ");
  }

  @Test
  void a_pods_own_name_in_the_prompt_is_the_pod() {
    assertThat(shown(split("$ kubectl exec -it web -- bash\nroot@web:/# ip a\nroot@n2:~# ip a\n")))
        .containsExactly("pod/web | bash | ", "pod/web | ip a | ", "n2 | ip a | ");
  }

  @Test
  void a_shell_in_a_namespace_lasts_until_it_is_left() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip netns exec blue bash
                    root@n1:~# ip a
                    root@n1:~# exit
                    exit
                    root@n1:~# ip r
                    """)))
        .containsExactly(
            "n1:blue | bash | ", "n1:blue | ip a | ", "n1:blue | exit | exit", "n1 | ip r | ");
  }

  @Test
  void a_pipe_to_a_filter_leaves_a_gap_and_one_to_a_pager_does_not() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip r | grep eth0
                    a
                    root@n1:~# ip r | sort | cat
                    a
                    root@n1:~# ip r | awk '{print $1}'
                    a
                    """)))
        .containsExactly("n1 | ip r | a | gap", "n1 | ip r | a", "n1 | awk {print $1} | a");
  }

  @Test
  void marks_for_what_was_left_out_are_a_gap() {
    for (String mark :
        List.of("...", "<omitted>", "<snip>", "[...]", "--- snip ---", "…", "< output omitted >")) {
      assertThat(shown(split("root@n1:~# ip r\na\n" + mark + "\nb\n")))
          .as(mark)
          .containsExactly("n1 | ip r | a/b | gap");
    }
  }

  @Test
  void a_failure_is_told_from_output() {
    Transcript transcript =
        split(
            """
            root@n1:~# kubectl exec web -- arp -n
            sh: arp: not found
            command terminated with exit code 127
            """);
    assertThat(shown(transcript)).containsExactly("pod/web | arp -n |  | gap");
    assertThat(transcript.entries().getFirst().failures()).hasSize(2);
  }

  @Test
  void kubectls_own_remarks_are_no_output() {
    assertThat(
            shown(split("$ kubectl exec web -- ip r\nDefaulted container \"a\" out of: a, b\nx\n")))
        .containsExactly("pod/web | ip r | x");
  }

  @Test
  void a_command_may_be_typed_over_several_lines() {
    assertThat(shown(split("root@n1:~# ip \\\n> route \\\n> show\na\n")))
        .containsExactly("n1 | ip route show | a");
  }

  @Test
  void objects_pasted_behind_an_output_are_what_somebody_wrote() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip r
                    a
                    root@n1:~#

                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: web

                    Then I created it:
                    root@n1:~# kubectl apply -f web.yaml
                    """)))
        .containsExactly(
            "n1 | ip r | a",
            "n1 | kubectl declared | apiVersion: v1/kind: Pod/metadata:/  name: web",
            "n1 | kubectl apply -f web.yaml | ");
  }

  @Test
  void a_file_of_objects_that_is_shown_is_what_somebody_wrote() {
    assertThat(shown(split("$ cat pool.yaml\napiVersion: v1\nkind: IPPool\n")))
        .containsExactly("(session.txt) | kubectl declared | apiVersion: v1/kind: IPPool");
  }

  @Test
  void a_here_document_of_objects_is_what_somebody_wrote() {
    assertThat(
            shown(
                split(
                    """
                    $ kubectl apply -f - <<EOF
                    > apiVersion: v1
                    > kind: Pod
                    > EOF
                    pod/web created
                    """)))
        .containsExactly(
            "(session.txt) | kubectl declared | apiVersion: v1/kind: Pod",
            "(session.txt) | kubectl apply -f - | pod/web created");
  }

  @Test
  void joined_commands_are_divided_where_an_echo_says_so() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# echo == addr; ip a; echo == route; ip r
                    == addr
                    x
                    == route
                    y
                    """)))
        .containsExactly("n1 | ip a | x", "n1 | ip r | y");
  }

  @Test
  void joined_commands_are_divided_where_the_next_ones_output_begins() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip rule; ip route
                    0:	from all lookup local
                    default via 10.0.0.1 dev eth0
                    10.0.0.0/24 dev eth0 scope link
                    """)))
        .containsExactly(
            "n1 | ip rule | 0:\tfrom all lookup local",
            "n1 | ip route | default via 10.0.0.1 dev eth0/10.0.0.0/24 dev eth0 scope link");
  }

  @Test
  void joined_commands_that_cannot_be_divided_stay_together() {
    assertThat(shown(split("root@n1:~# uname; date\nLinux\nSunday\n")))
        .containsExactly("n1 | uname; date | Linux/Sunday | gap");
  }

  @Test
  void a_silent_command_beside_another_prints_nothing() {
    assertThat(shown(split("root@n1:~# cd /tmp && ip r\na\n"))).containsExactly("n1 | ip r | a");
  }

  @Test
  void every_line_is_accounted_for() {
    String text =
        """
        A note
        root@n1:~# ip r
        a
        ^C

        Heading
        -------
        root@n1:~#
        apiVersion: v1
        kind: Pod
        tail note
        """;
    Transcript transcript = split(text);
    long shown =
        transcript.entries().stream().mapToLong(entry -> entry.run().output().size()).sum();
    assertThat(shown + transcript.loose().size()).isEqualTo(text.lines().count() - 3);
  }

  @Test
  void an_output_that_was_being_written_has_a_gap() {
    List<Line> lines = TextCleaner.lines("f", "root@n1:~# ip r\na\nb\nroot@n1:~# ip n\nc\n");
    assertThat(shown(TranscriptSplitter.split("f", lines, 2)))
        .containsExactly("n1 | ip r | a | gap");
    assertThat(shown(TranscriptSplitter.split("f", lines, 3))).containsExactly("n1 | ip r | a/b");
    assertThat(shown(TranscriptSplitter.split("f", lines, 4)))
        .containsExactly("n1 | ip r | a/b", "n1 | ip n |  | gap");
  }

  @Test
  void aliases_and_variables_stand_for_what_they_were_set_to() {
    assertThat(
            shown(
                split(
                    """
                    ```bash
                    NODE=worker2
                    alias ipt="docker exec $NODE iptables -t nat -nvL"
                    alias many='iptables-save | grep x'
                    ```
                    ```
                    $ export POD=web-0
                    $ ipt KUBE-SERVICES | grep x
                    Chain KUBE-SERVICES (2 references)
                    $ kubectl exec ${POD} -- ip r
                    $ ssh $OTHER ip n
                    $ many
                    ```
                    """)))
        .containsExactly(
            "session:container:worker2 | iptables -t nat -nvL KUBE-SERVICES | Chain KUBE-SERVICES"
                + " (2 references) | gap",
            "pod/web-0 | ip r | ",
            "$OTHER | ip n | ",
            "(session.txt) | many | ");
  }
}
