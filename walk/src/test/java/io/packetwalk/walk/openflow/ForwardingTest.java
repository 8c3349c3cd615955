package io.packetwalk.walk.openflow;

import static io.packetwalk.walk.openflow.Bridge.outputs;
import static io.packetwalk.walk.openflow.Bridge.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.layer.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private static final Packet PACKET = tcp("10.0.0.1", "10.0.0.2", 80);
  private static final String MACS = "ovs-appctl fdb/show br0";
  private static final String HEAD = " port  VLAN  MAC                Age";

  @Test
  void a_learned_address_gets_the_frame_alone() {
    SwitchBranch branch =
        Bridge.with(" actions=NORMAL")
            .shows(MACS, List.of(HEAD, "    3     0  02:00:00:00:00:02    1"))
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p3");
  }

  @Test
  void what_nobody_has_learned_goes_to_every_other_port() {
    SwitchBranch branch = Bridge.with(" actions=NORMAL").shows(MACS, List.of(HEAD)).only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2", "p3", "p4", "p5", "p6", "br0");
  }

  @Test
  void without_the_table_of_addresses_nobody_knows() {
    assertThat(Bridge.with(" actions=NORMAL").only(PACKET).undetermined().orElse(""))
        .contains("fdb/show");
  }

  @Test
  void a_port_in_a_vlan_gets_frames_of_that_vlan_only() {
    SwitchBranch branch =
        Bridge.with(" actions=NORMAL")
            .shows(
                "ovs-vsctl show",
                List.of(
                    "    Bridge br0",
                    "        Port p1",
                    "            tag: 10",
                    "            Interface p1",
                    "        Port p2",
                    "            tag: 10",
                    "            Interface p2",
                    "        Port p3",
                    "            tag: 20",
                    "            Interface p3",
                    "        Port p4",
                    "            trunks: [20]",
                    "            Interface p4",
                    "        Port p5",
                    "            Interface p5",
                    "        Port p6",
                    "            tag: 10",
                    "            Interface p6",
                    "        Port br0",
                    "            tag: 30",
                    "            Interface br0",
                    "                type: internal"))
            .shows(MACS, List.of(HEAD))
            .only(PACKET);

    assertThat(outputs(branch)).containsExactlyInAnyOrder("p2", "p5", "p6");
  }

  @Test
  void what_came_in_by_no_port_is_dropped_by_normal() {
    SwitchBranch branch =
        Bridge.with(" actions=load:0->NXM_OF_IN_PORT[],NORMAL")
            .shows(MACS, List.of(HEAD))
            .only(PACKET);

    assertThat(branch.isDropped()).isTrue();
  }

  @Test
  void nothing_goes_back_where_it_came_from_unless_it_is_said() {
    assertThat(outputs(Bridge.with(" actions=output:1,output:2").only(PACKET)))
        .containsExactly("p2");
    assertThat(outputs(Bridge.with(" actions=IN_PORT").only(PACKET))).containsExactly("p1");
  }
}
