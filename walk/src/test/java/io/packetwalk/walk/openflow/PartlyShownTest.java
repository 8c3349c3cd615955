package io.packetwalk.walk.openflow;

import static io.packetwalk.walk.openflow.Bridge.outputs;
import static io.packetwalk.walk.openflow.Bridge.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.layer.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Switches of which some commands show names and others numbers. */
class PartlyShownTest {
  private static final Packet PACKET = tcp("10.0.0.1", "10.0.0.2", 80);
  private static final String HEAD = "OFPST_FLOW reply (OF1.5) (xid=0x6):";

  private static Bridge unnumbered() {
    return Bridge.empty()
        .shows(
            "ovs-vsctl show",
            List.of(
                "0d7bd2ab-4b6f-4fd5-b0a8-ee4b8a2d9f3c",
                "    Bridge br0",
                "        Port p1",
                "            Interface p1",
                "        Port p2",
                "            Interface p2"));
  }

  @Test
  void a_table_that_is_asked_for_by_number_and_shown_by_name_is_known_by_both() {
    Bridge bridge =
        Bridge.with()
            .shows(
                "ovs-ofctl --names dump-flows br0 table=0",
                List.of(HEAD, " table=Start, actions=resubmit(,7)"))
            .shows(
                "ovs-ofctl --names dump-flows br0 table=7",
                List.of(HEAD, " table=End, actions=output:p2"));

    assertThat(outputs(bridge.only(PACKET))).containsExactly("p2");
  }

  @Test
  void a_list_of_tables_tells_which_number_a_name_has() {
    Bridge bridge =
        Bridge.empty()
            .shows("ovs-ofctl dump-tables br0", List.of("  table 7 (\"End\"):", "    active=1"))
            .shows(
                "ovs-ofctl dump-flows br0",
                List.of(HEAD, " actions=goto_table:End", " table=7, actions=output:2"));

    assertThat(outputs(bridge.only(PACKET))).containsExactly("2");
  }

  @Test
  void a_name_without_its_number_leads_to_no_table_that_is_known() {
    SwitchBranch branch =
        Bridge.with(HEAD, " actions=goto_table:End", " table=7, actions=output:2").only(PACKET);

    assertThat(branch.undetermined()).hasValueSatisfying(why -> assertThat(why).contains("End"));
  }

  @Test
  void a_number_that_no_port_is_known_by_may_be_any_port_whose_number_is_not_shown() {
    SwitchBranch branch =
        unnumbered()
            .shows("ovs-ofctl dump-flows br0", List.of(HEAD, " actions=output:2"))
            .only(PACKET);

    assertThat(branch.undetermined())
        .hasValueSatisfying(why -> assertThat(why).contains("number 2").contains("ovs-ofctl show"));
  }

  @Test
  void flows_that_tell_ports_by_numbers_need_the_number_of_the_port_that_a_packet_comes_by() {
    SwitchBranch branch =
        unnumbered()
            .shows(
                "ovs-ofctl dump-flows br0",
                List.of(HEAD, " in_port=1 actions=output:2", " priority=0 actions=drop"))
            .only(PACKET);

    assertThat(branch.undetermined())
        .hasValueSatisfying(why -> assertThat(why).contains("p1").contains("ovs-ofctl show"));
  }

  @Test
  void the_daemons_own_dump_is_read_like_a_controllers() {
    Bridge bridge =
        Bridge.with()
            .shows(
                "ovs-appctl bridge/dump-flows br0",
                List.of(
                    "duration=1s, n_packets=0, n_bytes=0, priority=10,ip,actions=goto_table:3",
                    "table_id=3, duration=1s, n_packets=0, n_bytes=0, n_offload_packets=0,"
                        + " n_offload_bytes=0, priority=5,tcp,in_port=1,actions=output:2",
                    "table_id=254, duration=1s, n_packets=0, n_bytes=0,"
                        + " priority=2,recirc_id=0,actions=drop"));

    assertThat(outputs(bridge.only(PACKET))).containsExactly("p2");
  }
}
