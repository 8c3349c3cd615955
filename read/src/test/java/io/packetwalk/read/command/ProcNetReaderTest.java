package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcNetReaderTest {
  private final ProcNetReader reader = new ProcNetReader();

  @Test
  void routes_of_ipv4_are_numbers_in_little_endian_order() {
    List<Route> routes =
        Shown.by(
                reader,
                "cat /proc/net/route",
                """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0101F40A\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth0\t0001F40A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                *\t0002F40A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                *\t0003F40A\t00000000\t0201\t0\t0\t0\t00FFFFFF\t0\t0\t0
                """)
            .fact(Fact.Routes.class)
            .listing()
            .entries();

    assertThat(routes)
        .extracting(Route::destination)
        .startsWith(IpPrefix.of("0.0.0.0/0"), IpPrefix.of("10.244.1.0/24"));
    assertThat(routes.getFirst().nextHops().getFirst().gateway())
        .contains(IpAddress.of("10.244.1.1"));
    assertThat(routes.get(1).nextHops().getFirst().gateway()).isEmpty();
    assertThat(routes.get(2).type()).isEqualTo(RouteType.BLACKHOLE);
    assertThat(routes.get(3).type()).isEqualTo(RouteType.UNREACHABLE);
  }

  @Test
  void routes_of_ipv6_are_told_apart_by_their_flags() {
    Shown shown =
        Shown.by(
            reader,
            "cat /proc/self/net/ipv6_route",
            """
            fd000001000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000001000000000000000000000001 00000400 00000001 00000000 00000003     eth0
            fd000001000000000000000000000005 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000002 00000000 80200001     eth0
            ff000000000000000000000000000000 08 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000002 00000000 00000001     eth0
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
            """);

    List<Fact.Routes> tables =
        shown.reading().facts().stream().map(Fact.Routes.class::cast).toList();
    assertThat(tables.getFirst().listing().entries())
        .extracting(route -> route.destination().toString())
        .containsExactly("fd00:1::/64", "::/0");
    assertThat(tables.getLast().table()).isEqualTo(RouteTables.LOCAL);
    assertThat(tables.getLast().listing().entries().getFirst().type()).isEqualTo(RouteType.LOCAL);
    assertThat(shown.unread()).isEmpty();
  }

  @Test
  void addresses_of_ipv6_have_a_scope_and_a_device() {
    List<InterfaceAddress> addresses =
        Shown.by(
                reader,
                "cat /proc/net/if_inet6",
                """
                00000000000000000000000000000001 01 80 10 80       lo
                fd000001000000000000000000000005 02 40 00 80     eth0
                fe80000000000000c45e9dfffe4b1c3a 02 40 20 c0     eth0
                """)
            .fact(Fact.Addresses.class)
            .listing()
            .entries();

    assertThat(addresses).hasSize(3);
    assertThat(addresses.get(1).address()).isEqualTo(IpAddress.of("fd00:1::5"));
    assertThat(addresses.get(1).prefixLength()).isEqualTo(64);
    assertThat(addresses.get(2).scope()).isEqualTo("link");
    assertThat(addresses.get(2).usable()).isFalse();
  }

  @Test
  void local_addresses_stand_in_the_trie() {
    List<Route> local =
        Shown.by(
                reader,
                "cat /proc/net/fib_trie",
                """
                Main:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 0.0.0.0
                        /0 universe UNICAST
                     |-- 10.244.1.5
                        /32 host LOCAL
                Local:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 10.244.1.5
                        /32 host LOCAL
                """)
            .fact(Fact.Routes.class)
            .listing()
            .entries();

    assertThat(local).extracting(Route::destination).containsExactly(IpPrefix.of("10.244.1.5/32"));
  }

  @Test
  void what_is_no_row_is_left_unread() {
    Shown shown = Shown.by(reader, "cat /proc/net/route", "cat: can't open '/proc/net/route'\n");

    assertThat(shown.reading().facts()).isEmpty();
    assertThat(shown.unread()).hasSize(1);
  }
}
