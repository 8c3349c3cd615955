package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/**
 * Router r has a multicast routing daemon, host b is in a group. What is said here was seen of a
 * kernel whose cache a program filled through the daemon's own interface.
 */
final class MulticastRoutingStoryTest {
  private static final String CACHE =
      """
      root@r:~# ip mroute
      (10.0.1.2,239.1.1.1)             Iif: eth1       Oifs: eth2  State: resolved
      (10.0.1.2,239.1.1.2)             Iif: eth1       Oifs: eth2(ttl 5)  State: resolved
      (10.0.1.2,239.1.1.3)             Iif: unresolved  State: unresolved
      (10.0.1.2,239.1.1.4)             Iif: eth2       Oifs: eth1  State: resolved
      """;

  private static final String GROUPS =
      """
      root@r:~# ip maddr
      3:	eth1
      	inet  224.0.0.1
      root@b:~# ip maddr
      5:	eth0
      	inet  239.1.1.1
      	inet  239.1.1.2
      """;

  private static final Story STORY = new Story(Story.routed().text() + CACHE + GROUPS);

  @Test
  void a_copy_goes_out_of_each_device_that_the_cache_names() {
    Walk walk = STORY.udp("239.1.1.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("r: multicast routing: a copy to eth2, hop limit 64 → 63")
        .contains("b: delivered to 239.1.1.1");
  }

  @Test
  void a_packet_must_exceed_the_devices_threshold() {
    assertThat(STORY.udp("239.1.1.2", 10, 5).verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(STORY.udp("239.1.1.2", 10, 6).verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(STORY.udp("239.1.1.1", 10, 1).verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void what_the_daemon_hasnt_decided_isnt_known() {
    Walk walk = STORY.udp("239.1.1.3");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(walk.assumptions())
        .anySatisfy(missing -> assertThat(missing.command()).contains("ip mroute"));
  }

  @Test
  void nothing_is_forwarded_that_came_by_another_device_than_it_should() {
    assertThat(STORY.udp("239.1.1.4").verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void a_router_whose_cache_wasnt_listed_may_forward() {
    Story unlisted =
        new Story(Story.routed().text() + GROUPS)
            .but(
                "net.ipv4.conf.eth2.rp_filter = 0\n",
                "net.ipv4.conf.eth2.rp_filter = 0\nnet.ipv4.conf.eth1.mc_forwarding = 1\n");

    assertThat(unlisted.udp("239.1.1.1").verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(unlisted.udp("224.0.0.9").verdict()).isEqualTo(Verdict.DROPPED);
  }
}
