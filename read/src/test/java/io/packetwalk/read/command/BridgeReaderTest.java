package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.BridgeVlan;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeReaderTest {
  private final BridgeReader reader = new BridgeReader();

  @Test
  void every_attribute_of_an_fdb_entry_is_read() {
    Shown shown =
        Shown.by(
            reader,
            "bridge fdb show",
            """
            02:00:00:00:00:02 dev veth0 vlan 1 master br0
            02:00:00:00:00:03 dev veth0 master br0 permanent
            02:00:00:00:00:09 dev vx0 dst 10.1.0.77 port 8472 vni 43 via eth0 self permanent
            02:00:00:00:00:0a dev vx0 dst fd00::1 src_vni 7 link-netnsid 2 self extern_learn
            33:33:00:00:00:01 dev eth0 self permanent
            """);
    assertThat(shown.unread()).isEmpty();
    List<FdbEntry> entries = shown.fact(Fact.Fdb.class).listing().entries();
    assertThat(entries.getFirst().master()).contains("br0");
    assertThat(entries.getFirst().vlan()).hasValue(1);
    assertThat(entries.get(1).flags()).containsExactly("permanent");
    FdbEntry tunnel = entries.get(2);
    assertThat(tunnel.remote()).contains(IpAddress.of("10.1.0.77"));
    assertThat(tunnel.vni()).hasValue(43);
    assertThat(tunnel.port()).hasValue(8472);
    assertThat(tunnel.via()).contains("eth0");
    assertThat(tunnel.self()).isTrue();
    assertThat(entries.get(3).flags())
        .containsExactly("extern_learn", "link-netnsid 2", "src_vni 7");
    assertThat(shown.fact(Fact.Fdb.class).listing().isComplete()).isTrue();
  }

  @Test
  void the_device_of_the_command_line_fills_in_for_the_missing_one() {
    Fact.Fdb fdb =
        Shown.by(reader, "bridge f s dev vx0", "02:00:00:00:00:09 dst 10.1.0.77 self permanent\n")
            .fact(Fact.Fdb.class);
    assertThat(fdb.listing().entries().getFirst().device()).isEqualTo("vx0");
    assertThat(fdb.ofDevice()).hasValue("vx0");
    assertThat(fdb.listing().isComplete()).isTrue();
  }

  @Test
  void a_listing_of_a_bridges_entries_leaves_others_out() {
    Fact.Fdb fdb =
        Shown.by(reader, "bridge fdb show br br0", "02:00:00:00:00:02 dev veth0 master br0\n")
            .fact(Fact.Fdb.class);
    assertThat(fdb.ofDevice()).isEmpty();
    assertThat(fdb.listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void ports_of_bridges_come_with_their_settings() {
    Shown shown =
        Shown.by(
            reader,
            "bridge -d link",
            """
            3: veth0@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1460 master br0 state forwarding priority 32 cost 2
                hairpin on guard off learning on flood on mcast_router 1 isolated off locked off
            5: vx0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 master br0 state blocking priority 32 cost 100
                hairpin off guard off
            """);
    assertThat(shown.unread()).isEmpty();
    List<BridgePort> ports = shown.fact(Fact.BridgePorts.class).listing().entries();
    assertThat(ports).extracting(BridgePort::device).containsExactly("veth0", "vx0");
    assertThat(ports.getFirst().setting("hairpin")).contains(true);
    assertThat(ports.getFirst().setting("isolated")).contains(false);
    assertThat(ports.getLast().state()).contains("blocking");
    assertThat(shown.fact(Fact.Devices.class).listing().entries())
        .allSatisfy(device -> assertThat(device.lower()).isEmpty());
  }

  @Test
  void ports_of_bridges_are_read_as_older_versions_print_them() {
    Shown shown =
        Shown.by(
            reader,
            "bridge link",
            """
            3: veth0 state UP @(null): <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 master br0 state forwarding priority 32 cost 2
            4: eth1 state UP : <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state blocking priority 32 cost 4
            """);
    assertThat(shown.unread()).isEmpty();
    List<BridgePort> ports = shown.fact(Fact.BridgePorts.class).listing().entries();
    assertThat(ports).extracting(BridgePort::device).containsExactly("veth0", "eth1");
    assertThat(ports.getLast().state()).contains("blocking");
  }

  @Test
  void vlans_of_both_layouts_are_read() {
    String modern =
        """
        port              vlan-id
        veth0             1 PVID Egress Untagged
                          10-20
        br0               1 PVID Egress Untagged
        """;
    String old = "port\tvlan ids\nveth0\t 1 PVID Egress Untagged\n\t 10-20\n\nbr0\tNone\n";
    List<BridgeVlan> vlans =
        Shown.by(reader, "bridge vlan", modern).fact(Fact.BridgeVlans.class).listing().entries();
    assertThat(vlans).extracting(BridgeVlan::device).containsExactly("veth0", "veth0", "br0");
    assertThat(vlans.getFirst().portVlan()).isTrue();
    assertThat(vlans.get(1).last()).isEqualTo(20);
    assertThat(
            Shown.by(reader, "bridge vlan show", old)
                .fact(Fact.BridgeVlans.class)
                .listing()
                .entries())
        .hasSize(2);
  }

  @Test
  void json_says_the_same_as_text() {
    Shown fdb =
        Shown.by(
            reader,
            "bridge -j fdb show",
            """
            [{"mac":"02:00:00:00:00:09","ifname":"vx0","dst":"10.1.0.77","vni":43,
              "flags":["self"],"state":"permanent"}]
            """);
    FdbEntry entry = fdb.fact(Fact.Fdb.class).listing().entries().getFirst();
    assertThat(entry.self()).isTrue();
    assertThat(entry.flags()).containsExactly("permanent");
    assertThat(entry.vni()).hasValue(43);
    Shown link =
        Shown.by(
            reader,
            "bridge -d -j link",
            """
            [{"ifindex":3,"ifname":"veth0","flags":["UP"],"mtu":1460,"master":"br0",
              "state":"forwarding","hairpin":true}]
            """);
    assertThat(link.fact(Fact.BridgePorts.class).listing().entries().getFirst().setting("hairpin"))
        .contains(true);
    Shown vlan =
        Shown.by(
            reader,
            "bridge -j vlan",
            """
            [{"ifname":"veth0","vlans":[{"vlan":1,"flags":["PVID","Egress Untagged"]},
              {"vlan":10,"vlanEnd":20}]}]
            """);
    assertThat(vlan.fact(Fact.BridgeVlans.class).listing().entries())
        .extracting(BridgeVlan::last)
        .containsExactly(1, 20);
  }

  @Test
  void json_that_breaks_off_keeps_what_came_before_and_is_partial() {
    Shown shown =
        Shown.by(
            reader,
            "bridge -j fdb",
            """
            [{"mac":"02:00:00:00:00:09","ifname":"vx0","flags":["self"]},{"mac":"02:00
            """);
    assertThat(shown.fact(Fact.Fdb.class).listing().entries()).hasSize(1);
    assertThat(shown.fact(Fact.Fdb.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(shown.unread()).hasSize(1);
  }

  @Test
  void no_output_is_an_empty_table_and_a_message_is_none() {
    assertThat(Shown.by(reader, "bridge link", "").fact(Fact.BridgePorts.class).listing())
        .satisfies(listing -> assertThat(listing.isComplete()).isTrue());
    assertThat(
            Shown.by(reader, "bridge fdb show br br9", "Cannot find bridge device \"br9\"\n")
                .reading()
                .facts())
        .isEmpty();
  }
}
