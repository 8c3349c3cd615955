package io.packetwalk.read.transcript;

import static io.packetwalk.read.transcript.Sessions.shown;
import static io.packetwalk.read.transcript.Sessions.split;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Outputs in a text, without a session around them. */
final class LooseOutputsTest {
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
