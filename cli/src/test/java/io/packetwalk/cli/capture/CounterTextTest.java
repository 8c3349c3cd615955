package io.packetwalk.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** Counters in the listings of rules and flows. */
final class CounterTextTest {
  @Test
  void rules_of_iptables_count_by_table_and_equal_rules_together() {
    assertThat(
            CounterText.IPTABLES.counts(
                """
                *filter
                :FORWARD ACCEPT [7:420]
                [3:180] -A FORWARD -p udp -j DROP
                [2:120] -A FORWARD -p udp -j DROP
                COMMIT
                *nat
                [1:60] -A PREROUTING -j KUBE-SERVICES
                """))
        .containsEntry("filter -A FORWARD -p udp -j DROP", 5L)
        .containsEntry("nat -A PREROUTING -j KUBE-SERVICES", 1L)
        .hasSize(2);
  }

  @Test
  void rules_of_nftables_count_by_chain_and_those_of_iptables_are_left_to_it() {
    assertThat(
            CounterText.NFTABLES.counts(
                """
                table inet filter {
                  chain forward {
                    type filter hook forward priority filter; policy accept;
                    udp dport 53 counter packets 4 bytes 240 accept
                    tcp dport 80 accept
                  }
                }
                # Warning: table ip nat is managed by iptables-nft, do not touch!
                table ip nat {
                  chain PREROUTING {
                    counter packets 9 bytes 540 jump X
                  }
                }
                """))
        .containsExactly(entry("inet filter chain forward udp dport 53 counter accept", 4L));
  }

  @Test
  void flows_of_open_vswitch_are_the_same_however_long_they_live() {
    String early =
        " cookie=0x1, duration=1.5s, table=5, n_packets=3, n_bytes=180, idle_age=4,"
            + " priority=10,ip,in_port=2 actions=output:3";
    String late =
        " cookie=0x1, duration=9.5s, table=5, n_packets=8, n_bytes=480,"
            + " priority=10,ip,in_port=2 actions=output:3";
    assertThat(CounterText.OPENFLOW.counts(late).keySet())
        .isEqualTo(CounterText.OPENFLOW.counts(early).keySet());
    assertThat(CounterText.OPENFLOW.counts(late).values()).containsExactly(8L);
  }
}
