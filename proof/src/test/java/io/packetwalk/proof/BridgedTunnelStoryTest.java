package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/**
 * Bridges of host a and router r of which a VXLAN device is a port: a has its own address on its
 * bridge, and behind that of r stands host b.
 */
final class BridgedTunnelStoryTest {
  private static final String A_KNOWS_R = "00:00:00:00:00:00 dev vx0 dst 10.0.1.1 self permanent";

  private static final String A_KNOWS_B = "02:00:00:00:0b:02 dev vx0 dst 10.0.1.1 self permanent";

  private static final Story OVERLAY = overlay();

  private static Story overlay() {
    String a =
        """
        7: br7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 state UP
            link/ether 02:00:00:00:77:01 brd ff:ff:ff:ff:ff:ff
            bridge forward_delay 1500 stp_state 0 vlan_filtering 0
            inet 10.7.0.1/24 scope global br7
        8: vx0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 master br7 state UNKNOWN
            link/ether 02:00:00:00:78:01 brd ff:ff:ff:ff:ff:ff
            vxlan id 77 local 10.0.1.2 srcport 0 0 dstport 4789 ttl auto ageing 300
        """;
    String r =
        """
        7: br7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 state UP
            link/ether 02:00:00:00:77:02 brd ff:ff:ff:ff:ff:ff
            bridge forward_delay 1500 stp_state 0 vlan_filtering 0
        8: vx0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 master br7 state UNKNOWN
            link/ether 02:00:00:00:78:02 brd ff:ff:ff:ff:ff:ff
            vxlan id 77 local 10.0.1.1 srcport 0 0 dstport 4789 ttl auto ageing 300
        """;
    String subnet = "10.7.0.0/24 dev br7 proto kernel scope link src 10.7.0.1\n";
    String own = "local 10.7.0.1 dev br7 table local proto kernel scope host src 10.7.0.1\n";
    Story joined =
        Story.routed()
            .but(
                "    inet6 fd00:1::2/64 scope global\n",
                "    inet6 fd00:1::2/64 scope global\n" + a)
            .but("10.0.1.0/24 dev eth0 proto", subnet + own + "10.0.1.0/24 dev eth0 proto")
            .but("    inet6 fd00:2::1/64 scope global\n", r)
            .but("    inet 10.0.2.1/24 scope global eth2\n", "")
            .but(
                "4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state",
                "4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br7 state")
            .but("inet 10.0.2.2/24", "inet 10.7.0.2/24")
            .but("default via 10.0.2.1 dev eth0\n", "")
            .but(
                "10.0.2.0/24 dev eth0 proto kernel scope link src 10.0.2.2",
                "10.7.0.0/24 dev eth0 proto kernel scope link src 10.7.0.2")
            .but(
                "local 10.0.2.2 dev eth0 table local proto kernel scope host src 10.0.2.2",
                "local 10.7.0.2 dev eth0 table local proto kernel scope host src 10.7.0.2");
    return new Story(
        joined.text()
            + database("a", A_KNOWS_R)
            + links("a")
            + database("r", "00:00:00:00:00:00 dev vx0 dst 10.0.1.2 self permanent")
            + links("r"));
  }

  private static String database(String node, String entry) {
    return "root@" + node + ":~# bridge fdb show\n" + entry + "\n";
  }

  private static String links(String node) {
    return """
    root@NODE:~# bridge -d link
    8: vx0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 master br7 state forwarding priority 32 cost 100
        hairpin off guard off learning on flood on mcast_flood on bcast_flood on neigh_suppress off of NODE
    root@NODE:~# sysctl net.bridge.bridge-nf-call-iptables
    net.bridge.bridge-nf-call-iptables = 0
    """
        .replace("off of NODE", "off")
        .replace("NODE", node);
  }

