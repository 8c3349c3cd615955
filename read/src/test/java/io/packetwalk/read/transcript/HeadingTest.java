package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --- worker1 ---                                  | worker1
          ------------- 10.158.84.15 ( node2 ) ----------- | node2
          ====== 10.0.0.7 ======                           | 10.0.0.7
          ### kube-worker-2 ###                            | kube-worker-2
          **node1**                                        | node1
          ## Worker 2                                      | worker2
          ## Node A:                                       | nodea
          On worker-0:                                     | worker-0
          on the node ip-10-0-0-5.ec2.internal:            | ip-10-0-0-5.ec2.internal
          - on the master:                                 | master
          Routes on node gordon:                           | gordon
          Master node:                                     | master
          node1 (192.0.2.7):                               | node1
          **This is the table on intel-x86-64:**           | intel-x86-64
          inside pod shop/web-0:                           | pod/shop/web-0
          In iptables on node-1 I found:                   | node-1
          node-1 routes:                                   | node-1
          worker2's routing table:                         | worker2
          k8s-m1 iptables rules:                           | k8s-m1
          From master node vm-1:                           | vm-1
          Routes of node gordon:                           | gordon
          on eth0 of node-1:                               | node-1
          iptables rules on node-1:                        | node-1
          On node kube-3 it looks like this:               | kube-3
          """)
  void a_heading_names_a_place(String line, String place) {
    assertThat(Heading.of(line).flatMap(Heading::place).map(PlaceText::of)).hasValue(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          node 10.169.72.93 ip addr show   | 10.169.72.93 | ip addr show
          On worker-1: ip route            | worker-1     | ip route
          on the-node-2 `ip n`             |              |
          - node kube-2: $ bridge fdb show | kube-2       | bridge fdb show
          route -n on node-2               | node-2       | route -n
          ip route on the master:          | master       | ip route
          """)
  void a_command_can_stand_behind_its_place(String line, String place, String command) {
    Optional<Heading> heading = Heading.of(line).filter(found -> !found.command().isEmpty());

    assertThat(heading.flatMap(Heading::place).map(PlaceText::of))
        .isEqualTo(Optional.ofNullable(place));
    assertThat(heading.map(found -> String.join(" ", found.command())))
        .isEqualTo(Optional.ofNullable(command));
  }

  @Test
  void an_ad_hoc_command_of_ansible_names_its_host() {
    assertThat(Heading.of("node1 | CHANGED | rc=0 >>").flatMap(Heading::place))
        .hasValue(new Place.Host("node1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on tunl0:",
        "tcpdump on eth0:",
        "on cali12ab34cd56e:",
        "from node1 to node2:",
        "pods on node-1 can't reach pods on node-2:",
        "on node-1 I can ping node-2:",
        "ipv4 routes:",
        "routing table:",
        "k8s routes:",
        "ip route get 10.0.0.1 from 10.0.0.2",
        "tcpdump -n on eth0",
        "between node1 and node2:",
        "in v1.20.3:",
        "Calico 3.14.1:",
        "in calico.yaml:",
        "inside the pod:",
        "Steps to reproduce:",
        "Nodes:",
        "calico-node:",
        "kube-system:",
        "default via 10.0.0.1 dev eth0",
        "  node-1:",
        "node-1",
        "---",
        "the packets that left node-1 and never came back to where they should be:"
      })
  void what_may_speak_of_something_else_names_none(String line) {
    assertThat(Heading.of(line).flatMap(Heading::place)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          `route -n` at node1:                 | route -n    | node1
          `ip route`:                          | ip route    |
          Output of `ip -4 rule`:              | ip -4 rule  |
          **ip route show table all**          | ip route show table all |
          ip neigh:                            | ip neigh    |
          """)
  void a_heading_may_tell_the_command(String line, String command, String place) {
    Heading heading = Heading.of(line).orElseThrow();
    assertThat(String.join(" ", heading.command())).isEqualTo(command);
    assertThat(heading.place().map(PlaceText::of).orElse(null)).isEqualTo(place);
  }
}
