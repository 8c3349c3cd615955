package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
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
  void what_sit_passes_on_isnt_known() {
    Walk walk = sit("ip6ip").udp("fd00:9::1");

    assertThat(Story.told(walk)).contains("takes sit packets: port unreachable");
    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void a_tunnel_for_one_version_of_ip_drops_the_other() {
    assertThat(Story.told(sit("ip6ip").udp("10.9.0.1")))
        .contains("t1 drops it: it doesn't carry this version of IP");
    assertThat(Story.told(sit("any").udp("10.9.0.1"))).doesNotContain("doesn't carry");
    assertThat(Story.told(ipip("ipip ipip").udp("fd00:9::1"))).contains("doesn't carry");
  }
}
