package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.wire.decode.Tunnel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecodeStateTest {
  @Test
  void tunnel_devices_tell_which_port_is_which_tunnel() {
    String session =
        """
        root@worker1:~# ip -d link
        5: overlay: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN mode DEFAULT group default
            link/ether 66:3b:fc:a1:60:0b brd ff:ff:ff:ff:ff:ff promiscuity 0
            vxlan id 1 local 192.168.50.11 dev eth0 srcport 0 0 dstport 9472 nolearning ttl auto ageing 300
        6: gen0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN mode DEFAULT group default
            link/ether 66:3b:fc:a1:60:0c brd ff:ff:ff:ff:ff:ff promiscuity 0
            geneve id 7 remote 192.168.50.12 ttl auto dstport 9081
        """;
    DecodeState state = DecodeState.of(StateReader.read(StateFiles.of("worker1.txt", session)));
    assertThat(state.ports())
        .containsExactly(Map.entry(9081, Tunnel.GENEVE), Map.entry(9472, Tunnel.VXLAN));
  }
}
