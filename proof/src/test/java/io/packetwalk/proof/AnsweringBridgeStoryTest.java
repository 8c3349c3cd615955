package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/**
 * Between host a (port p1) and the router (port p2) stands a bridge that may answer for neighbours.
 */
final class AnsweringBridgeStoryTest {
  private static final String ROUTER = "02:00:00:00:01:01";

  /**
   * @param settings of the port p2
   * @param tables what the bridge's machine shows besides
   */
  private static Story story(String settings, String tables) {
    return Story.bridged(
        "forward_delay 1500 stp_state 0 vlan_filtering 0",
        """
        root@s:~# bridge -d link
        8: p1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 2
            hairpin off learning on flood on mcast_flood on bcast_flood on neigh_suppress off isolated off
        9: p2@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 2
            hairpin off learning on SETTINGS
        root@s:~# sysctl net.bridge.bridge-nf-call-iptables
        net.bridge.bridge-nf-call-iptables = 0
        """
                .replace("SETTINGS", settings)
            + tables);
  }

  private static String known(String mac, String entries) {
    return "root@s:~# ip neigh\n10.0.1.1 dev br0 lladdr "
        + mac
        + " STALE\nroot@s:~# bridge fdb show\n33:33:00:00:00:01 dev p1 self permanent\n"
        + entries;
  }

  @Test
  void a_bridge_that_knows_the_neighbour_answers_for_a_port_that_is_spared_questions() {
    Walk walk =
        story("flood on neigh_suppress on", known(ROUTER, ROUTER + " dev p2 master br0\n"))
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("a: bridge br0 of s:host answers for 10.0.1.1 by its neighbour table");
  }

  @Test
  void what_the_bridge_doesnt_know_it_passes_on_all_the_same() {
    Walk walk =
        story("flood on neigh_suppress on", "root@s:~# ip neigh\nroot@s:~# bridge fdb show\n")
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("10.0.1.1 is eth1 of r:host");
  }

  @Test
  void
      a_neighbour_behind_another_port_is_neither_answered_for_nor_asked_by_a_port_that_is_spared() {
    Walk walk =
        story(
                "flood on neigh_suppress on",
                known("02:00:00:00:99:99", "02:00:00:00:99:99 dev p1 master br0\n"))
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void without_the_bridges_neighbours_nothing_is_known() {
    Walk walk = story("flood on neigh_suppress on", "").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(walk.assumptions())
        .anySatisfy(one -> assertThat(one.command()).contains("ip neigh show dev br0"));
  }

  @Test
  void a_port_that_is_answered_for_gets_no_flooded_frames() {
    Walk walk = story("flood on proxy_arp on", "root@s:~# ip neigh\n").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }
}
