package io.packetwalk.read.command;

import static io.packetwalk.read.command.Outputs.facts;
import static io.packetwalk.read.command.Outputs.only;
import static io.packetwalk.read.command.Outputs.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteEncapsulation;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpRouteReaderTest {
  private static Route route(String line) {
    return only(read("ip route", line), Fact.Routes.class).listing().entries().getFirst();
  }

  @Test
  void a_route_has_what_its_line_shows() {
    Route route =
        route("10.0.0.0/24 via 10.1.0.1 dev eth0 proto bird src 10.1.0.9 metric 100 onlink");
    assertThat(route.type()).isEqualTo(RouteType.UNICAST);
    assertThat(route.destination()).isEqualTo(IpPrefix.of("10.0.0.0/24"));
    assertThat(route.nextHops())
        .containsExactly(
            new NextHop(
                Optional.of(IpAddress.of("10.1.0.1")),
                Optional.of("eth0"),
                1,
                java.util.Set.of("onlink"),
                Optional.empty()));
    assertThat(route.preferredSource()).hasValue(IpAddress.of("10.1.0.9"));
    assertThat(route.protocol()).hasValue("bird");
    assertThat(route.metric()).isEqualTo(OptionalInt.of(100));
    assertThat(route.source().line()).isEqualTo(2);
  }

  @Test
  void an_encap_has_the_header_that_a_tunnel_puts_outside() {
    Route route =
        route(
            "10.0.0.0/24  encap ip id 7 src 10.0.0.1 dst 10.0.0.2 ttl 0 tos 0 key via 10.9.0.2 dev"
                + " gre1 src 10.9.0.1");
    assertThat(route.preferredSource()).hasValue(IpAddress.of("10.9.0.1"));
    assertThat(route.nextHops().getFirst().encapsulation())
        .hasValue(
            new RouteEncapsulation.TunnelHeader(
                "ip id 7 src 10.0.0.1 dst 10.0.0.2 ttl 0 tos 0 key",
                IpFamily.IPV4,
                7,
                Optional.of(IpAddress.of("10.0.0.1")),
                Optional.of(IpAddress.of("10.0.0.2")),
                OptionalInt.empty(),
                true,
                false));
  }

  @Test
  void a_route_whose_destination_json_gives_twice_leaves_a_gap() {
    Reading reading =
        read(
            "ip -j route",
            "[{\"dst\":\"10.9.0.0/24\",\"dev\":\"vx0\",\"flags\":[]},"
                + "{\"dst\":\"10.5.0.0/24\",\"encap\":\"ip\",\"id\":100,\"src\":\"0.0.0.0\","
                + "\"dst\":\"10.0.2.2\",\"ttl\":9,\"tos\":0,\"gateway\":\"10.9.0.2\",\"flags\":[]}]");
    assertThat(reading.unread()).hasSize(1);
    assertThat(only(reading, Fact.Routes.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void types_that_do_not_send_have_no_next_hop() {
    Route route = route("blackhole 192.168.83.64/26 proto bird");
    assertThat(route.type()).isEqualTo(RouteType.BLACKHOLE);
    assertThat(route.nextHops()).isEmpty();
    assertThat(route("unreachable default metric 4278198272").type())
        .isEqualTo(RouteType.UNREACHABLE);
    assertThat(route("prohibit 10.0.0.0/8").type()).isEqualTo(RouteType.PROHIBIT);
    assertThat(route("throw 10.0.0.0/8").type()).isEqualTo(RouteType.THROW);
  }

  @Test
  void a_multipath_route_has_its_next_hops_on_further_lines() {
    Reading reading =
        read(
            "ip route",
            """
            default proto static
            	nexthop via 10.0.0.1 dev eth0 weight 2 onlink
            	nexthop via 10.0.0.2 dev eth1 weight 1 dead linkdown
            10.0.0.0/24 dev eth0 scope link
            """);
    List<Route> routes = only(reading, Fact.Routes.class).listing().entries();
    assertThat(routes).hasSize(2);
    assertThat(routes.getFirst().nextHops()).extracting(NextHop::weight).containsExactly(2, 1);
    assertThat(routes.getFirst().nextHops().getLast().isUsable()).isFalse();
    assertThat(reading.unread()).isEmpty();
  }

  @Test
  void a_multipath_route_may_stand_on_one_line() {
    assertThat(
            route(
                    "default nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.2 dev eth1"
                        + " weight 3")
                .nextHops())
        .extracting(NextHop::weight)
        .containsExactly(1, 3);
  }

  @Test
  void an_ipv4_route_may_have_an_ipv6_router() {
    Route route = route("10.9.0.0/16 via inet6 fe80::1 dev eth0");
    assertThat(route.destination().family()).isEqualTo(IpFamily.IPV4);
    assertThat(route.nextHops().getFirst().gateway()).hasValue(IpAddress.of("fe80::1"));
    assertThat(route("default via inet6 fe80::1 dev eth0").destination())
        .isEqualTo(IpPrefix.of("0.0.0.0/0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.1 linkdown",
        "10.0.0.0/24 dev eth0 mtu lock 1400 advmss 1360 window 100",
        "10.0.0.0/24 nhid 12 via 10.0.0.1 dev eth0 rtt 3ms",
        "fe80::/64 dev eth0 proto kernel metric 256 pref medium",
        "fe80::/64 dev eth0 metric 256 expires 86329sec mtu 1500 hoplimit 64 pref medium",
        "unreachable default dev lo table unspec proto kernel metric 4294967295 error -101",
        "2001:db8::/32 from 2001:db8:1::/48 via fe80::1 dev eth0 metric 1024",
        "10.0.0.1 dev eth0 src 10.0.0.2 realm 3 cwnd 10",
        "172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 dead linkdown",
        "10/8 dev eth0",
        "local 10.0.0.1 dev eth0 table local proto kernel scope host src 10.0.0.1",
        "10.0.0.0/24 encap mpls 100/200 via 10.0.0.1 dev eth0",
        "10.0.0.0/24 encap ip id 7 src 10.0.0.1 dst 10.0.0.2 ttl 0 tos 0 dev tun0 scope link",
        "default via 10.0.0.1 dev eth0 tos 0x10 proto 112",
        "multicast ff00::/8 dev eth0 table local proto kernel metric 256 pref medium",
        "anycast fe80:: dev eth0 table local proto kernel metric 0 pref medium",
        "broadcast 10.0.0.255 dev eth0 table 255 proto kernel scope link src 10.0.0.1 offload",
      })
  void every_attribute_is_understood(String line) {
    assertThat(read("ip route show table all", line).unread()).isEmpty();
  }

  @Test
  void a_remark_behind_a_route_costs_the_remark_only() {
    Reading reading =
        read(
            "ip route",
            "10.222.1.0/24 via 10.222.1.1 dev antrea-gw0 onlink Pod subnet of Worker 1");
    assertThat(only(reading, Fact.Routes.class).listing().entries()).hasSize(1);
    assertThat(reading.unread())
        .singleElement()
        .satisfies(unread -> {
          assertThat(unread.tail()).isTrue();
          assertThat(unread.line().text()).isEqualTo("Pod subnet of Worker 1");
        });
  }

  @Test
  void a_name_for_a_type_of_service_is_its_number() {
    assertThat(route("10.0.0.0/8 tos lowdelay via 10.1.0.1 dev eth0").tos())
        .isEqualTo(OptionalInt.of(0x10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/8 tos nothing-known via 10.1.0.1 dev eth0",
        "default via gateway.example dev eth0",
        "2001:db8::/32 from nowhere dev eth0",
      })
  void a_route_of_which_something_that_decides_is_not_understood_is_none(String line) {
    Reading reading = read("ip route", line + "\n10.0.0.0/8 dev eth0");
    assertThat(only(reading, Fact.Routes.class).listing().entries()).hasSize(1);
    assertThat(only(reading, Fact.Routes.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(reading.unread()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev eth0; 10.0.0.0/8 via 10.1.0.1 scope site src 10.1.0.9 metric 5",
        "via 10.1.0.1; 10.0.0.0/8 dev eth0 scope site src 10.1.0.9 metric 5",
        "src 10.1.0.9; 10.0.0.0/8 via 10.1.0.1 dev eth0 scope site metric 5",
        "scope site; 10.0.0.0/8 via 10.1.0.1 dev eth0 src 10.1.0.9 metric 5",
        "metric 5; 10.0.0.0/8 via 10.1.0.1 dev eth0 scope site src 10.1.0.9",
      })
  void what_was_asked_for_is_of_all_routes_that_are_shown(String listing) {
    String[] parts = listing.split("; ", -1);
    Route shown =
        only(read("ip route show " + parts[0], parts[1]), Fact.Routes.class)
            .listing()
            .entries()
            .getFirst();
    Route whole = route("10.0.0.0/8 via 10.1.0.1 dev eth0 scope site src 10.1.0.9 metric 5");
    assertThat(shown.nextHops()).isEqualTo(whole.nextHops());
    assertThat(shown.preferredSource()).isEqualTo(whole.preferredSource());
    assertThat(shown.scope()).isEqualTo(whole.scope());
    assertThat(shown.metric()).isEqualTo(whole.metric());
  }

  @Test
  void numbers_stand_for_types_and_scopes() {
    Reading reading =
        read("ip -N route", "6 10.1.0.0/16 proto 80\n10.0.0.0/8 dev eth0 proto 2 scope 253\n");
    List<Route> routes = only(reading, Fact.Routes.class).listing().entries();
    assertThat(routes.getFirst().type()).isEqualTo(RouteType.BLACKHOLE);
    assertThat(routes.getLast().scope()).hasValue("link");
  }

  @Test
  void next_hops_of_a_route_that_is_not_understood_are_nobodys() {
    Reading reading =
        read(
            "ip route",
            """
            10.1.0.0/16 dev eth0
            something 10.2.0.0/16
            	nexthop via 10.0.0.2 dev eth1 weight 1
            	nexthop via 10.0.0.3 dev eth1 weight 1
            10.3.0.0/16 dev eth0
            """);
    Fact.Routes routes = only(reading, Fact.Routes.class);
    assertThat(routes.listing().entries())
        .extracting(route -> route.nextHops().size())
        .containsExactly(1, 1);
    assertThat(routes.listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(reading.unread()).hasSize(3);
  }

  @Test
  void a_line_that_is_no_route_costs_itself_only() {
    Reading reading =
        read("ip route", "default via 10.0.0.1 dev eth0\nWhat now?\n10.0.0.0/8 dev eth0");
    assertThat(only(reading, Fact.Routes.class).listing().entries()).hasSize(2);
    assertThat(reading.unread()).hasSize(1);
  }

  @Test
  void no_table_means_main_and_all_means_every_table_of_both_families() {
    Fact.Routes main = only(read("ip route", ""), Fact.Routes.class);
    assertThat(main.table()).isEqualTo("main");
    assertThat(main.listing().coverage()).isEqualTo(Coverage.COMPLETE);
    Reading all =
        read(
            "ip route show table all",
            "default via 10.0.0.1 dev eth0\nlocal ::1 dev lo table 255\n");
    assertThat(facts(all, Fact.AllRoutes.class))
        .extracting(Fact.AllRoutes::family)
        .containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    assertThat(facts(all, Fact.Routes.class))
        .extracting(routes -> routes.family() + " " + routes.table())
        .containsExactly("IPV4 main", "IPV6 local");
    assertThat(facts(read("ip -6 r s t all", ""), Fact.AllRoutes.class)).hasSize(1);
    assertThat(only(read("ip r s table 100", ""), Fact.Routes.class).table()).isEqualTo("100");
    assertThat(only(read("ip -6 route", ""), Fact.Routes.class).family()).isEqualTo(IpFamily.IPV6);
  }

  @Test
  void a_question_for_some_routes_is_a_part_of_the_table() {
    assertThat(only(read("ip route show dev eth0", ""), Fact.Routes.class).listing().coverage())
        .isEqualTo(Coverage.PARTIAL);
    assertThat(only(read("ip route list 10.0.0.0/8", ""), Fact.Routes.class).listing().coverage())
        .isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void what_was_learned_is_kept_apart_from_the_tables() {
    List<Fact> facts =
        read(
                "ip route show cache",
                "10.0.0.1 via 10.0.0.2 dev eth0\n    cache expires 5sec mtu 1400\n")
            .facts();

    assertThat(facts).hasSize(1);
    Fact.Routes cache = (Fact.Routes) facts.getFirst();
    assertThat(cache.table()).isEqualTo(RouteTables.CACHE);
    assertThat(cache.listing().entries().getFirst().mtu()).hasValue(1400);
  }

  @Test
  void json_tells_the_same_as_text() {
    String json =
        """
        [ {
                "dst": "10.1.0.0/24",
                "dev": "br0",
                "protocol": "kernel",
                "scope": "link",
                "prefsrc": "10.1.0.1",
                "flags": [ ]
            },{
                "dst": "10.8.0.0/16",
                "flags": [ ],
                "nexthops": [ {
                        "gateway": "10.1.0.2",
                        "dev": "br0",
                        "weight": 2,
                        "flags": [ "onlink" ]
                    },{
                        "via": { "family": "inet6", "host": "fe80::1" },
                        "dev": "br0",
                        "weight": 1,
                        "flags": [ ]
                    } ]
            },{
                "type": "blackhole",
                "dst": "10.9.0.0/16",
                "flags": [ ]
            } ]
        """;
    Reading reading = read("ip -j -p route", json);
    List<Route> routes = only(reading, Fact.Routes.class).listing().entries();
    assertThat(reading.unread()).isEmpty();
    assertThat(routes).extracting(route -> route.source().line()).containsExactly(2, 9, 23);
    assertThat(routes.get(1).nextHops()).extracting(NextHop::weight).containsExactly(2, 1);
    assertThat(routes.get(1).nextHops().getLast().gateway()).hasValue(IpAddress.of("fe80::1"));
    assertThat(routes.get(2).type()).isEqualTo(RouteType.BLACKHOLE);
  }

  @Test
  void broken_json_gives_what_stands_before_the_break() {
    Reading reading = read("ip -j route", "[{\"dst\":\"10.0.0.0/8\",\"dev\":\"a\"},\n{\"dst\":");
    assertThat(only(reading, Fact.Routes.class).listing().entries()).hasSize(1);
    assertThat(reading.unread()).isNotEmpty();
  }
}
