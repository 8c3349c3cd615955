package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** What is for everybody on host a's subnet, in which router r is and at times others are. */
final class BroadcastStoriesTest {
  private static final String LOCAL4 =
      "local 10.0.1.2 dev eth0 table local proto kernel scope host src 10.0.1.2";

  private static Story story() {
    return Story.routed()
        .adding(
            LOCAL4,
            "broadcast 10.0.1.255 dev eth0 table local proto kernel scope link src 10.0.1.2")
        .adding(
            "local 10.0.1.1 dev eth1 table local proto kernel scope host src 10.0.1.1",
            "broadcast 10.0.1.255 dev eth1 table local proto kernel scope link src 10.0.1.1")
        .adding(
            "local 10.0.2.1 dev eth2 table local proto kernel scope host src 10.0.2.1",
            "broadcast 10.0.2.255 dev eth2 table local proto kernel scope link src 10.0.2.1");
  }

  @Test
  void a_subnets_broadcast_reaches_who_is_on_the_link() {
    Walk walk = story().udp("10.0.1.255");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("a: 10.0.1.255 is for everybody on the link of eth0")
        .contains("delivered to 10.0.1.255 in r");
    assertThat(walk.reply()).isEmpty();
  }

  @Test
  void a_router_takes_the_broadcast_of_another_subnet_for_itself() {
    Walk walk = story().udp("10.0.2.255");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("delivered to 10.0.2.255 in r").doesNotContain("b: ");
  }

  @Test
  void all_nodes_are_members_of_their_group() {
    Walk walk =
        story().adding("default via 10.0.1.1 dev eth0", "224.0.0.0/4 dev eth0").udp("224.0.0.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("group 224.0.0.1 has the address 01:00:5e:00:00:01");
  }

  @Test
  void who_is_in_another_group_isnt_known() {
    Walk walk = story().udp("224.0.0.251");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(walk.assumptions())
        .anySatisfy(missing ->
            assertThat(missing.text()).contains("eth1 of r:host is in the group 224.0.0.251"));
  }

  @Test
  void the_list_of_groups_says_who_is_in_one() {
    String groups = "root@r:~# ip maddr\n3:\teth1\n\tinet  224.0.0.251\n\tinet6 ff02::fb\n";

    assertThat(new Story(story().text() + groups).udp("224.0.0.251").verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(new Story(story().text() + groups).udp("224.0.0.18").verdict())
        .isEqualTo(Verdict.DROPPED);
  }

  @Test
  void a_bridge_sends_a_copy_to_every_port_that_takes_it() {
    Walk walk = bridged("").udp("10.0.1.255");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.forward().branches()).hasSize(2);
    assertThat(walk.forward().branches().stream().mapToDouble(Branch::weight).sum()).isEqualTo(1.0);
    assertThat(Story.told(walk)).contains("255 in r").contains("255 in c");
  }

  @Test
  void a_port_that_floods_no_broadcasts_gets_no_copy() {
    Walk walk = bridged(" bcast_flood off").udp("10.0.1.255");

    assertThat(walk.forward().branches()).hasSize(1);
    assertThat(Story.told(walk)).contains("255 in r").doesNotContain("255 in c");
  }

  @Test
  void a_bridge_that_asks_who_wants_a_group_sends_it_to_these() {
    Story asking =
        bridged("").but("vlan_filtering 0", "vlan_filtering 0 mcast_snooping 1 mcast_querier 1");

    assertThat(asking.udp("239.1.1.1").verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(asking.udp("239.1.1.1").assumptions())
        .anySatisfy(missing -> assertThat(missing.command()).contains("mdb show dev br0"));
    assertThat(asking.udp("10.0.1.255").verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void without_snooping_nothing_is_taken_for_granted_about_queriers() {
    Story deaf = bridged("").but("vlan_filtering 0", "vlan_filtering 0 mcast_snooping 0");

    assertThat(deaf.udp("239.1.1.1").assumptions())
        .noneSatisfy(missing -> assertThat(missing.text()).contains("querier"));
  }

  /** A bridge s between a, r and c. */
  static Story bridged(String settings) {
    String hosts =
        story()
            .text()
            .replace("2: eth0@if3:", "2: eth0@if12:")
            .replace("3: eth1@if2:", "3: eth1@if13:")
            .replace(
                "ff:ff:ff:ff:ff:ff link-netns r\n    veth\n    inet 10.0.1.2",
                "ff:ff:ff:ff:ff:ff link-netns s\n    veth\n    inet 10.0.1.2")
            .replace("ff:ff:ff:ff:ff:ff link-netns a", "ff:ff:ff:ff:ff:ff link-netns s");
    return new Story(
        hosts
            + """
            root@s:~# ip -d addr
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            11: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
                link/ether 02:00:00:00:0f:01 brd ff:ff:ff:ff:ff:ff
                bridge forward_delay 1500 stp_state 0 vlan_filtering 0
            12: p1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state UP
                link/ether 02:00:00:00:0f:02 brd ff:ff:ff:ff:ff:ff link-netns a
                veth
            13: p2@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state UP
                link/ether 02:00:00:00:0f:03 brd ff:ff:ff:ff:ff:ff link-netns r
                veth
            14: p3@if8: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state UP
                link/ether 02:00:00:00:0f:04 brd ff:ff:ff:ff:ff:ff link-netns c
                veth
            root@s:~# bridge -d link
            12: p1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 2
                hairpin off guard off learning on flood on mcast_flood on bcast_flood on
            13: p2@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 2
                hairpin off guard off learning on flood on mcast_flood on bcast_flood on
            14: p3@if8: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 2
                hairpin off guard off learning on flood on mcast_flood on SETTINGS
            root@s:~# ip route show table all
            root@s:~# ip rule
            0: from all lookup local
            root@s:~# sysctl net.bridge.bridge-nf-call-iptables
            net.bridge.bridge-nf-call-iptables = 0
            root@c:~# ip -d addr
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            8: eth0@if14: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
                link/ether 02:00:00:00:0c:02 brd ff:ff:ff:ff:ff:ff link-netns s
                veth
                inet 10.0.1.3/24 scope global eth0
            root@c:~# ip rule
            0: from all lookup local
            32766: from all lookup main
            root@c:~# ip route show table all
            10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.3
            local 10.0.1.3 dev eth0 table local proto kernel scope host src 10.0.1.3
            broadcast 10.0.1.255 dev eth0 table local proto kernel scope link src 10.0.1.3
            root@c:~# sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.eth0.rp_filter
            net.ipv4.conf.all.rp_filter = 0
            net.ipv4.conf.eth0.rp_filter = 0
            """
                .replace("SETTINGS", settings.isEmpty() ? "bcast_flood on" : settings.strip()));
  }
}