  @Test
  void who_is_behind_the_far_bridge_is_asked_through_the_tunnel() {
    Walk walk = OVERLAY.udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("a: 10.7.0.2 is eth0 of b:host, which answers with 02:00:00:00:0b:02")
        .contains("a: VXLAN 77: 02:00:00:00:0b:02 is behind 10.0.1.1, from where it was heard")
        .contains("r: bridge br7 knows no port for 02:00:00:00:0b:02");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.assumptions()).noneSatisfy(one -> assertThat(one.text()).contains("answers"));
  }

  @Test
  void a_tunnel_that_knows_no_remote_end_asks_nobody() {
    Walk walk = OVERLAY.but(A_KNOWS_R + "\n", "").udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("nobody on br7 of a:host has 10.7.0.2");
  }

  @Test
  void an_answer_that_the_far_end_sends_nowhere_isnt_heard() {
    Walk walk =
        OVERLAY
            .but(
                "10.0.1.1 srcport 0 0 dstport 4789", "10.0.1.1 srcport 0 0 dstport 4789 nolearning")
            .but("00:00:00:00:00:00 dev vx0 dst 10.0.1.2 self permanent\n", "")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_tunnel_that_answers_itself_does_so_by_its_neighbour_table() {
    Story told =
        OVERLAY
            .but(
                "10.0.1.2 srcport 0 0 dstport 4789",
                "10.0.1.2 srcport 0 0 dstport 4789 nolearning proxy")
            .but("10.0.1.1 srcport 0 0 dstport 4789", "10.0.1.1 srcport 0 0 dstport 4789 proxy")
            .but(
                "root@a:~# ip neigh",
                "root@a:~# ip neigh\n10.7.0.2 dev vx0 lladdr 02:00:00:00:0b:02 PERMANENT")
            .but(
                "root@r:~# ip neigh",
                "root@r:~# ip neigh\n10.7.0.1 dev vx0 lladdr 02:00:00:00:77:01 PERMANENT");

    Walk walk = told.udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("vx0 of a:host answers for 10.7.0.2 by its neighbour table (proxy)")
        .contains("a: VXLAN 77: 02:00:00:00:0b:02 is behind 10.0.1.1 by the fdb");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(told.but("0b:02 PERMANENT", "0b:02 STALE").udp("10.7.0.2").verdict())
        .isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_device_that_doesnt_hear_a_fixed_sender_from_elsewhere_drops_its_answer() {
    Walk walk =
        OVERLAY
            .adding(A_KNOWS_R, "02:00:00:00:0b:02 dev vx0 dst 10.0.1.9 self permanent")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void who_sends_what_is_too_large_for_the_tunnel_is_told_in_the_receivers_name() {
    Story large =
        new Story(OVERLAY.text().replace("mtu 1450", "mtu 1500")).adding(A_KNOWS_R, A_KNOWS_B);

    Walk walk = large.udp("10.7.0.2", 1430, 64);

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk))
        .contains("the sender is told in the name of 10.7.0.2 that 1450 bytes fit");
    assertThat(Story.told(walk.error().orElseThrow()))
        .contains("vx0")
        .contains("delivered to 10.7.0.1");
    assertThat(large.fragmentable("10.7.0.2", 1430).verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void a_tunnel_that_forbids_fragments_loses_what_is_too_large() {
    Story large =
        new Story(OVERLAY.text().replace("mtu 1450", "mtu 1500")).adding(A_KNOWS_R, A_KNOWS_B);
    Story strict = large.but("10.0.1.2 srcport 0 0 dstport", "10.0.1.2 df set srcport 0 0 dstport");

    assertThat(strict.fragmentable("10.7.0.2", 1430).verdict()).isNotEqualTo(Verdict.DELIVERED);
    assertThat(
            large
                .but("10.0.1.2 srcport 0 0 dstport", "10.0.1.2 df inherit srcport 0 0 dstport")
                .fragmentable("10.7.0.2", 1430)
                .verdict())
        .isEqualTo(Verdict.DELIVERED);
  }
}
