package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.layer.Ip;
import org.junit.jupiter.api.Test;

/** Who hears of errors about a tunnel's packets: here nobody at the other end takes them. */
final class TunnelErrorStoriesTest {
  private static final String ROUTE4 = "10.0.2.0/24 dev eth2 proto kernel scope link src 10.0.2.1";
  private static final String ROUTE6 = "fd00:2::/64 dev eth2 proto kernel metric 256";
  private static final String DEVICES = "    inet6 fd00:2::1/64 scope global";

  private static Story tunnel(String link, String kind) {
    return Story.routed()
        .adding(
            DEVICES,
            "6: t1@NONE: <NOARP,UP,LOWER_UP> mtu 1400 state UNKNOWN\n    link/"
                + link
                + "\n    "
                + kind)
        .adding(ROUTE4, "10.9.0.0/24 dev t1 scope link")
        .adding(ROUTE6, "fd00:9::/64 dev t1 metric 1024");
  }

  private static Story ipip(String kind) {
    return tunnel(
        "ipip 10.0.2.1 peer 10.0.2.2", kind + " remote 10.0.2.2 local 10.0.2.1 ttl 64 pmtudisc");
  }

  private static Story sit(String carried) {
    return tunnel(
        "sit 10.0.2.1 peer 10.0.2.2",
        "sit " + carried + " remote 10.0.2.2 local 10.0.2.1 ttl 64 pmtudisc");
  }

  @Test
  void ip_in_ip_keeps_an_error_to_itself() {
    Walk walk = ipip("ipip ipip").udp("10.9.0.1");

    assertThat(Story.told(walk)).contains("takes ipip packets: port unreachable");
    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void sit_has_no_address_to_pass_an_error_on_from() {
    Walk walk = sit("ip6ip").udp("fd00:9::1");

    assertThat(Story.told(walk)).contains("takes sit packets: port unreachable");
    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
  }

  private static Story ip6tnl() {
    return tunnel(
            "tunnel6 fd00:2::1 peer fd00:2::2",
            "ip6tnl any remote fd00:2::2 local fd00:2::1 hoplimit 64 encaplimit 4")
        .but(
            "6: t1@NONE: <NOARP,UP,LOWER_UP> mtu 1400", "6: t1@NONE: <NOARP,UP,LOWER_UP> mtu 1452");
  }

  @Test
  void ip_in_ipv6_passes_an_error_on_as_an_unreachable_host() {
    Walk walk = ip6tnl().udp("10.9.0.1");

    assertThat(Story.told(walk)).contains("takes ip6tnl packets: port unreachable");
    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(error(walk))
        .contains("t1 passes the error on to the sender of the packet inside")
        .contains("an ICMP host unreachable to 10.0.1.2");
  }

  @Test
  void over_ipv6_the_error_that_is_passed_on_has_an_address_of_the_device_by_which_it_came() {
    Walk walk = ip6tnl().udp("fd00:9::1");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(error(walk)).contains("an ICMPv6 address unreachable to fd00:1::2");
    assertThat(walk.error().orElseThrow().branches().getFirst().steps().getLast().packet())
        .satisfies(
            packet -> assertThat(((Ip) packet.outermost()).source()).hasToString("fd00:2::1"));
  }

  @Test
  void a_tunnels_end_that_takes_no_such_packets_back_keeps_the_error_to_itself() {
    Walk walk = ip6tnl().but("ip6tnl any", "ip6tnl ip6ip6").udp("fd00:9::1");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(ip6tnl().but("ip6tnl any", "ip6tnl ip6ip6").udp("10.9.0.1").verdict())
        .isEqualTo(Verdict.DROPPED);
  }

  private static String error(Walk walk) {
    return Story.told(walk.error().orElseThrow());
  }

  @Test
  void a_tunnel_for_one_version_of_ip_drops_the_other() {
    assertThat(Story.told(sit("ip6ip").udp("10.9.0.1")))
        .contains("t1 drops it: it doesn't carry this version of IP");
    assertThat(Story.told(sit("any").udp("10.9.0.1"))).doesNotContain("doesn't carry");
    assertThat(Story.told(ipip("ipip ipip").udp("fd00:9::1"))).contains("doesn't carry");
  }
}
