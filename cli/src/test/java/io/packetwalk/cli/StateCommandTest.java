package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCommandTest {
  @TempDir Path folder;

  @Test
  void calico_is_recognised_by_its_routes_when_nobody_shows_its_pools() throws IOException {
    assertThat(
            state(
                """
                root@n1:~# ip route
                10.1.2.0/26 via 192.0.2.2 dev tunl0 proto bird onlink
                blackhole 10.1.1.0/26 proto bird
                """))
        .contains("Calico: IP-in-IP, as its routes go")
        .contains("n1 has a route to pods through tunl0")
        .contains("ticket.txt:2: 10.1.2.0/26 via 192.0.2.2 dev tunl0 proto bird onlink");
  }

  @Test
  void a_tunnel_for_some_blocks_and_none_for_others_is_one_across_subnets() throws IOException {
    assertThat(
            state(
                """
                root@n1:~# ip route
                10.1.2.0/26 via 192.0.2.2 dev tunl0 proto bird onlink
                10.1.3.0/26 via 198.51.100.3 dev eth0 proto bird
                """))
        .contains("Calico: IP-in-IP across subnets, as its routes go");
  }

  @Test
  void a_pool_that_the_routes_do_not_follow_is_a_contradiction() throws IOException {
    assertThat(
            state(
                """
                $ calicoctl get ippool -o wide
                NAME   CIDR          NAT    IPIPMODE   DISABLED
                pods   10.1.0.0/16   true   Never      false
                root@n1:~# ip route
                10.1.2.0/26 via 192.0.2.2 dev tunl0 proto bird onlink
                """))
        .contains("Calico: no encapsulation for 10.1.0.0/16")
        .containsPattern(
            "but\\R +n1 has a route through tunl0 to addresses of pods, which wants no");
  }

  @Test
  void antreas_encapsulation_is_that_of_its_tunnel_device() throws IOException {
    assertThat(
            state(
                """
                root@n1:~# ip addr
                5: vxlan_sys_4789: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 65000 qdisc noqueue master ovs-system state UNKNOWN
                6: antrea-gw0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN
                    link/ether aa:bb:cc:dd:ee:ff brd ff:ff:ff:ff:ff:ff
                    inet 10.2.1.1/24 scope global antrea-gw0
                """))
        .contains("Antrea: encap with VXLAN")
        .contains("flows of Open vSwitch");
  }

  @Test
  void an_ebpf_data_path_is_said_to_be_opaque() throws IOException {
    assertThat(
            state(
                """
                root@n1:~# ip link
                4: cilium_host@cilium_net: <BROADCAST,MULTICAST,NOARP,UP,LOWER_UP> mtu 1500
                """))
        .contains("Cilium")
        .contains("(opaque)");
  }

  @Test
  void a_state_without_signs_says_so() throws IOException {
    assertThat(state("root@n1:~# ip route\ndefault via 192.0.2.254 dev eth0\n"))
        .contains("nothing in the state tells which")
        .contains("on n1: ip rule")
        .contains("kubectl get pods -A -o wide");
  }

  @Test
  void lines_that_are_not_understood_are_shown_with_the_reason() throws IOException {
    assertThat(state("root@n1:~# ip route\n10.0.0.0/99 dev eth0\n"))
        .contains("1 line not understood")
        .containsPattern("ticket.txt:2: 10.0.0.0/99 dev eth0 +\\(");
  }

  private String state(String transcript) throws IOException {
    Path ticket = Files.writeString(folder.resolve("ticket.txt"), transcript);
    Run run = Run.of("state", "-s", ticket.toString(), "--width", "200");
    assertThat(run.status()).isZero();
    return run.answer();
  }
}
