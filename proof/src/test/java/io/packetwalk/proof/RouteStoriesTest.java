package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** Which way a packet takes, and whether there is one. */
final class RouteStoriesTest {
  private static final Story STORY = Story.routed();

  @Test
  void a_router_of_which_a_redirect_told_comes_before_the_routes() {
    Story redirected =
        Story.routed()
            .adding(
                "root@a:~# ip neigh",
                """
                10.0.1.7 dev eth0 lladdr 02:00:00:00:01:01 REACHABLE
                root@a:~# ip route show cache
                10.0.2.2 via 10.0.1.7 dev eth0
                    cache <redirected> expires 298sec\
                """);

    Walk walk = redirected.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("a: route default via 10.0.1.1 dev eth0, but a redirect told of 10.0.1.7")
        .contains("10.0.1.7 is at 02:00:00:00:01:01");
  }

  @Test
  void a_path_mtu_in_the_cache_leaves_the_gateway_as_it_is() {
    Story learned =
        Story.routed()
            .adding(
                "root@a:~# ip neigh",
                """
                root@a:~# ip route show cache
                10.0.2.2 via 10.0.1.1 dev eth0
                    cache expires 298sec mtu 1400\
                """);

    assertThat(Story.told(learned.udp("10.0.2.2"))).doesNotContain("redirect");
  }

