package io.packetwalk.walk.openflow;

import static io.packetwalk.walk.openflow.Bridge.outputs;
import static io.packetwalk.walk.openflow.Bridge.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.openflow.PortId;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.GeneveOption;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Vlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActionsTest {
  private static final Packet PACKET = tcp("10.0.0.1", "10.0.0.2", 80);

  private static Packet sent(String actions) {
    return Bridge.with(" tcp actions=" + actions + ",output:2")
        .only(PACKET)
        .outputs()
        .getFirst()
        .packet();
  }

  @Test
  void a_vlan_tag_is_put_on_and_taken_off() {
    assertThat(sent("push_vlan:0x8100,set_field:4106->vlan_vid").first(Vlan.class).orElseThrow())
        .extracting(Vlan::identifier)
        .isEqualTo(10);
    assertThat(sent("mod_vlan_vid:10,strip_vlan")).isEqualTo(PACKET);
  }

  @Test
  void a_label_is_put_on_and_taken_off() {
    Packet labelled = sent("push_mpls:0x8847,set_field:16->mpls_label");

    assertThat(labelled.first(Mpls.class).orElseThrow()).isEqualTo(new Mpls(16, 0, true, 64));
    assertThat(labelled.first(Ethernet.class).orElseThrow().etherType()).isEqualTo(0x8847);
    assertThat(sent("push_mpls:0x8847,pop_mpls:0x0800")).isEqualTo(PACKET);
  }

  @Test
  void what_a_clone_changes_is_its_own() {
    SwitchBranch branch =
        Bridge.with(" tcp actions=clone(mod_nw_dst:10.0.0.9,output:2),output:3").only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2", "p3");
    assertThat(branch.outputs().getLast().packet()).isEqualTo(PACKET);
  }

  @Test
  void a_clone_does_the_action_set_as_well() {
    SwitchBranch branch =
        Bridge.with(
                " actions=write_actions(output:4),goto_table:1",
                " table=1, actions=clone(output:2),output:3")
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2", "p4", "p3", "p4");
  }

  @Test
  void a_ttl_that_ends_goes_to_the_controller_instead() {
    Packet last =
        new Packet(
            PACKET.layers().stream()
                .map(layer -> layer instanceof Ip ip ? ip.withHopLimit(1).asLayer() : layer)
                .toList());

    SwitchBranch branch = Bridge.with(" ip actions=dec_ttl,output:2").only(last);

    assertThat(branch.outputs()).isEmpty();
    assertThat(branch.toController()).isTrue();
  }

  @Test
  void exit_leaves_out_what_the_tables_before_would_still_do() {
    SwitchBranch branch =
        Bridge.with(" actions=resubmit(,1),output:2", " table=1, actions=output:3,exit,output:4")
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p3");
  }

  @Test
  void notes_and_queues_change_nothing() {
    SwitchBranch branch =
        Bridge.with(" actions=note:01.02,set_queue:7,controller(max_len=9),output:2").only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2");
    assertThat(branch.toController()).isTrue();
  }

  @Test
  void a_meter_lets_pass_and_is_taken_for_granted() {
    SwitchBranch branch = Bridge.with(" actions=meter:3,output:2").only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2");
    assertThat(branch.assumptions().getFirst().text()).contains("meter 3");
  }

  @Test
  void a_learned_flow_is_seen_by_the_answer() {
    Bridge bridge =
        Bridge.with(
            " priority=9,in_port=p1 actions=learn(table=1,priority=8,"
                + "NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[]),output:2",
            " priority=1 actions=resubmit(,1)",
            " table=1, priority=0 actions=drop");
    SwitchBranch there = bridge.only(PACKET);
    Packet answer =
        new Packet(
            List.of(
                new Ethernet(Bridge.SENDER, Bridge.RECEIVER, 0x0800),
                PACKET.layers().get(1),
                PACKET.layers().get(2)));

    SwitchBranch back =
        bridge
            .walk(
                new Arrival(
                    "br0",
                    PortId.of("p2"),
                    answer,
                    TunnelMetadata.NONE,
                    0,
                    List.of(),
                    there.learned()))
            .getFirst();

    assertThat(outputs(back)).containsExactly("p1");
  }

  @Test
  void a_tunnels_key_and_options_are_matched_and_set() {
    Bridge bridge =
        Bridge.with(
                " priority=5,tun_id=0x7,tun_metadata0=0xbeef"
                    + " actions=set_field:10.9.0.2->tun_dst,set_field:0xcafe->tun_metadata0,output:2")
            .shows(
                "ovs-ofctl dump-tlv-map br0",
                List.of(
                    "NXT_TLV_TABLE_REPLY (xid=0x2):",
                    " max option space=256 max fields=64",
                    " allocated option space=4",
                    "",
                    " mapping table:",
                    "  class   type  length  match field",
                    " ------  ----  ------  --------------",
                    " 0x104    0x0       4    tun_metadata0"));
    GeneveOption option = new GeneveOption(0x104, false, 0, Bytes.of(new byte[] {0, 0, -66, -17}));
    TunnelMetadata tunnel =
        new TunnelMetadata(
            7,
            Optional.of(IpAddress.of("10.9.0.1")),
            Optional.of(IpAddress.of("10.9.0.3")),
            TunnelMetadata.KEY,
            0,
            0,
            64,
            List.of(option));

    SwitchBranch branch =
        bridge.walk(new Arrival("br0", PortId.of("p1"), PACKET, tunnel, 0, List.of())).getFirst();

    TunnelMetadata left = branch.outputs().getFirst().tunnel();
    assertThat(left.destination()).contains(IpAddress.of("10.9.0.2"));
    assertThat(left.options().getFirst().value().toHex()).isEqualTo("0000cafe");
  }

  private static final TunnelMetadata WITHOUT_OPTIONS =
      TunnelMetadata.of(7, IpAddress.of("10.9.0.1"), IpAddress.of("10.9.0.3"));

  @Test
  void a_packet_without_a_tunnels_option_has_no_value_of_it_not_zero() {
    Bridge bridge =
        Bridge.with(
            " priority=6,tun_metadata0=0/0xff actions=output:2",
            " priority=5,tun_metadata0 actions=output:3",
            " priority=4 actions=set_field:0->tun_metadata0,resubmit(,1)",
            " table=1,priority=6,tun_metadata0=0/0xff"
                + " actions=delete_field:tun_metadata0,resubmit(,2)",
            " table=2,priority=5,tun_metadata0 actions=output:3",
            " table=2,priority=4 actions=output:4");

    SwitchBranch branch =
        bridge
            .walk(new Arrival("br0", PortId.of("p1"), PACKET, WITHOUT_OPTIONS, 0, List.of()))
            .getFirst();

    assertThat(outputs(branch)).containsExactly("p4");
  }

  @Test
  void an_option_that_nobody_maps_ends_undetermined_at_a_tunnel() {
    Bridge bridge =
        Bridge.with(" actions=set_field:10.9.0.2->tun_dst,set_field:0x5->tun_metadata0,output:2")
            .shows(
                "ovs-vsctl show",
                List.of(
                    "    Bridge br0",
                    "        Port p2",
                    "            Interface p2",
                    "                type: geneve",
                    "                options: {remote_ip=flow}"));

    assertThat(bridge.only(PACKET).undetermined().orElse(""))
        .contains("tun_metadata0")
        .contains("ovs-ofctl dump-tlv-map br0");
  }

  @Test
  void learning_tells_whether_it_did() {
    Bridge bridge =
        Bridge.with(
            " actions=learn(table=9,result_dst=NXM_NX_REG0[4],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],"
                + "output:NXM_OF_IN_PORT[]),resubmit(,1)",
            " table=1,reg0=0x10 actions=output:2");

    assertThat(outputs(bridge.only(PACKET))).containsExactly("p2");
  }
}
