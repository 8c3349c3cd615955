package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** Between host a and the router stands a bridge that keeps VLANs apart. */
final class BridgeVlanStoryTest {
  private static final Story BRIDGED =
      Story.bridged(
          "vlan_filtering 1 vlan_protocol 802.1Q",
          """
          root@s:~# bridge vlan show
          port              vlan-id
          br0               1 PVID Egress Untagged
          p1                10 PVID Egress Untagged
          p2                10 PVID Egress Untagged
          """);

  @Test
  void ports_of_one_vlan_are_joined() {
    Walk walk = BRIDGED.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("p2 among them, VLAN 10 untagged");
  }

  @Test
  void ports_of_different_vlans_are_not() {
    Walk walk =
        BRIDGED
            .but("p2                10 PVID", "p2                20 PVID")
            .but(
                "root@a:~# ip neigh",
                "root@a:~# ip neigh\n10.0.1.1 dev eth0 lladdr 02:00:00:00:01:01 PERMANENT")
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void nobody_answers_from_another_vlan() {
    Walk walk =
        BRIDGED.but("p2                10 PVID", "p2                20 PVID").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("nobody on eth0 of a:host has 10.0.1.1");
  }

  @Test
  void a_trunk_carries_the_tag_to_the_device_that_takes_it() {
    Walk walk =
        BRIDGED
            .but("p2                10 PVID Egress Untagged", "p2                10")
            .but(
                "    inet 10.0.1.1/24 scope global eth1\n",
                """
                10: eth1.10@eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
                    link/ether 02:00:00:00:01:01 brd ff:ff:ff:ff:ff:ff
                    vlan protocol 802.1Q id 10
                    inet 10.0.1.1/24 scope global eth1.10
                """)
            .but("10.0.1.0/24 dev eth1 proto", "10.0.1.0/24 dev eth1.10 proto")
            .but("local 10.0.1.1 dev eth1 table", "local 10.0.1.1 dev eth1.10 table")
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("VLAN 10 tagged").contains("r: in by eth1.10");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void without_a_vlan_of_its_own_a_port_drops_frames_without_a_tag() {
    Walk walk =
        BRIDGED
            .but("p1                10 PVID Egress Untagged", "p1                10")
            .but(
                "root@a:~# ip neigh",
                "root@a:~# ip neigh\n10.0.1.1 dev eth0 lladdr 02:00:00:00:01:01 PERMANENT")
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("p1 has no VLAN for frames without a tag");
  }

  @Test
  void without_the_list_every_port_is_taken_to_be_in_the_first_vlan() {
    Walk walk = BRIDGED.but("root@s:~# bridge vlan show", "root@s:~# true").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.forward().branches().getFirst().assumptions())
        .anySatisfy(one -> assertThat(one.command()).contains("bridge vlan show"));
  }
}
