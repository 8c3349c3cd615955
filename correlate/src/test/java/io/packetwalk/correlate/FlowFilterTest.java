package io.packetwalk.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which capture filters treat all packets of a flow alike. */
final class FlowFilterTest {
  @Test
  void addresses_ports_and_protocols_are_shared_by_a_flow() {
    assertThat(FlowFilter.is("arp or icmp6 or (host 10.0.0.1 and host fd00::1)")).isTrue();
    assertThat(FlowFilter.is("tcp port 80 and not net 10.0.0.0/8")).isTrue();
    assertThat(FlowFilter.is("!(udp portrange 1-1024)||ip proto 4")).isTrue();
  }

  @Test
  void flags_lengths_and_what_isnt_known_may_differ() {
    assertThat(FlowFilter.is("tcp[tcpflags] & tcp-syn != 0")).isFalse();
    assertThat(FlowFilter.is("greater 100")).isFalse();
    assertThat(FlowFilter.is("vlan 7 and ip")).isFalse();
    assertThat(FlowFilter.is("host example")).isFalse();
  }
}
