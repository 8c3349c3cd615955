package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Open vSwitch's tools, as Open vSwitch 3.1 prints what they show. */
class SwitchOutputsTest {
  private static OpenVswitch session(String text) {
    Snapshot snapshot = StateReader.read(StateFiles.of("session.txt", text));
    assertThat(snapshot.inventory().unread()).isEmpty();
    return snapshot.namespace(NamespaceId.host("n1")).openVswitch();
  }

  private static SwitchPort port(OpenVswitch openVswitch, String device) {
    return openVswitch.withPort(device).flatMap(bridge -> bridge.port(device)).orElseThrow();
  }

  @Test
  void ports_of_every_bridge_have_their_numbers_types_and_options() {
    OpenVswitch read =
        session(
            """
            root@n1:~# ovs-appctl dpif/show
            system@ovs-system: hit:6541 missed:121
              br-ex:
                br-ex 65534/3: (internal)
                eth1 1/4: (system)
              br-int:
                antrea-gw0 2/2: (internal)
                antrea-tun0 1/1: (geneve: key=flow, remote_ip=flow)
                br-int 65534/none: (internal)
            """);

    assertThat(read.switches()).extracting(Switch::name).containsExactly("br-ex", "br-int");
    SwitchPort tunnel = port(read, "antrea-tun0");
    assertThat(tunnel.number()).hasValue(1);
    assertThat(tunnel.type()).contains("geneve");
    assertThat(tunnel.options()).containsEntry("remote_ip", "flow");
    assertThat(port(read, "br-int").number()).hasValue(SwitchPort.LOCAL);
    assertThat(port(read, "eth1").type()).isEmpty();
  }

  @Test
  void a_table_of_the_database_is_the_same_in_each_format() {
    String bridge = "root@n1:~# ovs-vsctl list-ports br0\np1\n";
    OpenVswitch json =
        session(
            bridge
                + """
                root@n1:~# ovs-vsctl -f json --columns=name,ofport,external_ids,type list interface
                {"data":[["p1",7,["map",[["pod-name","web"]]],"geneve"],["p2",["set",[]],["map",[]],""]],"headings":["name","ofport","external_ids","type"]}
                """);
    OpenVswitch separated =
        session(
            bridge
                + """
                root@n1:~# ovs-vsctl -f csv --columns=name,ofport,external_ids,type list interface
                name,ofport,external_ids,type
                p1,7,"{pod-name=web, x=""y""}",geneve
                p2,[],{},
                """);
    for (OpenVswitch read : List.of(json, separated)) {
      assertThat(port(read, "p1").number()).hasValue(7);
      assertThat(port(read, "p1").type()).contains("geneve");
      assertThat(port(read, "p1").externalIds()).containsEntry("pod-name", "web");
    }
  }

  @Test
  void counters_and_log_lines_of_the_tools_are_no_part_of_a_state() {
    OpenVswitch read =
        session(
            """
            root@n1:~# ovs-ofctl -O OpenFlow13 dump-flows br0
            2026-01-02T10:00:00Z|00001|ofp_actions|INFO|OFPAT_SET_MPLS_TTL is deprecated
             table=0, priority=0 actions=NORMAL
            root@n1:~# ovs-ofctl dump-aggregate br0
            NXST_AGGREGATE reply (xid=0x4): packet_count=2 byte_count=236 flow_count=2
            root@n1:~# ovs-appctl coverage/show
            Event coverage, avg rate over last: 5 seconds, last minute, last hour
            """);

    assertThat(read.named("br0").orElseThrow().flows().table(TableId.of(0)).entries()).hasSize(1);
  }

  @Test
  void a_command_that_failed_makes_no_bridge() {
    Snapshot snapshot =
        StateReader.read(
            StateFiles.of(
                "session.txt",
                """
                root@n1:~# ovs-ofctl dump-flows br9
                ovs-ofctl: br9 is not a bridge or a socket
                """));
    assertThat(snapshot.namespace(NamespaceId.host("n1")).openVswitch().switches()).isEmpty();
    assertThat(snapshot.inventory().failed()).hasSize(1);
  }

  @Test
  void an_output_in_a_file_of_its_own_needs_no_command() {
    for (String output :
        List.of(
            " priority=10,in_port=1 actions=output:2\n priority=0 actions=drop\n",
            "group_id=7,type=select,bucket=bucket_id:0,weight:5,actions=output:1\n",
            "NXT_TLV_TABLE_REPLY (xid=0x2):\n mapping table:\n 0x102 0x80 4 tun_metadata0\n",
            " port  VLAN  MAC                Age\n    1     0  02:00:00:00:00:01   15\n",
            "tcp,orig=(src=10.0.0.1,dst=10.0.0.2,sport=1,dport=2),reply=(src=10.0.0.2,dst=10.0.0.1,"
                + "sport=2,dport=1),zone=5,protoinfo=(state=ESTABLISHED)\n",
            "OFPST_PORT_DESC reply (xid=0x2):\n 1(p1): addr:02:00:00:00:00:01\n",
            "_uuid               : 8ad5ffa8-9b7c-4d0f-b1a2-0f2d4ddc0a11\nname                : p1\n"
                + "ofport              : 48\n")) {
      Snapshot snapshot = StateReader.read(StateFiles.of("n1/paste.txt", output));
      assertThat(snapshot.inventory().unread()).describedAs(output).isEmpty();
      assertThat(snapshot.inventory().commands())
          .describedAs(output)
          .anyMatch(command -> command.understood() && command.name().startsWith("ovs-"));
    }
  }
}
