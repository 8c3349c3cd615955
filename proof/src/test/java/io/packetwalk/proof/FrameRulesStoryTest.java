package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** Between host a and the router stands a bridge with rules about frames. */
final class FrameRulesStoryTest {
  private static final Story BRIDGED =
      Story.bridged(
          "vlan_filtering 0",
          """
          root@s:~# sysctl net.bridge.bridge-nf-call-iptables
          net.bridge.bridge-nf-call-iptables = 0
          """);

  private static Story ruled(String hook, String rule) {
    return BRIDGED.ruled(
        "s",
        """
        table bridge b {
          chain c {
            type filter hook %s; policy accept;
            %s
          }
        }
        """
            .formatted(hook, rule));
  }

  private static Story atDevice(String hook, String rule) {
    return BRIDGED.ruled(
        "s",
        """
        table netdev n {
          chain c {
            type filter hook %s priority filter; policy accept;
            %s
          }
        }
        """
            .formatted(hook, rule));
  }

  @Test
  void a_chain_at_a_bridges_port_sees_what_comes_in_by_it() {
    Walk walk = atDevice("ingress device \"p1\"", "udp dport 53 drop").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("s: netdev n c: dropped");
  }

  @Test
  void and_one_for_what_leaves_by_it() {
    Walk walk = atDevice("egress device \"p2\"", "udp dport 53 drop").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void a_frame_for_somebody_else_is_that_to_rules() {
    assertThat(
            atDevice("ingress device \"p1\"", "meta pkttype host drop").udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(
            atDevice("ingress device \"p1\"", "meta protocol ip meta pkttype other drop")
                .udp("10.0.2.2")
                .verdict())
        .isEqualTo(Verdict.DROPPED);
  }

  @Test
  void the_bridge_familys_chains_know_ports_by_their_names() {
    String hook = "forward priority filter";

    assertThat(ruled(hook, "iifname \"p1\" oifname \"p2\" ip protocol udp drop").udp("10.0.2.2"))
        .satisfies(walk -> {
          assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
          assertThat(Story.told(walk)).contains("s: bridge b c: dropped");
        });
    assertThat(ruled(hook, "iifname \"br0\" ip protocol udp drop").udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(ruled("input priority filter", "drop").udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void arp_passes_them_too() {
    Walk walk = ruled("prerouting priority dstnat", "ether type arp drop").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("nobody on eth0 of a:host has 10.0.1.1");
  }

  @Test
  void so_does_neighbour_discovery() {
    Story story = ruled("postrouting priority srcnat", "icmpv6 type nd-neighbor-advert drop");

    assertThat(story.udp("fd00:2::2").verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(story.udp("10.0.2.2").verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void how_bridges_track_connections_isnt_known() {
    Walk walk = ruled("forward priority filter", "ct state new drop").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }
}
