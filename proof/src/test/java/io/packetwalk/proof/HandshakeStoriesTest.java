package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.layer.Tcp;
import org.junit.jupiter.api.Test;

/** What becomes of the ACK that completes TCP's handshake. */
final class HandshakeStoriesTest {
  private static final Story STORY = Story.routed();

  /** A rule of the router, which tracks connections. */
  private static Story forwarding(String rule) {
    return STORY.ruled(
        "r",
        """
        table ip filter {
          chain forward {
            type filter hook forward priority 0; policy accept;
            %s
          }
        }
        """
            .formatted(rule));
  }

  @Test
  void it_goes_the_way_of_the_first_segment() {
    Direction completion = STORY.tcp("10.0.2.2").completion().orElseThrow();

    assertThat(completion.verdict()).isEqualTo(Verdict.DELIVERED);
    Tcp last =
        completion.branches().getFirst().steps().getLast().packet().first(Tcp.class).orElseThrow();
    assertThat(last.flags()).isEqualTo(Tcp.ACK);
    assertThat(Story.told(completion)).contains("r: forwarded to eth2, hop limit 64 → 63");
  }

  @Test
  void who_lets_in_only_new_connections_loses_it() {
    Walk walk = forwarding("tcp dport 53 ct state != new drop").tcp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.completion().orElseThrow().verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void it_belongs_to_an_established_connection() {
    String rules = "ct state established accept\n    tcp flags syn / syn,ack accept\n    drop";

    assertThat(forwarding(rules).tcp("10.0.2.2").completion().orElseThrow().verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void where_tracking_saw_no_answer_it_is_invalid() {
    Walk walk =
        forwarding("ct state invalid drop")
            .adding("default via 10.0.2.1 dev eth0", "10.0.1.2 dev eth9 scope link src 10.0.2.2")
            .adding("root@b:~# ip neigh", "10.0.1.2 dev eth9 lladdr 02:00:00:00:0a:08 PERMANENT")
            .but(
                "root@r:~# ip -d addr\n",
                "net.ipv4.conf.eth8.rp_filter = 0\nroot@r:~# ip -d addr\n")
            .but("root@b:~# ip rule\n", BESIDE_B + "root@b:~# ip rule\n")
            .but("root@a:~# ip rule\n", BESIDE_A + "root@a:~# ip rule\n")
            .tcp("10.0.2.2");

    assertThat(Story.told(walk.reply().orElseThrow())).contains("DELIVERED");
    assertThat(walk.completion().orElseThrow().verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk.completion().orElseThrow()))
        .contains("r: connection tracking calls it invalid")
        .contains("filter forward: dropped");
  }

  /** A cable from b to a, which answers take. */
  private static final String BESIDE_B =
      """
      9: eth9@if8: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
          link/ether 02:00:00:00:0b:09 brd ff:ff:ff:ff:ff:ff link-netns a
          veth
      """;

  private static final String BESIDE_A =
      """
      8: eth8@if9: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
          link/ether 02:00:00:00:0a:08 brd ff:ff:ff:ff:ff:ff link-netns b
          veth
      """;

  @Test
  void datagrams_have_none() {
    assertThat(STORY.udp("10.0.2.2").completion()).isEmpty();
  }

  @Test
  void a_lost_answer_leaves_nothing_to_acknowledge() {
    Walk walk = forwarding("tcp sport 53 drop").tcp("10.0.2.2");

    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(walk.completion()).isEmpty();
  }
}
