package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** A bridge s between a (port p1), r (p2) and c (p3) that keeps groups from who hasn't asked. */
final class MulticastSnoopingStoryTest {
  private static final String SNOOPING =
      "vlan_filtering 0 mcast_snooping 1 mcast_router 1 mcast_querier 1 mcast_igmp_version 2";

  private static Story story(String database) {
    String groups =
        "root@r:~# ip maddr\n3:\teth1\n\tinet  239.1.1.1\n\tinet  224.0.0.251\n"
            + "root@s:~# ip maddr\n11:\tbr0\n\tinet  224.0.0.1\n"
            + "root@c:~# ip maddr\n8:\teth0\n\tinet  239.1.1.1\n\tinet  224.0.0.251\n";
    Story asking = BroadcastStoriesTest.bridged("").but("vlan_filtering 0", SNOOPING);
    return new Story(asking.text() + groups + "root@s:~# bridge -d mdb show\n" + database);
  }

  @Test
  void who_has_asked_gets_a_copy_and_others_dont() {
    Walk walk = story("dev br0 port p2 grp 239.1.1.1 temp proto kernel\n").udp("239.1.1.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.forward().branches()).hasSize(1);
    assertThat(Story.told(walk))
        .contains("s: bridge br0: a copy out by p2, which has asked for 239.1.1.1")
        .doesNotContain("by p3");
    assertThat(walk.assumptions())
        .noneSatisfy(one -> assertThat(one.text()).contains("querier makes"));
  }

  @Test
  void routers_get_what_nobody_has_asked_for() {
    Walk walk = story("router ports on br0: p3\n").udp("239.1.1.1");

    assertThat(Story.told(walk))
        .contains("a copy out by p3, which leads to a multicast router")
        .doesNotContain("by p2");
    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void where_nobody_has_asked_nobody_gets_it() {
    Walk walk = story("").udp("239.1.1.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("no other port has asked for the group 239.1.1.1");
  }

  @Test
  void groups_of_the_link_go_to_everybody() {
    assertThat(Story.told(story("").udp("224.0.0.251")))
        .contains("a copy out by p2")
        .contains("a copy out by p3");
  }

  @Test
  void only_a_bridge_of_igmp_version_3_heeds_sources() {
    Story bySource = story("dev br0 port p2 grp 239.1.1.1 src 10.0.1.9 permanent\n");

    assertThat(bySource.udp("239.1.1.1").verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(bySource.but("igmp_version 2", "igmp_version 3").udp("239.1.1.1").verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void a_bridge_that_nobody_asks_on_sends_to_all() {
    Story silent = story("").but("mcast_querier 1", "mcast_querier 0");

    assertThat(Story.told(silent.udp("239.1.1.1"))).contains("by p2").contains("by p3");
    assertThat(silent.udp("239.1.1.1").assumptions())
        .noneSatisfy(one -> assertThat(one.text()).contains("querier"));
  }

  @Test
  void a_port_that_a_router_was_heard_by_shows_that_somebody_asks() {
    Walk walk =
        story("dev br0 port p2 grp 239.1.1.1 temp\nrouter ports on br0: p1\n")
            .but("mcast_querier 1", "mcast_querier 0")
            .udp("239.1.1.1");

    assertThat(walk.forward().branches()).hasSize(1);
    assertThat(walk.assumptions())
        .anySatisfy(one -> assertThat(one.text()).contains("the multicast router behind p1"));
  }

  @Test
  void a_port_of_single_frames_sends_them_to_who_asked() {
    Walk walk =
        story("dev br0 port p3 grp 239.1.1.1 temp\n")
            .but(
                "mcast_flood on bcast_flood on\nroot@s:~# ip route",
                "mcast_flood on bcast_flood on mcast_to_unicast on\nroot@s:~# ip route")
            .udp("239.1.1.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.forward().branches().getFirst().steps())
        .anySatisfy(
            step -> assertThat(step.packet().outermost().toString()).contains("02:00:00:00:0c:02"));
  }
}
