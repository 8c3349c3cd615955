package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** A WireGuard tunnel between two hosts behind a router, by the rules of its peers' addresses. */
final class WireguardStoryTest {
  private static final Story TUNNEL =
      with(with(Story.routed(), "a", 1, "fd00:1::2/64", 1), "b", 2, "fd00:2::2/64", 2);

  private static Story with(Story story, String host, int place, String address, int subnet) {
    String connected =
        "10.0." + subnet + ".0/24 dev eth0 proto kernel scope link src 10.0." + subnet + ".2";
    return story
        .adding(
            "    inet6 " + address + " scope global",
            """
            7: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 state UNKNOWN
                link/none
                wireguard
                inet 10.7.0.%d/24 scope global wg0\
            """
                .formatted(place))
        .adding(
            connected,
            """
            10.7.0.0/24 dev wg0 proto kernel scope link src 10.7.0.%1$d
            local 10.7.0.%1$d dev wg0 table local proto kernel scope host src 10.7.0.%1$d\
            """
                .formatted(place))
        .adding(
            "root@" + host + ":~# ip neigh",
            """
            root@%s:~# wg show
            interface: wg0
              public key: %s=
              listening port: 51820
            peer: %s=
              endpoint: 10.0.%d.2:51820
              allowed ips: 10.7.0.%d/32
              latest handshake: 3 seconds ago
            """
                .formatted(host, host, host.equals("a") ? "b" : "a", 3 - subnet, 3 - place)
                .strip());
  }

  @Test
  void the_peer_that_may_have_the_address_gets_the_packet() {
    Walk walk = TUNNEL.udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("a: WireGuard: to the peer b= at 10.0.2.2")
        .contains("r: forwarded to eth2")
        .contains("b: WireGuard: wg0 decrypts what its peer sent");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void an_address_that_no_peer_may_have_is_unreachable() {
    Walk walk =
        TUNNEL.but("  allowed ips: 10.7.0.2/32", "  allowed ips: 10.7.0.9/32").udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("no peer of wg0 is allowed 10.7.0.2");
  }

  @Test
  void a_source_that_the_peer_may_not_send_from_is_dropped() {
    Walk walk =
        TUNNEL.but("  allowed ips: 10.7.0.1/32", "  allowed ips: 10.7.0.9/32").udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("no peer of wg0 may send from 10.7.0.1");
  }

  @Test
  void without_the_list_of_peers_the_walk_does_not_know() {
    Walk walk = TUNNEL.but("root@a:~# wg show", "root@a:~# true").udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Story.told(walk)).contains("the peers of wg0");
  }
}
