package io.packetwalk.read.transcript;

import static io.packetwalk.read.transcript.Sessions.shown;
import static io.packetwalk.read.transcript.Sessions.split;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which machine an output is of. */
final class SessionsOfMachinesTest {
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
}
