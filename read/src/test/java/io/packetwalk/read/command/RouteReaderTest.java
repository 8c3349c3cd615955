package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteReaderTest {
  private final RouteReader reader = new RouteReader();

  private static final String TABLE =
      """
      Kernel IP routing table
      Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
      0.0.0.0         10.1.0.254      0.0.0.0         UG    100    0        0 eth0
      10.1.0.0        0.0.0.0         255.255.255.0   U     0      0        0 eth0
      10.7.0.0        -               255.255.255.0   !     0      -        0 -
      10.9.0.0        0.0.0.0         255.255.255.192 U     0      0        0 *
      10.9.0.3        0.0.0.0         255.255.255.255 UH    0      0        0 cali123
      """;

  @Test
  void a_kernel_table_becomes_routes_of_the_main_table() {
    Fact.Routes routes = Shown.by(reader, "route -n", TABLE).fact(Fact.Routes.class);
    assertThat(routes.family()).isEqualTo(IpFamily.IPV4);
    assertThat(routes.table()).isEqualTo(RouteTables.MAIN);
    assertThat(routes.listing().coverage()).isEqualTo(Coverage.COMPLETE);
    assertThat(routes.listing().entries())
        .extracting(route -> route.destination().toString())
        .containsExactly("0.0.0.0/0", "10.1.0.0/24", "10.7.0.0/24", "10.9.0.0/26", "10.9.0.3/32");
    Route first = routes.listing().entries().getFirst();
    assertThat(first.nextHops())
        .containsExactly(NextHop.of(Optional.of(IpAddress.of("10.1.0.254")), Optional.of("eth0")));
    assertThat(first.metric()).hasValue(100);
    assertThat(first.source().position()).isEqualTo("node1.txt:4");
  }

  @Test
  void a_route_without_a_device_is_a_blackhole_and_one_with_the_reject_flag_unreachable() {
    List<Route> routes =
        Shown.by(reader, "route -n", TABLE).fact(Fact.Routes.class).listing().entries();
    assertThat(routes.get(2).type()).isEqualTo(RouteType.UNREACHABLE);
    assertThat(routes.get(3).type()).isEqualTo(RouteType.BLACKHOLE);
    assertThat(routes.get(3).nextHops()).isEmpty();
  }

  @Test
  void a_name_costs_its_line_and_the_completeness() {
    Shown shown =
        Shown.by(
            reader,
            "route",
            """
            Kernel IP routing table
            Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
            default         _gateway        0.0.0.0         UG    100    0        0 eth0
            link-local      0.0.0.0         255.255.0.0     U     1002   0        0 eth0
            office          0.0.0.0         255.255.255.0   U     0      0        0 eth0
            10.3.0.0        *               255.255.255.0   U     0      0        0 eth1
            """);
    assertThat(shown.unread()).hasSize(2);
    assertThat(shown.fact(Fact.Routes.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(shown.fact(Fact.Routes.class).listing().entries())
        .extracting(Route::destination)
        .containsExactly(IpPrefix.of("169.254.0.0/16"), IpPrefix.of("10.3.0.0/24"));
  }

  @Test
  void a_note_behind_the_table_leaves_it_complete() {
    Shown shown = Shown.by(reader, "route -n", TABLE + "\nWhere is the pod's route?\n");
    assertThat(shown.unread()).containsExactly("Where is the pod's route?");
    assertThat(shown.fact(Fact.Routes.class).listing().isComplete()).isTrue();
  }

  @Test
  void lines_left_out_make_the_table_partial() {
    Shown shown = Shown.withGap(reader, "route -n", TABLE);
    assertThat(shown.fact(Fact.Routes.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void netstat_shows_no_metric() {
    Route route =
        Shown.by(
                reader,
                "netstat -rn",
                """
                Kernel IP routing table
                Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
                10.2.0.0        10.1.0.1        255.255.0.0     UG        0 0          0 eth0
                """)
            .fact(Fact.Routes.class)
            .listing()
            .entries()
            .getFirst();
    assertThat(route.metric()).isEmpty();
    assertThat(route.nextHops().getFirst().device()).contains("eth0");
  }

  @Test
  void ipv6_rows_go_to_the_main_and_the_local_table() {
    Shown shown =
        Shown.by(
            reader,
            "route -6n",
            """
            Kernel IPv6 routing table
            Destination                    Next Hop                   Flag Met Ref Use If
            fd01::/64                      fd00::2                    UG   1024 1      0 eth0
            fd03::/64                      ::                         !n   1024 1      0 lo
            ::/0                           ::                         !n   -1  1      0 lo
            ::1/128                        ::                         Un   0   2      0 lo
            ff00::/8                       ::                         U    256 1      0 eth0
            """);
    assertThat(shown.unread()).isEmpty();
    List<Fact.Routes> tables = shown.facts(Fact.Routes.class);
    assertThat(tables).extracting(Fact.Routes::table).containsExactly("main", "local");
    assertThat(tables.getFirst().listing().entries())
        .extracting(Route::type)
        .containsExactly(RouteType.UNICAST, RouteType.UNREACHABLE);
    assertThat(tables.getLast().listing().entries())
        .extracting(Route::type)
        .containsExactly(RouteType.LOCAL, RouteType.MULTICAST);
  }

  @Test
  void a_command_that_changes_routes_is_not_this_reader_s() {
    assertThat(reader.recognise(Shown.run("route add default gw 10.0.0.1", "", false))).isEmpty();
    assertThat(reader.recognise(Shown.run("netstat -tlnp", "", false))).isEmpty();
  }

  @Test
  void an_output_without_a_heading_says_nothing() {
    assertThat(Shown.by(reader, "route -n", "").reading().facts()).isEmpty();
  }
}
