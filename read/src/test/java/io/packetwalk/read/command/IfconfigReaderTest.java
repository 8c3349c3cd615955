package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class IfconfigReaderTest {
  private final IfconfigReader reader = new IfconfigReader();

  private static final String NEW_FORM =
      """
      eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1450
              inet 10.1.0.5  netmask 255.255.255.0  broadcast 10.1.0.255
              inet6 fe80::1  prefixlen 64  scopeid 0x20<link>
              ether 02:00:00:00:00:05  txqueuelen 1000  (Ethernet)
              RX packets 10  bytes 840 (840.0 B)
              TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

      eth0:1: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1450
              inet 10.1.0.6  netmask 255.255.255.255  broadcast 0.0.0.0
              ether 02:00:00:00:00:05  txqueuelen 1000  (Ethernet)

      tunl0: flags=193<UP,RUNNING,NOARP>  mtu 1440
              inet 10.9.0.64  netmask 255.255.255.255
              tunnel   txqueuelen 1000  (IPIP Tunnel)
      """;

  @Test
  void the_new_form_gives_devices_and_addresses() {
    Shown shown = Shown.by(reader, "ifconfig -a", NEW_FORM);
    assertThat(shown.unread()).isEmpty();
    List<Device> devices = shown.fact(Fact.Devices.class).listing().entries();
    assertThat(devices).extracting(Device::name).containsExactly("eth0", "tunl0");
    assertThat(devices.getFirst().mtu()).hasValue(1450);
    assertThat(devices.getFirst().mac()).contains(MacAddress.of("02:00:00:00:00:05"));
    assertThat(devices.getFirst().isUp()).contains(true);
    assertThat(devices.getLast().kind()).isInstanceOf(DeviceKind.IpTunnel.class);
    List<Fact.Addresses> addresses = shown.facts(Fact.Addresses.class);
    assertThat(addresses.getFirst().listing().entries())
        .extracting(address -> address.device() + " " + address.address())
        .containsExactly("eth0 10.1.0.5", "eth0 10.1.0.6", "tunl0 10.9.0.64");
    assertThat(addresses.getLast().listing().entries())
        .extracting(InterfaceAddress::scope)
        .containsExactly("link");
  }

  @Test
  void the_old_form_gives_the_same() {
    Shown shown =
        Shown.by(
            reader,
            "ifconfig -a",
            """
            eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:05
                      inet addr:10.1.0.5  Bcast:10.1.0.255  Mask:255.255.255.0
                      inet6 addr: fe80::1/64 Scope:Link
                      UP BROADCAST RUNNING MULTICAST  MTU:1450  Metric:1
                      RX packets:10 errors:0 dropped:0 overruns:0 frame:0
                      collisions:0 txqueuelen:1000
                      RX bytes:840 (840.0 B)  TX bytes:0 (0.0 B)

            lo        Link encap:Local Loopback
                      inet addr:127.0.0.1  Mask:255.0.0.0
                      inet6 addr: ::1/128 Scope:Host
                      UP LOOPBACK RUNNING  MTU:65536  Metric:1
            """);
    assertThat(shown.unread()).isEmpty();
    List<Device> devices = shown.fact(Fact.Devices.class).listing().entries();
    assertThat(devices.getFirst().mtu()).hasValue(1450);
    assertThat(devices.getFirst().mac()).contains(MacAddress.of("02:00:00:00:00:05"));
    assertThat(devices.getLast().kind()).isInstanceOf(DeviceKind.Loopback.class);
    assertThat(shown.facts(Fact.Addresses.class).getFirst().listing().entries())
        .extracting(address -> address.subnet().toString())
        .containsExactly("10.1.0.0/24", "127.0.0.0/8");
  }

  @Test
  void only_a_listing_of_all_devices_is_complete() {
    Shown up = Shown.by(reader, "ifconfig", NEW_FORM);
    assertThat(up.fact(Fact.Devices.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    Shown all = Shown.by(reader, "ifconfig -a", NEW_FORM);
    assertThat(all.fact(Fact.Devices.class).listing().coverage()).isEqualTo(Coverage.COMPLETE);
  }

  @Test
  void secondary_addresses_may_be_missing_so_ipv4_is_never_complete() {
    Shown shown = Shown.by(reader, "ifconfig eth0", NEW_FORM);
    List<Fact.Addresses> addresses = shown.facts(Fact.Addresses.class);
    assertThat(addresses.getFirst().listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(addresses.getLast().listing().coverage()).isEqualTo(Coverage.COMPLETE);
    assertThat(addresses.getLast().ofDevice()).contains("eth0");
  }

  @Test
  void a_message_is_left_unread_and_says_nothing() {
    Shown shown = Shown.by(reader, "ifconfig eth9", "eth9: error fetching interface information\n");
    assertThat(shown.reading().facts()).isEmpty();
    assertThat(shown.unread()).hasSize(1);
  }

  @Test
  void an_address_that_was_cut_off_costs_its_line() {
    Shown shown = Shown.by(reader, "ifconfig", "eth0: flags=4163<UP>  mtu 1500\n        inet\n");
    assertThat(shown.unread()).hasSize(1);
  }
}
