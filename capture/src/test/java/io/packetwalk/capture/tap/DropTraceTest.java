package io.packetwalk.capture.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of a kernel's trace, as Linux 6.18 and 5.10 write them. */
final class DropTraceTest {
  private static final String MARK =
      "            sh-13257   [001] ...1. 25030.690682: tracing_mark_write: packetwalk"
          + " 1795862987.690600000";
  private static final String RECEIVED =
      "            ip-13259   [001] ..s1. 25031.000001: netif_receive_skb: dev=a0"
          + " skbaddr=00000000cef8e490 len=52";
  private static final String SENT =
      "        python-13259   [001] ..s1. 25031.000002: net_dev_start_xmit: dev=eth0"
          + " queue_mapping=0 skbaddr=00000000aaaaaaaa vlan_tagged=0 vlan_proto=0x0000"
          + " vlan_tci=0x0000 protocol=0x0800 ip_summed=3 len=66 data_len=0 network_offset=14";
  private static final String DROPPED =
      "       python3-13340   [001] ..s1. 25031.000050: kfree_skb: skbaddr=00000000cef8e490"
          + " rx_sk=0000000000000000 protocol=2048 location=nft_do_chain+0x46f/0x690 reason:"
          + " NETFILTER_DROP";

  private static Optional<KernelDrop> last(String... lines) {
    DropTrace trace = new DropTrace("worker1");
    return List.of(lines).stream().map(trace::take).reduce((_, later) -> later).orElseThrow();
  }

  @Test
  void a_drop_is_of_the_device_that_its_buffer_passed_last() {
    KernelDrop drop = last(MARK, RECEIVED, SENT, DROPPED).orElseThrow();
    assertThat(drop.device()).isEqualTo("a0");
    assertThat(drop.length()).isEqualTo(52);
    assertThat(drop.reason()).isEqualTo("NETFILTER_DROP");
    assertThat(drop.location()).isEqualTo("nft_do_chain+0x46f/0x690");
    assertThat(drop.nanoseconds()).isEqualTo(1_795_862_987_999_968_000L);
    assertThat(KernelDrop.parse("worker1", drop.line())).contains(drop);
  }

  @Test
  void a_buffer_that_was_used_up_and_one_that_passed_nothing_tell_nothing() {
    String consumed =
        "            ip-13259   [001] ..... 25031.000009: consume_skb:"
            + " skbaddr=00000000cef8e490 location=packet_rcv+0x1/0x2";
    assertThat(last(MARK, RECEIVED, consumed, DROPPED)).isEmpty();
    assertThat(last(MARK, DROPPED)).isEmpty();
    assertThat(last(RECEIVED, DROPPED)).as("no time of day").isEmpty();
  }

  @Test
  void a_kernel_that_gives_no_reasons_gives_the_function() {
    String old =
        "          <idle>-0     [000] ..s.  25031.000050: kfree_skb: skbaddr=00000000cef8e490"
            + " protocol=2048 location=ip_forward+0x1/0x2";
    assertThat(last(MARK, RECEIVED, old).orElseThrow().reason()).isEmpty();
  }

  @Test
  void a_whole_second_reads_back() {
    KernelDrop drop = new KernelDrop("n", 1_795_862_987_000_000_000L, "a0", 1, "", "f");
    assertThat(KernelDrop.parse("n", drop.line())).contains(drop);
    assertThat(KernelDrop.parse("n", "2026-99-28T11:01:50Z  dev=a len=1 reason= location=f"))
        .isEmpty();
  }
}
