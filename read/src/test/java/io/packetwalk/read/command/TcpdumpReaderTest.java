package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.read.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpdumpReaderTest {
  private final TcpdumpReader reader = new TcpdumpReader();

  @Test
  void packets_carry_their_device_and_time() {
    Shown shown =
        Shown.by(
            reader,
            "tcpdump -nei eth0 icmp",
            """
            tcpdump: verbose output suppressed, use -v for full protocol decode
            listening on eth0, link-type EN10MB (Ethernet), capture size 262144 bytes
            20:44:31.575752 IP 10.1.0.2 > 10.1.0.3: ICMP echo request, id 1, seq 0, length 64
            2026-01-02 20:44:32.000001 ARP, Request who-has 10.1.0.1 tell 10.1.0.2, length 28
            ^C
            2 packets captured
            2 packets received by filter
            0 packets dropped by kernel
            """);
    assertThat(shown.unread()).isEmpty();
    List<Fact.Seen> seen = shown.facts(Fact.Seen.class);
    assertThat(seen).extracting(packet -> packet.device().orElse("")).containsOnly("eth0");
    assertThat(seen)
        .extracting(Fact.Seen::time)
        .containsExactly("20:44:31.575752", "2026-01-02 20:44:32.000001");
    assertThat(seen.getFirst().text()).startsWith("IP 10.1.0.2 > 10.1.0.3: ICMP echo request");
  }

  @Test
  void the_device_is_taken_from_the_heading_when_the_command_has_none() {
    Shown shown =
        Shown.by(
            reader,
            "tcpdump -en",
            """
            listening on veth3, link-type EN10MB (Ethernet), capture size 262144 bytes
            11:28:35.995562 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 74: 10.1.0.2.1 > 10.1.0.3.80: Flags [S]
            """);
    assertThat(shown.fact(Fact.Seen.class).device()).contains("veth3");
  }

  @Test
  void verbose_continuations_belong_to_the_packet_above() {
    Shown shown =
        Shown.by(
            reader,
            "tcpdump -nv -i any",
            """
            11:28:35.995562 eth1  Out IP (tos 0x0, ttl 63, id 5, proto ICMP (1), length 84)
                10.1.0.2 > 10.1.0.3: ICMP echo request, id 1, seq 0, length 64
            \t0x0000:  4500 0054 0005
            a remark
            """);
    Fact.Seen seen = shown.fact(Fact.Seen.class);
    assertThat(seen.device()).contains("eth1");
    assertThat(seen.text()).startsWith("IP (tos 0x0").endsWith("length 64");
    assertThat(shown.unread()).containsExactly("a remark");
  }
}
