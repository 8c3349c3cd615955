package io.packetwalk.read.command;

import static io.packetwalk.read.command.Outputs.facts;
import static io.packetwalk.read.command.Outputs.only;
import static io.packetwalk.read.command.Outputs.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.GreFields;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.LinkState;
import io.packetwalk.model.net.MulticastSnooping;
import io.packetwalk.model.net.PeerNamespace;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.model.net.UdpChecksums;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IpLinkReaderTest {
  private static final String LO =
      """
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
             valid_lft forever preferred_lft forever
      """;

  private static List<Device> devices(String command, String output) {
    Reading reading = read(command, output);
    assertThat(reading.unread()).isEmpty();
    return only(reading, Fact.Devices.class).listing().entries();
  }

  private static DeviceKind kind(String header, String link, String kind) {
    return devices("ip -d link", header + "\n    " + link + "\n    " + kind + "\n")
        .getFirst()
        .kind();
  }

  @Test
  void a_device_has_what_its_lines_show() {
    Device device =
        devices(
                "ip -d addr",
                """
                13: cali4e7@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1440 qdisc noqueue master br0 state UP group default
                    link/ether ee:ee:ee:ee:ee:ee brd ff:ff:ff:ff:ff:ff link-netns cni-1 promiscuity 0 minmtu 68
                    veth numtxqueues 2
                """)
            .getFirst();
    assertThat(device.name()).isEqualTo("cali4e7");
    assertThat(device.index()).isEqualTo(OptionalInt.of(13));
    assertThat(device.peerIndex()).isEqualTo(OptionalInt.of(4));
    assertThat(device.lower()).isEmpty();
    assertThat(device.peerNamespace()).hasValue(new PeerNamespace.Named("cni-1"));
    assertThat(device.mtu()).isEqualTo(OptionalInt.of(1440));
    assertThat(device.master()).hasValue("br0");
    assertThat(device.state()).isEqualTo(LinkState.UP);
    assertThat(device.mac()).hasValue(MacAddress.of("ee:ee:ee:ee:ee:ee"));
    assertThat(device.kind()).isEqualTo(new DeviceKind.Veth());
    assertThat(device.kindShown()).isTrue();
    assertThat(device.isUp()).hasValue(true);
  }

  @Test
  void the_kind_is_read_with_its_settings() {
    assertThat(
            kind(
                "5: vx: <UP> mtu 1450",
                "link/ether b6:39:94:fb:ec:15 brd ff:ff:ff:ff:ff:ff",
                "vxlan id 4096 local 10.0.0.1 dev eth0 srcport 0 0 dstport 8472 nolearning ttl"
                    + " auto"))
        .isEqualTo(
            new DeviceKind.Vxlan(
                OptionalInt.of(4096),
                Optional.of(IpAddress.of("10.0.0.1")),
                Optional.empty(),
                Optional.of("eth0"),
                OptionalInt.of(8472),
                false,
                false,
                false,
                true,
                OptionalInt.empty(),
                UdpChecksums.STRICT,
                DeviceKind.DontFragment.UNSET));
    assertThat(
            kind(
                "6: tun: <UP> mtu 1480",
                "link/ipip 10.0.0.1 peer 10.0.0.2",
                "ipip ipip remote 10.0.0.2 local 10.0.0.1 ttl 64 pmtudisc"))
        .isEqualTo(
            new DeviceKind.IpTunnel(
                TunnelMode.IPIP,
                Optional.of(IpAddress.of("10.0.0.1")),
                Optional.of(IpAddress.of("10.0.0.2")),
                Optional.empty(),
                OptionalInt.of(64),
                true,
                false,
                GreFields.NONE,
                Optional.of(IpFamily.IPV4),
                OptionalInt.empty()));
    assertThat(
            kind(
                "7: gre1@NONE: <UP> mtu 1476",
                "link/gre 10.0.0.1 brd 10.0.0.2",
                "gre remote 10.0.0.2 local any ttl inherit nopmtudisc key 0.0.0.7"))
        .isEqualTo(
            new DeviceKind.IpTunnel(
                TunnelMode.GRE,
                Optional.empty(),
                Optional.of(IpAddress.of("10.0.0.2")),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                false,
                new GreFields(OptionalLong.of(7), OptionalLong.of(7), false)));
    assertThat(
            ((DeviceKind.IpTunnel)
                    kind(
                        "9: tn1@NONE: <UP> mtu 1400",
                        "link/tunnel6 fd00:3::1 peer fd00:3::2",
                        "ip6tnl any remote fd00:3::2 local fd00:3::1 hoplimit 9 encaplimit 4"))
                .encapsulationLimit())
        .hasValue(4);
    assertThat(
            ((DeviceKind.IpTunnel)
                    kind(
                        "8: tn0@NONE: <UP> mtu 1400",
                        "link/ether 66:00:00:00:97:01 brd ff:ff:ff:ff:ff:ff",
                        "gretap remote 10.0.0.2 local any ttl 64 iseq ikey 0.0.0.20 okey 9"))
                .fields())
        .isEqualTo(new GreFields(OptionalLong.of(9), OptionalLong.of(20), true));
    assertThat(
            kind(
                "8: br0: <UP> mtu 1500",
                "link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff",
                "bridge forward_delay 1500 stp_state 1 vlan_filtering 0 nf_call_iptables 1"))
        .isEqualTo(new DeviceKind.Bridge(false, true, true, MulticastSnooping.NOT_SHOWN));
    assertThat(
            kind(
                "9: eth0.5@eth0: <UP> mtu 1500",
                "link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff",
                "vlan protocol 802.1Q id 5 <REORDER_HDR>"))
        .isEqualTo(new DeviceKind.Vlan(5, "eth0"));
    assertThat(
            kind(
                "9: red: <UP> mtu 1500",
                "link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff",
                "vrf table 10"))
        .isEqualTo(new DeviceKind.Vrf("10"));
    assertThat(
            kind(
                "9: gen: <UP> mtu 1450",
                "link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff",
                "geneve external id 0 dstport 6081"))
        .isEqualTo(
            new DeviceKind.Geneve(
                OptionalInt.of(0),
                Optional.empty(),
                OptionalInt.of(6081),
                true,
                OptionalInt.empty(),
                UdpChecksums.LENIENT,
                DeviceKind.DontFragment.UNSET));
    assertThat(
            kind(
                "9: mv@eth0: <UP> mtu 1450",
                "link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff",
                "macvlan mode bridge"))
        .isEqualTo(new DeviceKind.Macvlan("bridge", Optional.of("eth0")));
  }

  @Test
  void without_the_kind_it_is_concluded_carefully() {
    List<Device> devices =
        devices(
            "ip link",
            """
            1: lo: <LOOPBACK,UP> mtu 65536
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            2: eth0: <UP> mtu 1500
                link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
            3: veth1@if4: <UP> mtu 1500
                link/ether 02:00:00:00:00:03 brd ff:ff:ff:ff:ff:ff link-netnsid 0
            4: a@b: <UP> mtu 1500
                link/ether 02:00:00:00:00:04 brd ff:ff:ff:ff:ff:ff
            5: b@a: <UP> mtu 1500
                link/ether 02:00:00:00:00:05 brd ff:ff:ff:ff:ff:ff
            6: eth0.7@eth0: <UP> mtu 1500
                link/ether 02:00:00:00:00:06 brd ff:ff:ff:ff:ff:ff
            7: tunl0@NONE: <NOARP,UP> mtu 1440
                link/ipip 0.0.0.0 brd 0.0.0.0
            """);
    assertThat(devices)
        .extracting(device -> device.kind().getClass().getSimpleName())
        .containsExactly("Loopback", "Ethernet", "Veth", "Veth", "Veth", "Vlan", "IpTunnel");
    assertThat(devices).extracting(Device::kindShown).startsWith(true, false, false);
  }

  @Test
  void a_listing_without_the_loopback_device_was_cut_by_who_pasted_it() {
    String eth0 =
        """
        2: eth0: <UP> mtu 1500
            link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
            inet 10.0.0.1/24 scope global eth0
        """;
    Reading cut = read("ip a", eth0);
    assertThat(only(cut, Fact.Devices.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(only(cut, Fact.AddressesOfDevices.class).devices()).containsExactly("eth0");
    Reading whole = read("ip a", LO + eth0);
    assertThat(only(whole, Fact.Devices.class).listing().coverage()).isEqualTo(Coverage.COMPLETE);
    assertThat(only(whole, Fact.Addresses.class).listing().coverage()).isEqualTo(Coverage.COMPLETE);
  }

  @Test
  void addresses_have_peer_scope_and_flags() {
    Reading reading =
        read(
            "ip addr",
            """
            3: v1@v0: <UP> mtu 1500
                inet 10.2.0.1 peer 10.2.0.2/32 brd 10.2.0.255 scope global secondary v1
                inet6 fe80::1/64 scope link tentative
                inet6 2001:db8::1/64 scope global dynamic mngtmpaddr noprefixroute
                   valid_lft 86000sec preferred_lft 14000sec
                inet 10.3.0.1/24 metric 100 brd 10.3.0.255 scope global dynamic v1:alias
            """);
    assertThat(reading.unread()).isEmpty();
    List<InterfaceAddress> addresses =
        only(reading, Fact.AddressesOfDevices.class).listing().entries();
    assertThat(addresses).hasSize(4);
    assertThat(addresses.getFirst().peer()).hasValue(IpAddress.of("10.2.0.2"));
    assertThat(addresses.getFirst().prefixLength()).isEqualTo(32);
    assertThat(addresses.getFirst().secondary()).isTrue();
    assertThat(addresses.get(1).usable()).isFalse();
    assertThat(addresses.get(1).scope()).isEqualTo("link");
  }

  @Test
  void the_brief_layout_tells_state_and_addresses() {
    Reading reading =
        read(
            "ip -br a",
            """
            lo               UNKNOWN        127.0.0.1/8 ::1/128
            v1@v0            UP             10.2.0.1 peer 10.2.0.2/32 fe80::1/64
            vx               DOWN
            """);
    assertThat(reading.unread()).isEmpty();
    assertThat(only(reading, Fact.Devices.class).listing().entries())
        .extracting(Device::name)
        .containsExactly("lo", "v1", "vx");
    assertThat(only(reading, Fact.Addresses.class).listing().entries()).hasSize(4);
    assertThat(only(reading, Fact.Devices.class).everyAttribute()).isFalse();
    assertThat(
            devices("ip -br l", "br0   UP   a6:2d:03:ad:d1:2d <BROADCAST,UP>\n").getFirst().flags())
        .containsExactlyInAnyOrder("BROADCAST", "UP");
  }

  @Test
  void the_metric_of_an_address_does_not_hide_the_addresses_behind_it() {
    Reading reading =
        read("ip -br a", "lo UNKNOWN 127.0.0.1/8\neth0 UP 10.1.0.5/24 metric 100 10.1.0.6/24\n");
    assertThat(reading.unread()).isEmpty();
    assertThat(only(reading, Fact.Addresses.class).listing().entries()).hasSize(3);
  }

  @Test
  void a_program_or_a_queue_that_decides_about_packets_is_told() {
    Reading reading =
        read(
            "ip -d link",
            """
            2: eth0: <UP,LOWER_UP> mtu 1500 xdp/id:5 qdisc mq state UP mode DEFAULT group default qlen 1000
                link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0
                prog/xdp id 5 tag 0123456789abcdef jited
            3: eth1: <UP,LOWER_UP> mtu 1500 qdisc netem state UP mode DEFAULT group default qlen 1000
                link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff promiscuity 0
            """);
    assertThat(reading.unread()).isEmpty();
    assertThat(only(reading, Fact.Devices.class).listing().entries())
        .extracting(Device::state)
        .containsOnly(LinkState.UP);
    assertThat(only(reading, Fact.Features.class).listing().entries())
        .extracting(feature -> feature.device() + " " + feature.name())
        .containsExactly("eth0 xdp", "eth1 egress");
  }

  @Test
  void the_layout_of_one_line_each_tells_the_same() {
    Reading reading =
        read(
            "ip -o a",
            """
            1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
            2: br0    inet 10.1.0.1/24 scope global br0\\       valid_lft forever preferred_lft forever
            2: br0    inet6 fe80::1/64 scope link tentative \\       valid_lft forever preferred_lft forever
            """);
    assertThat(reading.unread()).isEmpty();
    assertThat(only(reading, Fact.Devices.class).listing().entries()).hasSize(2);
    assertThat(only(reading, Fact.Devices.class).listing().coverage())
        .as("devices without addresses aren't shown")
        .isEqualTo(Coverage.PARTIAL);
    assertThat(only(reading, Fact.Addresses.class).listing().entries()).hasSize(3);
    assertThat(
            devices(
                "ip -o link",
                "2: br0: <UP> mtu 1500 qdisc noqueue state UP \\    link/ether 02:00:00:00:00:01"
                    + " brd ff:ff:ff:ff:ff:ff\n"))
        .extracting(Device::mac)
        .containsExactly(Optional.of(MacAddress.of("02:00:00:00:00:01")));
  }

  @Test
  void a_bridges_port_has_the_settings_that_are_shown() {
    Reading reading =
        read(
            "ip -d link",
            """
            4: v0@if5: <UP> mtu 1500 qdisc noqueue master br0 state UP
                link/ether a6:2d:03:ad:d1:2d brd ff:ff:ff:ff:ff:ff
                veth
                bridge_slave state forwarding priority 32 cost 2 hairpin off learning on isolated on
            """);
    Fact.BridgePorts ports = only(reading, Fact.BridgePorts.class);
    assertThat(ports.listing().entries().getFirst().bridge()).isEqualTo("br0");
    assertThat(ports.listing().entries().getFirst().setting("isolated")).hasValue(true);
    assertThat(ports.listing().entries().getFirst().state()).hasValue("forwarding");
  }

  @Test
  void counters_and_names_are_understood_and_not_kept() {
    assertThat(
            devices(
                "ip -s link",
                """
                2: eth0: <UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000
                    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
                    RX:  bytes packets errors dropped  missed   mcast
                       4242000    4200      0       0       0       0
                    TX:  bytes packets errors dropped carrier collsns
                       4242000    4200      0       0       0       0
                    altname enp0s3
                    alias uplink
                    vf 0 MAC 02:00:00:00:00:09, spoof checking on
                """))
        .hasSize(1);
  }

  @Test
  void json_tells_the_same_as_text() {
    Reading reading =
        read(
            "ip -j -d addr",
            """
            [{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP"],"mtu":65536,"operstate":"UNKNOWN","link_type":"loopback","address":"00:00:00:00:00:00","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host"}]},{},
            {"ifindex":4,"link_index":9,"ifname":"v0","flags":["UP"],"mtu":1500,"master":"br0","operstate":"UP","link_type":"ether","address":"a6:2d:03:ad:d1:2d","link_netnsid":2,"linkinfo":{"info_kind":"veth","info_slave_kind":"bridge","info_slave_data":{"state":"forwarding","hairpin":false}},"addr_info":[{"family":"inet","local":"10.2.0.1","address":"10.2.0.2","prefixlen":32,"scope":"global"}]},
            {"ifindex":5,"ifname":"vx","flags":[],"linkinfo":{"info_kind":"vxlan","info_data":{"id":5,"local":"10.0.0.1","link":"eth0","port":4789,"learning":false,"ttl":0}},"addr_info":[]}]
            """);
    assertThat(reading.unread()).isEmpty();
    List<Device> devices = only(reading, Fact.Devices.class).listing().entries();
    assertThat(devices).extracting(Device::name).containsExactly("lo", "v0", "vx");
    assertThat(devices.get(1).peerIndex()).isEqualTo(OptionalInt.of(9));
    assertThat(devices.get(1).peerNamespace()).hasValue(new PeerNamespace.Numbered(2));
    assertThat(devices.get(1).kind()).isEqualTo(new DeviceKind.Veth());
    assertThat(devices.get(2).kind())
        .isInstanceOfSatisfying(
            DeviceKind.Vxlan.class,
            vxlan -> {
              assertThat(vxlan.learning()).isFalse();
              assertThat(vxlan.port()).isEqualTo(OptionalInt.of(4789));
            });
    assertThat(facts(reading, Fact.BridgePorts.class)).hasSize(1);
    assertThat(only(reading, Fact.Addresses.class).listing().entries().getLast().peer())
        .hasValue(IpAddress.of("10.2.0.2"));
  }

  @Test
  void a_malformed_line_costs_itself_only() {
    Reading reading =
        read("ip a", LO + "2 eth0 garbage\n    inet 10.0.0.300/24 scope global eth0\n");
    assertThat(reading.unread()).hasSize(2);
    assertThat(only(reading, Fact.Devices.class).listing().entries()).hasSize(1);
  }
}
