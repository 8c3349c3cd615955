package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** What becomes of packets that are too large. */
final class SizeStoriesTest {
  private static final Story STORY = Story.routed();

  @Test
  void a_packet_that_is_too_large_is_refused_where_it_may_not_be_fragmented() {
    Story story =
        STORY.but(
            "4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500",
            "4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1300");

    Walk walk = story.udp("10.0.2.2", 1400, 64);

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("exceeds the MTU of 1300");
  }

  @Test
  void a_packet_that_is_too_large_is_fragmented_where_it_may_be() {
    Story story =
        STORY.but(
            "4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500",
            "4: eth2@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1300");

    Walk walk = story.fragmentable("10.0.2.2", 1400);

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("fragments of at most 1300 bytes");
  }

  @Test
  void a_receiver_with_a_smaller_mtu_drops_the_frame() {
    Story story =
        STORY.but(
            "5: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500",
            "5: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1300");

    assertThat(story.udp("10.0.2.2", 1400, 64).verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void a_path_mtu_that_was_learned_counts_for_what_is_sent_here() {
    Story learned =
        STORY.adding(
            "root@a:~# ip neigh",
            "root@a:~# ip route show cache\n10.0.2.2 via 10.0.1.1 dev eth0 \n"
                + "    cache expires 594sec mtu 1400 ");

    Walk tooLarge = learned.udp("10.0.2.2", 1440, 64);
    assertThat(tooLarge.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(tooLarge)).contains("exceeds the MTU of 1400");
    assertThat(learned.fragmentable("10.0.2.2", 1440).verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(learned.udp("10.0.2.2", 1300, 64).verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void a_list_of_what_was_learned_is_no_routing_table() {
    Walk walk = STORY.adding("root@a:~# ip neigh", "root@a:~# ip route show cache").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
  }
}
