package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** What packet filters do to packets, and to ARP and neighbour discovery. */
final class FilterStoriesTest {
  private static final Story STORY = Story.routed();

  @Test
  void a_rule_about_the_sender_s_mac_address_is_decided_by_the_frame() {
    String rules =
        """
        root@r:~# iptables-save
        *filter
        :FORWARD ACCEPT [0:0]
        -A FORWARD -m mac --mac-source 02:00:00:00:0a:02 -j DROP
        COMMIT
        root@b:~# ip -d addr
        """;
    Story story = STORY.but("root@b:~# ip -d addr\n", rules);

    assertThat(story.udp("10.0.2.2").verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(story.but("mac --mac-source", "mac ! --mac-source").udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  private static final String REJECTING =
      """
      table ip nat {
        chain output {
          type nat hook output priority -100; policy accept;
          ip daddr 10.0.2.2 dnat to 203.0.113.1
        }
      }
      table ip filter {
        chain output {
          type filter hook output priority 0; policy accept;
          reject
        }
      }
      """;

  private static final Story WITHOUT_DEFAULT =
      STORY.but("default via 10.0.1.1 dev eth0", "10.0.2.0/24 via 10.0.1.1 dev eth0");

  @Test
  void a_translation_without_a_way_ends_before_later_chains_are_asked() {
    Walk walk = WITHOUT_DEFAULT.ruled("a", REJECTING).udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk))
        .contains("no route to 203.0.113.1: network unreachable")
        .doesNotContain("rejected with");
  }

  @Test
  void nobody_tells_tcp_that_its_translation_left_no_way() {
    Walk walk = WITHOUT_DEFAULT.ruled("a", REJECTING).tcp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("no way to 203.0.113.1 any more: TCP tries again");
  }

  @Test
  void a_mark_chooses_another_route_only_where_its_chain_routes_again() {
    Story marking =
        STORY
            .adding("root@a:~# ip rule", "100: from all fwmark 0x1 lookup 7")
            .adding("default via 10.0.1.1 dev eth0", "blackhole default table 7")
            .ruled(
                "a",
                """
                table ip filter {
                  chain output {
                    type filter hook output priority 0; policy accept;
                    meta mark set 0x1
                  }
                }
                """);

    assertThat(marking.udp("10.0.2.2").verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(marking.but("type filter hook", "type route hook").udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_chain_at_a_device_that_drops_everything_drops_arp() {
    Story filtered =
        STORY.ruled(
            "a",
            """
            table netdev edge {
              chain in {
                type filter hook ingress device "eth0" priority filter; policy accept;
                ip saddr 198.51.100.0/24 accept
                counter packets 4 bytes 312 drop
              }
            }
            """);

    Walk walk = filtered.udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("netdev edge in drops ARP at eth0: host unreachable");
    assertThat(filtered.but("312 drop", "312 accept").udp("10.0.2.2").verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(filtered.but("counter packets", "ether type ip counter packets").udp("10.0.2.2"))
        .extracting(lost -> lost.reply().orElseThrow().verdict())
        .isEqualTo(Verdict.DROPPED);
  }

  @Test
  void discovery_is_heard_by_its_hop_limit_only() {
    Walk walk =
        STORY
            .ruled(
                "r",
                """
                table ip6 mangle {
                  chain post {
                    type filter hook postrouting priority mangle; policy accept;
                    ip6 hoplimit set 64
                  }
                }
                """)
            .udp("fd00:2::2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("nobody on eth0 of a:host has fd00:1::1");
  }

  @Test
  void whether_an_unlisted_set_stops_discovery_isnt_known() {
    Story story =
        new Story(
            STORY.text()
                + """
                root@b:~# ip6tables-save
                *filter
                :INPUT ACCEPT [0:0]
                :FORWARD ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                -A INPUT -p ipv6-icmp -m set --match-set strangers src -j DROP
                COMMIT
                """);

    Walk walk = story.udp("fd00:2::2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(walk.assumptions())
        .anySatisfy(missing -> {
          assertThat(missing.text()).contains("let neighbour discovery pass").contains("strangers");
          assertThat(missing.command()).contains("ipset");
        });
    assertThat(story.but("-j DROP", "-j ACCEPT").udp("fd00:2::2").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void what_starts_here_is_for_this_host_to_rules_even_where_it_is_for_many() {
    Story hushed =
        STORY.ruled(
            "a",
            """
            table ip6 mangle {
              chain post {
                type filter hook postrouting priority mangle; policy accept;
                meta pkttype host ip6 hoplimit set 64
              }
            }
            """);

    assertThat(hushed.udp("fd00:2::2").verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(hushed.but("pkttype host", "pkttype multicast").udp("fd00:2::2").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void discovery_has_the_length_of_its_target_and_an_option() {
    String dropping =
        """
        table ip6 filter {
          chain input {
            type filter hook input priority filter; policy accept;
            meta length 72 drop
          }
        }
        """;

    assertThat(STORY.ruled("r", dropping).udp("fd00:2::2").verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(STORY.ruled("r", dropping.replace("72", "48")).udp("fd00:2::2").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void nothing_leaves_from_the_loopback_s_address_unless_the_device_lets_it() {
    Story redirected =
        STORY
            .adding(
                "10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.2",
                "local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1")
            .ruled(
                "a",
                """
                table ip nat {
                  chain output {
                    type nat hook output priority -100; policy accept;
                    ip daddr 127.0.0.1 dnat to 10.0.2.2
                  }
                  chain postrouting {
                    type nat hook postrouting priority 100; policy accept;
                    oifname "eth0" masquerade
                  }
                }
                """);
    Story setting =
        redirected.adding(
            "net.ipv4.conf.eth0.rp_filter = 0", "net.ipv4.conf.eth0.route_localnet = 0");

    assertThat(Story.told(redirected.udp("127.0.0.1"))).contains("route_localnet");
    assertThat(redirected.udp("127.0.0.1").verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(setting.udp("127.0.0.1").verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(setting.but("localnet = 0", "localnet = 1").udp("127.0.0.1").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void a_tunnel_whose_packets_a_mark_leads_into_itself_is_a_dead_loop() {
    Walk walk =
        STORY
            .adding(
                "    inet 10.0.1.2/24 scope global eth0",
                """
                7: vx: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 state UNKNOWN
                    link/ether 02:00:00:00:07:07 brd ff:ff:ff:ff:ff:ff
                    vxlan id 7 local 10.0.1.2 dstport 4789 nolearning
                    inet 10.9.0.2/32 scope global vx\
                """
                    .stripTrailing())
            .adding("root@a:~# ip neigh", "10.9.0.1 dev vx lladdr 02:00:00:00:07:01 PERMANENT")
            .adding(
                "default via 10.0.1.1 dev eth0",
                "10.0.2.0/24 via 10.9.0.1 dev vx onlink\n"
                    + "default via 10.9.0.1 dev vx onlink table 7\n"
                    + "local 10.9.0.2 dev vx table local proto kernel scope host src 10.9.0.2")
            .adding("root@a:~# ip rule", "100: from all fwmark 0x1 lookup 7")
            .ruled(
                "a",
                """
                table ip mangle {
                  chain output {
                    type route hook output priority mangle; policy accept;
                    udp dport 4789 meta mark set 0x1
                  }
                }
                root@a:~# bridge fdb show
                02:00:00:00:07:01 dev vx dst 10.0.1.1 self permanent
                """)
            .udp("10.0.2.2");

    assertThat(walk.verdict()).as(Story.told(walk)).isEqualTo(Verdict.LOOPED);
    assertThat(Story.told(walk)).contains("dead loop on virtual device");
  }

  /** Host a's address is on a macvlan device that stands on its cable. */
  private static final Story ON_MACVLAN =
      STORY
          .but(
              "    inet 10.0.1.2/24 scope global eth0\n    inet6 fd00:1::2/64 scope global\n",
              """
              6: mv0@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
                  link/ether 02:00:00:00:0a:06 brd ff:ff:ff:ff:ff:ff
                  macvlan mode bridge
                  inet 10.0.1.2/24 scope global mv0
              """)
          .but("default via 10.0.1.1 dev eth0", "default via 10.0.1.1 dev mv0")
          .but("10.0.1.0/24 dev eth0", "10.0.1.0/24 dev mv0")
          .but("local 10.0.1.2 dev eth0", "local 10.0.1.2 dev mv0");

  @Test
  void chains_at_the_device_below_see_arp() {
    String dropping =
        """
        table netdev edge {
          chain in {
            type filter hook ingress device "eth0" priority filter; policy accept;
            drop
          }
        }
        """;
    Walk walk = ON_MACVLAN.ruled("a", dropping).udp("10.0.2.2");

    assertThat(ON_MACVLAN.udp("10.0.2.2").verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("netdev edge in drops ARP");
  }
}
