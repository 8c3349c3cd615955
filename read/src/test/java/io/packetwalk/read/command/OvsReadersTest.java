package io.packetwalk.read.command;

import static io.packetwalk.read.command.Outputs.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.wire.MacAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OvsReadersTest {
  @Test
  void a_bridges_ports_have_their_numbers_and_addresses() {
    Reading reading =
        Outputs.read(
            "ovs-ofctl show br-int",
            """
            OFPT_FEATURES_REPLY (xid=0x2): dpid:0000c6d974e83943
            n_tables:254, n_buffers:0
            capabilities: FLOW_STATS TABLE_STATS
            actions: output enqueue
             1(antrea-tun0): addr:f6:02:a1:20:ca:f3
                 config:     0
                 state:      0
                 speed: 0 Mbps now, 0 Mbps max
             LOCAL(br-int): addr:4e:99:08:c1:53:be
            OFPT_GET_CONFIG_REPLY (xid=0x4): frags=normal miss_send_len=0
            """);
    assertThat(reading.unread()).isEmpty();
    assertThat(only(reading, Fact.SwitchPorts.class).listing().entries())
        .extracting(SwitchPort::device, SwitchPort::number)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("antrea-tun0", OptionalInt.of(1)),
            org.assertj.core.groups.Tuple.tuple("br-int", OptionalInt.of(SwitchPort.LOCAL)));
    assertThat(only(reading, Fact.SwitchPorts.class).listing().entries().getFirst().mac())
        .hasValue(MacAddress.of("f6:02:a1:20:ca:f3"));
  }

  @Test
  void the_tree_of_bridges_tells_types_and_options() {
    Reading reading =
        Outputs.read(
            "ovs-vsctl show",
            """
            6ee0af40-0b54-4667-ba35-0b9f3e80e32f
                Bridge br-int
                    datapath_type: system
                    Port "veth-1"
                        Interface "veth-1"
                    Port antrea-tun0
                        Interface antrea-tun0
                            type: geneve
                            options: {csum="true", key=flow, remote_ip=flow}
                ovs_version: "2.14.0"
            """);
    assertThat(reading.unread()).isEmpty();
    assertThat(only(reading, Fact.SwitchPorts.class).listing().entries())
        .extracting(SwitchPort::device)
        .containsExactly("veth-1", "antrea-tun0");
    SwitchPort tunnel = only(reading, Fact.SwitchPorts.class).listing().entries().getLast();
    assertThat(tunnel.bridge()).isEqualTo("br-int");
    assertThat(tunnel.type()).hasValue("geneve");
    assertThat(tunnel.options()).containsEntry("remote_ip", "flow").containsEntry("csum", "true");
  }

  @Test
  void a_line_that_is_no_part_of_it_costs_itself_only() {
    assertThat(Outputs.read("ovs-ofctl show br0", "what\n 1(a): addr:02:00:00:00:00:01\n").unread())
        .hasSize(1);
    assertThat(Outputs.read("ovs-vsctl show", "    Bridge br0\nwhat\n").unread()).hasSize(1);
  }
}
