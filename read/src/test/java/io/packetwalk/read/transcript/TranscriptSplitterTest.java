package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptSplitterTest {
  private static Transcript split(String file, String text) {
    return TranscriptSplitter.split(file, TextCleaner.lines(file, text));
  }

  private static Transcript split(String text) {
    return split("session.txt", text);
  }

  private static List<String> shown(Transcript transcript) {
    return transcript.entries().stream()
        .map(Transcript.Entry::run)
        .map(run ->
            PlaceText.of(run.place())
                + " | "
                + String.join(" ", run.words())
                + " | "
                + String.join("/", run.output().stream().map(Line::text).toList())
                + (run.gap() ? " | gap" : ""))
        .toList();
  }

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
  void a_fence_of_a_document_ends_an_output() {
    Transcript transcript =
        split("README.md", "Look:\n```\nroot@n1:~# ip r\na\n```\nThat is all.\n");
    assertThat(shown(transcript)).containsExactly("n1 | ip r | a");
    assertThat(transcript.loose()).extracting(Line::text).containsExactly("Look:", "That is all.");
  }

  @Test
  void an_output_without_a_prompt_is_told_by_its_shape() {
    assertThat(shown(split("worker1.txt", "default via 10.0.0.1 dev eth0 proto dhcp\n")))
        .containsExactly("(worker1.txt) | ip route | default via 10.0.0.1 dev eth0 proto dhcp");
  }

  @Test
  void a_path_tells_the_machine_of_an_output_without_a_prompt() {
    String route = "default via 10.0.0.1 dev eth0\n";
    assertThat(shown(split("nodes/worker1/ip-route.txt", route)))
        .containsExactly("worker1 | ip route | default via 10.0.0.1 dev eth0");
    assertThat(shown(split("worker1_ip_route.txt", route)))
        .containsExactly("worker1 | ip route | default via 10.0.0.1 dev eth0");
    assertThat(
            shown(split("sos-worker1/sos_commands/networking/ip_-6_route_show_table_all", route)))
        .containsExactly(
            "sos-worker1 | ip -6 route show table all | default via 10.0.0.1 dev eth0");
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
  void headings_tell_apart_machines_whose_prompts_name_none() {
    assertThat(
            shown(
                split(
                    """
                    --- 10.0.0.5 ( node2 ) ---
                    > ip r
                    default via 10.0.0.1 dev eth0
                    --- 10.0.0.6 ( node3 ) ---
                    > ip r
                    default via 10.0.1.1 dev eth0
                    """)))
        .containsExactly(
            "node2 | ip r | default via 10.0.0.1 dev eth0",
            "node3 | ip r | default via 10.0.1.1 dev eth0");
  }

  @Test
  void a_heading_above_a_fence_tells_place_and_command() {
    assertThat(
            shown(
                split(
                    """
                    `route` at node1:
                    ```
                    10.1.0.0 0.0.0.0 255.255.0.0 U 0 0 0 eth0
                    ```
                    On node2:
                    ```
                    $ ip r
                    default via 10.0.1.1 dev eth0
                    ```
                    """)))
        .containsExactly(
            "node1 | route | 10.1.0.0 0.0.0.0 255.255.0.0 U 0 0 0 eth0",
            "node2 | ip r | default via 10.0.1.1 dev eth0");
  }

  @Test
  void named_prompts_are_believed_rather_than_headings() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip r
                    default via 10.0.0.1 dev eth0
                    on node2:
                    root@n1:~# ip n
                    """)))
        .containsExactly("n1 | ip r | default via 10.0.0.1 dev eth0/on node2:", "n1 | ip n | ");
  }

  @Test
  void quoted_lines_are_a_block_of_their_own() {
    assertThat(
            shown(
                split(
                    """
                    **ip route** on worker-7:

                    > default via 10.0.0.1 dev eth0
                    > 10.0.0.0/24 dev eth0 scope link

                    and so on
                    """)))
        .containsExactly(
            "worker-7 | ip route | default via 10.0.0.1 dev eth0/10.0.0.0/24 dev eth0 scope link");
  }

  @Test
  void a_line_that_was_made_bold_is_read_as_it_was() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip r
                    default via 10.0.0.1 dev eth0
                    **10.0.0.0/24 dev eth0 scope link**
                    """)))
        .containsExactly(
            "n1 | ip r | default via 10.0.0.1 dev eth0/10.0.0.0/24 dev eth0 scope link");
  }

  @Test
  void an_output_that_cannot_be_the_same_machines_is_another_machines() {
    assertThat(
            shown(
                split(
                    """
                    # ip route
                    10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.5
                    # ip neigh
                    # ip addr
                    2: eth0: <UP> mtu 1500
                        link/ether 02:00:00:00:00:06 brd ff:ff:ff:ff:ff:ff
                        inet 10.0.0.6/24 scope global eth0
                    # ip netns exec blue ip route
                    # route -n
                    10.0.0.0        0.0.0.0         255.255.255.0   U     0      0        0 eth0
                    # ifconfig eth0
                    eth0: flags=4163<UP>  mtu 1500
                            inet 10.0.0.5  netmask 255.255.255.0  broadcast 10.0.0.255
                    # ip neigh
                    """)))
        .extracting(line -> line.replaceFirst(" \\| [^|]*$", ""))
        .containsExactly(
            "(session.txt) | ip route",
            "(session.txt) | ip neigh",
            "(session.txt, machine 2) | ip addr",
            "session-2:blue | ip route",
            "(session.txt, machine 2) | route -n",
            "(session.txt) | ifconfig eth0",
            "(session.txt) | ip neigh");
  }

  @Test
  void both_families_of_one_machine_are_one_machines() {
    assertThat(
            shown(
                split(
                    """
                    # ip -4 addr
                    2: eth0: <UP> mtu 1500
                        inet 10.0.0.6/24 scope global eth0
                    # ip -6 addr
                    2: eth0: <UP> mtu 1500
                        inet6 2001:db8::6/64 scope global
                    # ip addr show eth1
                    3: eth1: <UP> mtu 1500
                        inet 10.0.1.6/24 scope global eth1
                    """)))
        .allMatch(line -> line.startsWith("(session.txt) |"));
  }

  @Test
  void a_machine_that_a_heading_names_keeps_its_own() {
    assertThat(
            shown(
                split(
                    """
                    node-1 routes:
                    ```
                    10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1
                    ```
                    and then it gets strange
                    ```
                    10.244.2.0/24 dev cni0 proto kernel scope link src 10.244.2.1
                    ```
                    """)))
        .extracting(line -> line.replaceFirst(" \\|.*", ""))
        .containsExactly("node-1", "(session.txt, machine 2)");
  }

  @Test
  void prompts_that_name_their_machine_are_believed() {
    assertThat(
            shown(
                split(
                    """
                    root@n1:~# ip route
                    10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.5
                    root@n1:~# ip route
                    10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.6
                    """)))
        .allMatch(line -> line.startsWith("n1 |"));
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

  @Test
  void commands_without_prompts_stand_above_their_outputs() {
    assertThat(
            shown(
                split(
                    """
                    ip addr
                    1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536
                        inet 127.0.0.1/8 scope host lo

                    ssh n2 ip route
                    default via 10.0.0.1 dev eth0
                    ip route is what I would look at next
                    """)))
        .containsExactly(
            "(session.txt) | ip addr | 1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536/    inet 127.0.0.1/8"
                + " scope host lo/",
            "n2 | ip route | default via 10.0.0.1 dev eth0/ip route is what I would look at next");
  }

  @Test
  void a_session_without_prompts_may_begin_with_a_command_that_tells_nothing() {
    Transcript transcript =
        split(
            """
            uname -r
            6.1.0-56-amd64

            conntrack -L

            ip addr
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536
                inet 127.0.0.1/8 scope host lo

            wg show

            ip route
            default via 10.0.0.1 dev eth0
            """);

    assertThat(shown(transcript))
        .containsExactly(
            "(session.txt) | ip addr | 1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536/    inet 127.0.0.1/8"
                + " scope host lo/",
            "(session.txt) | ip route | default via 10.0.0.1 dev eth0");
    assertThat(transcript.loose()).extracting(Line::number).contains(1, 2, 4, 10);
  }

  @Test
  void a_long_command_above_a_fence_tells_the_place_of_its_output() {
    assertThat(
            shown(
                split(
                    """
                    On the node n1:
                    `ip netns exec cni-1 sysctl -a --pattern '%s'`:
                    ```
                    net.ipv4.ip_forward = 0
                    ```
                    """
                        .formatted("net.ipv4.conf.*.forwarding|".repeat(60)))))
        .singleElement()
        .asString()
        .startsWith("n1:cni-1 | sysctl -a ");
  }

  @Test
  void a_command_in_a_text_counts_where_its_output_stands_right_below() {
    Transcript transcript =
        split(
            """
            We looked with
            ```
            hello
            ```
            ip route
            default via 10.0.0.1 dev eth0

            ip neigh
            was empty as far as I remember.
            """);

    assertThat(shown(transcript))
        .containsExactly("(session.txt) | ip route | default via 10.0.0.1 dev eth0");
    assertThat(transcript.loose()).extracting(Line::number).contains(1, 3, 8, 9);
  }
}
