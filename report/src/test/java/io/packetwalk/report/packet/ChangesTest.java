package io.packetwalk.report.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final IpAddress A = IpAddress.of("10.0.0.1");
  private static final IpAddress B = IpAddress.of("10.0.0.2");
  private static final IpAddress C = IpAddress.of("10.0.0.3");
  private static final Ipv4 OUTER = Ipv4.of(C, B, IpProtocol.IPV4, 64);
  private static final Ethernet FRAME =
      new Ethernet(MacAddress.of("02:00:00:00:00:02"), MacAddress.ZERO, EtherType.IPV4);

  @Test
  void a_smaller_hop_limit_is_one_change() {
    assertThat(changes(ping(64), ping(63))).containsExactly("~ IPv4  ttl 64 → 63");
  }

  @Test
  void an_outer_header_is_added_and_removed_without_touching_the_inner_one() {
    String header = "IPv4  10.0.0.3 → 10.0.0.2, ttl 64, protocol 4, dont fragment";
    assertThat(changes(ping(63), ping(63).within(OUTER))).containsExactly("+ " + header);
    assertThat(changes(ping(63).within(OUTER), ping(63))).containsExactly("- " + header);
  }

  @Test
  void a_frame_that_replaces_another_while_a_tunnel_begins_is_a_change() {
    Ethernet other =
        new Ethernet(MacAddress.of("02:00:00:00:00:03"), MacAddress.ZERO, EtherType.IPV4);
    assertThat(changes(ping(63).within(FRAME), ping(63).within(OUTER).within(other)))
        .containsExactly(
            "~ Ethernet  destination 02:00:00:00:00:02 → 02:00:00:00:00:03",
            "+ IPv4  10.0.0.3 → 10.0.0.2, ttl 64, protocol 4, dont fragment");
  }

  @Test
  void a_frame_that_is_only_taken_off_is_nothing_to_tell() {
    assertThat(changes(ping(63).within(FRAME), ping(63))).isEmpty();
  }

  @Test
  void translated_addresses_and_ports_are_told_header_by_header() {
    Packet before = Packet.of(Ipv4.of(A, B, IpProtocol.TCP, 64), Tcp.syn(40000, 80));
    Packet after = Packet.of(Ipv4.of(A, C, IpProtocol.TCP, 64), Tcp.syn(40000, 8080));
    assertThat(changes(before, after))
        .containsExactly(
            "~ IPv4  destination 10.0.0.2 → 10.0.0.3", "~ TCP  destination port 80 → 8080");
  }

  @Test
  void what_is_not_known_is_a_question_mark() {
    Packet tunnelled =
        ping(64).within(FRAME).within(Vxlan.of(7)).within(Udp.of(0, 4789)).within(OUTER);
    assertThat(changes(ping(64), tunnelled))
        .containsExactly(
            "+ IPv4  10.0.0.3 → 10.0.0.2, ttl 64, protocol 4, dont fragment",
            "+ UDP  ? → 4789",
            "+ VXLAN  vni 7",
            "+ Ethernet  ? → 02:00:00:00:00:02");
  }

  @Test
  void the_hop_limit_of_ipv6_is_told_once() {
    Ipv6 header = Ipv6.of(IpAddress.of("fd00::1"), IpAddress.of("fd00::2"), 58, 64);
    assertThat(changes(Packet.of(header), Packet.of(header.withHopLimit(63))))
        .containsExactly("~ IPv6  hop limit 64 → 63");
  }

  private static Packet ping(int ttl) {
    return Packet.of(Ipv4.of(A, B, IpProtocol.ICMP, ttl), Icmp.echoRequest(1, 1));
  }

  private static List<String> changes(Packet before, Packet after) {
    return Changes.between(before, "eth0", after, "eth0").stream()
        .map(change -> change.kind().sign() + " " + change.text())
        .toList();
  }
}
