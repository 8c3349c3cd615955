package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** A pod behind a bridge that Kubernetes lists and nobody looked into. */
final class UnseenPodStoryTest {
  private static final String NEIGHBOURS = "root@w1:~# ip neigh";

  private static final String BRIDGED =
      OneHost.TABLES.replace(
              "root@w1:~# ip route",
              """
              3: cni0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP
                  link/ether 02:00:00:00:01:01 brd ff:ff:ff:ff:ff:ff
                  bridge forward_delay 1500 vlan_filtering 0
                  inet 10.244.1.1/24 scope global cni0
              4: veth1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master cni0 state UP
                  link/ether 02:00:00:00:01:02 brd ff:ff:ff:ff:ff:ff link-netnsid 0
                  veth
                  bridge_slave state forwarding hairpin off isolated off
              root@w1:~# ip route
              10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1\
              """)
          + NEIGHBOURS
          + """

          admin@bastion:~$ kubectl get pods -n shop -o wide
          NAME    READY   STATUS    RESTARTS   AGE   IP           NODE   NOMINATED NODE   READINESS GATES
          api-0   1/1     Running   0          3h    10.244.1.5   w1     <none>           <none>
          admin@bastion:~$ true
          """;

  @Test
  void it_is_taken_to_answer_where_nothing_says_otherwise() {
    Walk walk = ask(BRIDGED);

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.assumptions()).isNotEmpty();
  }

  @Test
  void that_it_had_not_answered_when_the_table_was_listed_leaves_it_open() {
    Walk walk = ask(BRIDGED.replace(NEIGHBOURS, NEIGHBOURS + "\n10.244.1.5 dev cni0 FAILED"));

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Story.told(walk)).contains("10.244.1.5 hadn't answered on cni0");
  }

  private static Walk ask(String tables) {
    return new Story(tables.replace("w1", "a")).udp("10.244.1.5");
  }
}
