package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.net.WireguardTunnel;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireguardReaderTest {
  private final WireguardReader reader = new WireguardReader();

  private WireguardTunnel only(String command, String output) {
    List<WireguardTunnel> all =
        Shown.by(reader, command, output).fact(Fact.Wireguard.class).listing().entries();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void devices_have_a_key_a_port_a_mark_and_peers() {
    WireguardTunnel tunnel =
        only(
            "wg show",
            """
            interface: wireguard.cali
              public key: QgrdRb7/8J9aEp5mx6aIoE=
              private key: (hidden)
              listening port: 51820
              fwmark: 0x200000

            peer: 9vTbm0kV0nPAJb1fBCYPjA=
              endpoint: 192.0.2.2:51820
              allowed ips: 10.244.1.0/24, fd00:1::/64
              latest handshake: 1 minute, 3 seconds ago
              transfer: 1.21 KiB received, 1.09 KiB sent

            peer: xTIBA5rboUvnH4htodjb6e=
              endpoint: [2001:db8::3]:51821
              allowed ips: (none)
            """);

    assertThat(tunnel.device()).isEqualTo("wireguard.cali");
    assertThat(tunnel.publicKey()).contains("QgrdRb7/8J9aEp5mx6aIoE=");
    assertThat(tunnel.port()).hasValue(51820);
    assertThat(tunnel.mark()).isEqualTo(0x200000);
    WireguardTunnel.Peer first = tunnel.peers().getFirst();
    assertThat(first.endpoint()).contains(IpAddress.of("192.0.2.2"));
    assertThat(first.allowed())
        .containsExactly(IpPrefix.of("10.244.1.0/24"), IpPrefix.of("fd00:1::/64"));
    assertThat(first.heard()).isTrue();
    WireguardTunnel.Peer second = tunnel.peers().getLast();
    assertThat(second.endpointPort()).hasValue(51821);
    assertThat(second.allowed()).isEmpty();
    assertThat(second.heard()).isFalse();
    assertThat(tunnel.peerFor(IpAddress.of("10.244.1.9"))).contains(first);
    assertThat(tunnel.peerFor(IpAddress.of("10.244.2.9"))).isEmpty();
  }

  @Test
  void a_dump_of_all_devices_says_the_same() {
    WireguardTunnel tunnel =
        only(
            "wg show all dump",
            "wg0\tcHJpdmF0ZQ==\tQgrd=\t51820\toff\n"
                + "wg0\t9vTb=\t(none)\t192.0.2.2:51820\t10.1.0.0/24,10.2.0.0/24\t0\t0\t0\toff\n");

    assertThat(tunnel.mark()).isZero();
    assertThat(tunnel.peers().getFirst().allowed()).hasSize(2);
    assertThat(tunnel.peers().getFirst().heard()).isFalse();
  }

  @Test
  void a_configuration_names_the_device_on_the_command_line() {
    WireguardTunnel tunnel =
        only(
            "wg showconf wg0",
            """
            [Interface]
            ListenPort = 51820
            PrivateKey = cHJpdmF0ZQ==

            [Peer]
            PublicKey = 9vTb=
            AllowedIPs = 10.1.0.0/24
            Endpoint = 192.0.2.2:51820
            """);

    assertThat(tunnel.device()).isEqualTo("wg0");
    assertThat(tunnel.publicKey()).isEmpty();
    assertThat(tunnel.peers().getFirst().publicKey()).isEqualTo("9vTb=");
  }

  @Test
  void a_message_is_left_unread() {
    Shown shown = Shown.by(reader, "wg show", "Unable to access interface: No such device\n");

    assertThat(shown.reading().facts()).isEmpty();
  }
}