  @Test
  void a_router_passes_a_packet_on_with_a_lower_hop_limit() {
    Walk walk = STORY.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("r: forwarded to eth2, hop limit 64 → 63");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void ipv6_goes_the_same_way() {
    assertThat(STORY.udp("fd00:2::2").verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void a_blackhole_route_drops_silently() {
    Walk walk = STORY.adding(Story.TO_B, "blackhole 10.0.2.2").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("blackhole route 10.0.2.2");
  }

  @Test
  void a_blackhole_route_of_the_sender_is_an_error_at_sending() {
    Walk walk = STORY.adding("default via 10.0.1.1 dev eth0", "blackhole 10.0.2.2").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void an_unreachable_route_tells_the_sender() {
    assertThat(STORY.adding(Story.TO_B, "unreachable 10.0.2.2").udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_prohibit_route_tells_the_sender() {
    Walk walk = STORY.adding(Story.TO_B, "prohibit 10.0.2.2").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("administratively prohibited");
  }

  @Test
  void the_longest_prefix_wins() {
    Walk walk = STORY.adding(Story.TO_B, "10.0.2.2 via 10.0.1.2 dev eth1").udp("10.0.2.2");

    assertThat(Story.told(walk)).contains("route 10.0.2.2 via 10.0.1.2 dev eth1");
  }

  @Test
  void the_lower_metric_wins_among_equal_prefixes() {
    String worse = "10.0.2.0/24 via 10.0.1.2 dev eth1 metric 50";

    assertThat(STORY.adding(Story.TO_B, worse).udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void a_policy_rule_chooses_another_table() {
    Story story =
        STORY
            .but(
                "root@r:~# ip rule\n0: from all lookup local",
                "root@r:~# ip rule\n0: from all lookup local\n100: from 10.0.1.2 lookup 7")
            .adding(Story.TO_B, "blackhole default table 7");

    Walk walk = story.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("blackhole route default");
  }

  @Test
  void a_throw_route_lets_the_next_rule_decide() {
    Story story =
        STORY
            .but(
                "root@r:~# ip rule\n0: from all lookup local",
                "root@r:~# ip rule\n0: from all lookup local\n100: from all lookup 7")
            .adding(Story.TO_B, "throw default table 7");

    assertThat(story.udp("10.0.2.2").verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void a_gateway_may_be_on_link_outside_of_every_subnet() {
    Story story =
        STORY
            .but("default via 10.0.1.1 dev eth0", "default via 192.0.2.1 dev eth0 onlink")
            .adding(
                "    inet 10.0.1.1/24 scope global eth1", "    inet 192.0.2.1/32 scope global eth1")
            .adding(Story.TO_B, "local 192.0.2.1 dev eth1 table local proto kernel scope host");

    assertThat(story.udp("10.0.2.2").verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void several_next_hops_share_by_their_weights() {
    Story story =
        STORY.but(
            "default via 10.0.1.1 dev eth0\n10.0.1.0",
            """
            default
            \tnexthop via 10.0.1.1 dev eth0 weight 3
            \tnexthop via 10.0.1.9 dev eth0 weight 1
            10.0.1.0\
            """);

    Walk walk = story.udp("10.0.2.2");

    assertThat(walk.forward().branches()).extracting(Branch::weight).containsExactly(0.75, 0.25);
    assertThat(walk.forward().branches())
        .extracting(Branch::verdict)
        .containsExactly(Verdict.DELIVERED, Verdict.REJECTED);
  }

  @Test
  void the_route_names_the_source_address() {
    Story story =
        STORY
            .adding(
                "    inet 10.0.1.2/24 scope global eth0",
                "    inet 10.0.1.7/24 scope global secondary eth0")
            .but("default via 10.0.1.1 dev eth0", "default via 10.0.1.1 dev eth0 src 10.0.1.7");

    assertThat(Story.told(story.udp("10.0.2.2"))).contains("from 10.0.1.7");
  }

  @Test
  void a_hop_limit_that_is_used_up_tells_the_sender() {
    assertThat(STORY.udp("10.0.2.2", 10, 1).verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_router_that_does_not_forward_drops_silently() {
    Walk walk = STORY.but("net.ipv4.ip_forward = 1", "net.ipv4.ip_forward = 0").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("forwarding is off");
  }

  @Test
  void a_strict_reverse_path_filter_drops_what_comes_the_wrong_way() {
    Story story =
        STORY
            .but("net.ipv4.conf.eth1.rp_filter = 0", "net.ipv4.conf.eth1.rp_filter = 1")
            .but(
                "root@a:~# ip neigh\n",
                "root@a:~# ip neigh\n10.0.1.1 dev eth0 lladdr 02:00:00:00:01:01 REACHABLE\n")
            .adding(Story.TO_B, "10.0.1.2 via 10.0.2.2 dev eth2");

    Walk walk = story.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("the reverse path filter (strict) drops it");
  }

  @Test
  void a_loose_reverse_path_filter_lets_it_pass() {
    Story story =
        STORY
            .but("net.ipv4.conf.eth1.rp_filter = 0", "net.ipv4.conf.eth1.rp_filter = 2")
            .adding(Story.TO_B, "10.0.1.2 via 10.0.2.2 dev eth2");

    assertThat(story.udp("10.0.2.2").verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void routers_that_send_to_each_other_loop() {
    Story story =
        STORY
            .adding(Story.TO_B, "default via 10.0.2.2 dev eth2")
            .but("net.ipv4.ip_forward = 0", "net.ipv4.ip_forward = 1");

    assertThat(story.udp("198.51.100.1").verdict()).isEqualTo(Verdict.LOOPED);
  }

  @Test
  void a_missing_route_tells_the_sender() {
    assertThat(STORY.udp("198.51.100.1").verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_packet_that_comes_back_to_its_sender_is_a_martian() {
    Story story = STORY.adding(Story.TO_B, "10.0.2.2 via 10.0.1.2 dev eth1");

    Walk walk = story.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("martian source: 10.0.1.2 is this stack's own address");
  }

  @Test
  void tables_that_nobody_listed_leave_it_open() {
    Story story = new Story(STORY.text().substring(0, STORY.text().indexOf("root@a:~# ip route")));

    assertThat(story.udp("10.0.2.2").verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void a_router_outside_of_the_state_is_an_assumption_and_named() {
    Story story =
        new Story(
            """
            root@a:~# ip addr
            2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
                inet 10.0.1.2/24 scope global eth0
            root@a:~# ip route
            default via 10.0.1.1 dev eth0
            root@b:~# ip addr
            2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
                inet 10.0.2.2/24 scope global eth0
            root@b:~# ip route
            default via 10.0.2.1 dev eth0
            """);

    Walk walk = story.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.assumptions())
        .anyMatch(
            assumption -> assumption.text().startsWith("the router 10.0.1.1 isn't in the state"));
  }

  @Test
  void an_unreachable_policy_rule_says_that_the_network_is() {
    Walk walk =
        STORY.adding("root@r:~# ip rule", "100: from all to 10.0.2.2 unreachable").udp("10.0.2.2");

    assertThat(Story.told(walk)).contains("a policy rule rejects it: network unreachable");
    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }
}
