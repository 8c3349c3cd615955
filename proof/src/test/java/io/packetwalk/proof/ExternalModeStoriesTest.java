package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** A VXLAN device without settings of its own on either of two hosts; routes say where to. */
final class ExternalModeStoriesTest {
  private static final String ENCAP =
      " encap ip id 77 src 0.0.0.0 dst 10.0.2.2 ttl 9 tos 0 dev vx0 scope link";

  private static final Story TUNNEL =
      with(with(Story.routed(), "a", 1, "fd00:1::2/64", 1), "b", 2, "fd00:2::2/64", 2);

  private static Story with(Story story, String host, int place, String address, int subnet) {
    String connected =
        "10.0." + subnet + ".0/24 dev eth0 proto kernel scope link src 10.0." + subnet + ".2";
    return story
        .adding(
            "    inet6 " + address + " scope global",
            """
            7: vx0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 state UNKNOWN
                link/ether 02:00:00:00:77:0%1$d brd ff:ff:ff:ff:ff:ff
                vxlan external id 0 srcport 0 0 dstport 4789 nolearning ttl auto ageing 300
                inet 10.7.0.%1$d/32 scope global vx0\
            """
                .formatted(place))
        .adding(
            connected,
            """
            10.7.0.%2$d encap ip id 77 src 0.0.0.0 dst 10.0.%3$d.2 ttl 9 tos 0 dev vx0 scope link
            local 10.7.0.%1$d dev vx0 table local proto kernel scope host src 10.7.0.%1$d\
            """
                .formatted(place, 3 - place, 3 - subnet))
        .adding(
            "root@" + host + ":~# ip neigh",
            "10.7.0.%1$d dev vx0 lladdr 02:00:00:00:77:0%1$d PERMANENT".formatted(3 - place));
  }

  @Test
  void the_routes_encap_says_where_the_device_sends_a_packet() {
    Walk walk = TUNNEL.udp("10.7.0.2");

    assertThat(Story.told(walk))
        .contains("a: VXLAN 77: to 10.0.2.2 by the route's encap")
        .contains("b: VXLAN 77: vx0 takes the outer header off");
    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void the_device_drops_what_comes_by_a_route_without_encap() {
    Walk walk = TUNNEL.but("10.7.0.2" + ENCAP, "10.7.0.2 dev vx0 scope link").udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("no encap of the route says where to");
  }

  @Test
  void a_neighbour_is_asked_for_where_the_routes_encap_says() {
    Walk walk =
        TUNNEL.but("10.7.0.2 dev vx0 lladdr 02:00:00:00:77:02 PERMANENT\n", "").udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("10.7.0.2 is vx0 of b:host, which answers with 02:00:00:00:77:02");
  }

  @Test
  void labels_that_a_route_pushes_are_undetermined() {
    Walk walk =
        TUNNEL
            .but("10.7.0.2" + ENCAP, "10.7.0.2 encap mpls  100 via 10.0.1.1 dev eth0")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Story.told(walk)).contains("encap mpls 100");
  }

  @Test
  void ordinary_devices_pay_no_attention_to_an_encap() {
    Walk walk =
        TUNNEL
            .but(
                "default via 10.0.1.1 dev eth0",
                "default encap ip id 1 dst 9.9.9.9 via 10.0.1.1 dev eth0")
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
  }
}
