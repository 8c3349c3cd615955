package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.BridgeGroups;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BridgeMdbTest {
  private static final String SHOWN =
      """
      dev br0 port p1 grp 239.4.4.4 src 10.0.1.9 permanent proto static
      dev br0 port p1 grp 01:00:5e:09:08:07 permanent proto static
      dev br0 port p2 grp ff05::77 temp vid 10
      dev br0 port br0 grp 239.1.1.1 temp
      dev br1 port p3 grp 239.1.1.1 filter_mode include source_list 10.0.1.9/0.00 proto kernel
      router ports on br0: p1  251.52 temp p3  0.00 permanent
      """;

  private static List<BridgeGroups> read(String command, String output) {
    return Shown.by(new BridgeReader(), command, output)
        .fact(Fact.BridgeDatabases.class)
        .listing()
        .entries();
  }

  @Test
  void every_bridge_has_its_groups_and_its_ports_to_routers() {
    List<BridgeGroups> bridges = read("bridge -d -s mdb show", SHOWN);

    assertThat(bridges)
        .extracting(BridgeGroups::bridge)
        .containsExactly("br0", "br1", BridgeGroups.OTHERS);
    assertThat(bridges.getFirst().routers()).contains(List.of("p1", "p3"));
    assertThat(bridges.getFirst().entries())
        .extracting(BridgeGroups.Entry::group)
        .containsExactly(
            IpAddress.of("239.4.4.4"), IpAddress.of("ff05::77"), IpAddress.of("239.1.1.1"));
    assertThat(bridges.getFirst().entries().getFirst().sender()).contains(IpAddress.of("10.0.1.9"));
    assertThat(bridges.getFirst().entries().get(1).vlan()).isEqualTo(OptionalInt.of(10));
    assertThat(bridges.get(1).entries().getFirst().isBySource()).isTrue();
  }

  @Test
  void without_details_the_ports_to_routers_arent_known() {
    assertThat(read("bridge mdb", "dev br0 port p2 grp 239.1.1.1 temp").getFirst().routers())
        .isEqualTo(Optional.empty());
  }

  @Test
  void one_bridge_that_is_asked_for_is_known_wholly_and_no_other() {
    var listing =
        Shown.by(new BridgeReader(), "bridge -d mdb show dev br0", "")
            .fact(Fact.BridgeDatabases.class)
            .listing();

    assertThat(listing.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(listing.entries().getFirst().entries()).isEmpty();
  }

  @Test
  void a_line_that_cant_be_read_leaves_all_bridges_unknown() {
    assertThat(
            Shown.by(new BridgeReader(), "bridge mdb show", "dev br0 port p2 grp nonsense temp")
                .reading()
                .facts())
        .isEmpty();
    assertThat(Shown.by(new BridgeReader(), "bridge mdb show dev br0 vid 3", "").reading().facts())
        .isEmpty();
  }

  @Test
  void json_tells_the_same() {
    List<BridgeGroups> bridges =
        read(
            "bridge -j -d mdb show",
            """
            [{"mdb":[{"index":2,"dev":"br0","port":"p2","grp":"239.1.1.1","state":"temp","protocol":"kernel","flags":[]},
            {"index":2,"dev":"br0","port":"p1","grp":"01:00:5e:09:08:07","state":"permanent","flags":[]}],
            "router":{"br0":[{"port":"p3"}],"br9":[{"port":"p9"}]}}]
            """);

    assertThat(bridges)
        .extracting(BridgeGroups::bridge)
        .containsExactly("br0", "br9", BridgeGroups.OTHERS);
    assertThat(bridges.getFirst().entries()).hasSize(1);
    assertThat(bridges.getFirst().routers()).contains(List.of("p3"));
  }
}
