package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** The router of the story has both its devices in a VRF. */
final class VrfStoryTest {
  private static final Story VRF =
      Story.routed()
          .but(
              "3: eth1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP",
              "3: eth1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master blue state UP")
          .but(
              "4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP",
              """
              6: blue: <NOARP,MASTER,UP,LOWER_UP> mtu 65575 state UP
                  link/ether 02:00:00:00:bb:00 brd ff:ff:ff:ff:ff:ff
                  vrf table 10
              4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master blue state UP\
              """)
          .but(
              """
              root@r:~# ip rule
              0: from all lookup local
              """,
              """
              root@r:~# ip rule
              0: from all lookup local
              1000: from all lookup [l3mdev-table]
              """)
          .but(
              "10.0.1.0/24 dev eth1 proto kernel scope link src 10.0.1.1",
              "10.0.1.0/24 dev eth1 table 10 proto kernel scope link src 10.0.1.1")
          .but(
              "10.0.2.0/24 dev eth2 proto kernel scope link src 10.0.2.1",
              "10.0.2.0/24 dev eth2 table 10 proto kernel scope link src 10.0.2.1")
          .but("local 10.0.1.1 dev eth1 table local", "local 10.0.1.1 dev eth1 table 10")
          .but("local 10.0.2.1 dev eth2 table local", "local 10.0.2.1 dev eth2 table 10");

  @Test
  void what_a_member_gets_passes_the_device_of_the_vrf() {
    Walk walk = VRF.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("r: in by eth1\nr: blue takes what its member eth1 gets\n")
        .contains("r: route 10.0.2.0/24 dev eth2 (table 10)");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void the_answer_of_the_vrf_leaves_by_its_device_first() {
    Walk walk = VRF.udp("10.0.1.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.reply().orElseThrow().branches().getFirst().steps())
        .extracting(step -> step.device() + " " + step.stage())
        .containsSubsequence("blue EGRESS", "eth1 EGRESS", "eth0 INGRESS");
  }

  @Test
  void a_table_that_nobody_showed_decides_nothing() {
    Walk walk = VRF.but("    vrf table 10\n", "").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Story.told(walk)).contains("which routing table the VRF blue of r:host has");
  }

  @Test
  void a_route_out_of_the_device_leads_into_the_table_of_the_vrf() {
    Walk walk =
        VRF.but(
                "eth1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master blue state UP",
                "eth1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP")
            .but("10.0.1.0/24 dev eth1 table 10", "10.0.1.0/24 dev eth1")
            .but(
                "local 10.0.1.1 dev eth1 table 10",
                "10.0.2.0/24 dev blue scope link\nlocal 10.0.1.1 dev eth1 table local")
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("r: route 10.0.2.0/24 dev blue")
        .contains("r: out by blue\nr: route 10.0.2.0/24 dev eth2 (table 10)\n");
  }

  @Test
  void a_socket_of_no_vrf_gets_nothing_of_one() {
    Walk walk =
        VRF.adding(
                "root@r:~# ip neigh",
                """
                root@r:~# sysctl net.ipv4.udp_l3mdev_accept
                net.ipv4.udp_l3mdev_accept = 0
                root@r:~# ss -lntu
                Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port
                udp   UNCONN 0      0            0.0.0.0:53        0.0.0.0:*\
                """)
            .udp("10.0.1.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("no program waits at 10.0.1.1:53");
  }
}
