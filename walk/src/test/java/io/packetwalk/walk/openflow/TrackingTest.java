package io.packetwalk.walk.openflow;

import static io.packetwalk.walk.openflow.Bridge.outputs;
import static io.packetwalk.walk.openflow.Bridge.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.openflow.PortId;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingTest {
  private static final Packet PACKET = tcp("10.0.0.1", "10.0.0.2", 80);

  @Test
  void the_original_goes_on_untracked_and_the_tracked_copy_in_the_table() {
    SwitchBranch branch =
        Bridge.with(
                " tcp actions=ct(table=1,zone=5),resubmit(,2)",
                " table=1, ct_state=+new+trk,tcp actions=output:2",
                " table=2, ct_state=-trk,tcp actions=output:3")
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p3", "p2");
    assertThat(branch.assumptions()).hasSize(1);
  }

  @Test
  void a_listed_connection_is_established_in_its_zone_only() {
    Bridge bridge =
        Bridge.with(
                " priority=2,reg0=0,tcp actions=ct(table=1,zone=5)",
                " table=1, ct_state=+est+trk,tcp actions=output:2",
                " table=1, ct_state=+new+trk,tcp actions=output:3")
            .shows(
                "ovs-appctl dpctl/dump-conntrack",
                List.of(
                    "tcp,orig=(src=10.0.0.1,dst=10.0.0.2,sport=40000,dport=80),"
                        + "reply=(src=10.0.0.2,dst=10.0.0.1,sport=80,dport=40000),zone=5,"
                        + "protoinfo=(state=ESTABLISHED)"));

    assertThat(outputs(bridge.only(PACKET))).containsExactly("p2");
    assertThat(outputs(bridge.only(tcp("10.0.0.3", "10.0.0.2", 80)))).containsExactly("p3");
  }

  @Test
  void an_answer_is_translated_back_and_has_the_connections_mark() {
    Bridge bridge =
        Bridge.with(
            " priority=5,in_port=p1,tcp"
                + " actions=ct(commit,table=1,zone=5,nat(dst=10.9.9.9:8080),"
                + "exec(set_field:0x20->ct_mark))",
            " priority=5,in_port=p2,tcp actions=ct(table=2,zone=5,nat)",
            " table=1, actions=output:2",
            " table=2, ct_mark=0x20,ct_state=+rpl+trk,tcp actions=output:1");
    SwitchBranch there = bridge.only(PACKET);
    Packet sent = there.outputs().getFirst().packet();
    assertThat(sent.first(Ipv4.class).orElseThrow().destination()).hasToString("10.9.9.9");

    Packet answer =
        tcp("10.9.9.9", "10.0.0.1", 40000).replacing(2, Tcp.of(8080, 40000, Tcp.SYN | Tcp.ACK));
    SwitchBranch back =
        bridge
            .walk(
                new Arrival(
                    "br0", PortId.of("p2"), answer, TunnelMetadata.NONE, 0, there.commits()))
            .getFirst();

    assertThat(outputs(back)).containsExactly("p1");
    Packet received = back.outputs().getFirst().packet();
    assertThat(received.first(Ipv4.class).orElseThrow().source()).hasToString("10.0.0.2");
    assertThat(received.first(Tcp.class).orElseThrow().sourcePort()).isEqualTo(80);
  }

  @Test
  void an_error_is_related_to_the_connection_that_it_is_about() {
    Bridge bridge =
        Bridge.with(
            " priority=5,in_port=p1,tcp"
                + " actions=ct(commit,table=1,zone=5,nat(dst=10.9.9.9:8080),"
                + "exec(set_field:0x20->ct_mark))",
            " priority=5,in_port=p2,icmp actions=ct(table=2,zone=5,nat)",
            " priority=5,in_port=p3,icmp actions=ct(table=2,zone=6,nat)",
            " table=1, actions=output:2",
            " table=2, ct_mark=0x20,ct_state=+rel+rpl+trk-inv actions=output:1",
            " table=2, ct_state=+inv+trk actions=output:4");
    SwitchBranch there = bridge.only(PACKET);
    Packet error =
        PACKET
            .replacing(1, Ipv4.of(IpAddress.of("172.16.0.1"), IpAddress.of("10.0.0.1"), 1, 64))
            .replacing(2, Icmp.of(Icmp.DESTINATION_UNREACHABLE, 1, 0));

    SwitchBranch back =
        bridge
            .walk(
                new Arrival("br0", PortId.of("p2"), error, TunnelMetadata.NONE, 0, there.commits()))
            .getFirst();
    SwitchBranch elsewhere =
        bridge
            .walk(
                new Arrival("br0", PortId.of("p3"), error, TunnelMetadata.NONE, 0, there.commits()))
            .getFirst();

    assertThat(outputs(back)).containsExactly("p1");
    Packet received = back.outputs().getFirst().packet();
    assertThat(received.first(Ipv4.class).orElseThrow().source()).hasToString("10.0.0.2");
    assertThat(received.first(Ipv4.class).orElseThrow().destination()).hasToString("10.0.0.1");
    assertThat(outputs(elsewhere)).containsExactly("p4");
  }

  @Test
  void an_error_is_related_to_a_listed_connection_by_the_packet_that_it_quotes() {
    Bridge bridge =
        Bridge.with(
                " icmp actions=ct(table=2,zone=5,nat)",
                " table=2, ct_mark=0x20,ct_state=+rel+rpl+trk-inv actions=output:2",
                " table=2, ct_state=+inv+trk actions=output:4")
            .shows(
                "ovs-appctl dpctl/dump-conntrack",
                List.of(
                    "tcp,orig=(src=10.0.0.1,dst=10.0.0.2,sport=40000,dport=80),"
                        + "reply=(src=10.9.9.9,dst=10.0.0.1,sport=8080,dport=40000),zone=5,"
                        + "mark=32,protoinfo=(state=ESTABLISHED)"));

    SwitchBranch about = bridge.only(error("10.9.9.9", 8080));
    Packet received = about.outputs().getFirst().packet();

    assertThat(outputs(about)).containsExactly("p2");
    assertThat(received.first(Ipv4.class).orElseThrow().source()).hasToString("10.0.0.2");
    assertThat(outputs(bridge.only(error("10.9.9.9", 8081))))
        .as("a packet of no connection")
        .containsExactly("p4");
  }

  /** From a router, about a packet of 10.0.0.1. */
  private static Packet error(String destination, int port) {
    Packet quoted = tcp("10.0.0.1", destination, port);
    List<Layer> layers = new ArrayList<>(quoted.layers());
    layers.add(1, Ipv4.of(IpAddress.of("172.16.0.1"), IpAddress.of("10.0.0.1"), 1, 64));
    layers.add(2, Icmp.of(Icmp.DESTINATION_UNREACHABLE, 1, 0));
    return new Packet(layers);
  }

  @Test
  void a_commit_writes_the_bits_of_its_mask_and_clears_those_that_it_says_are_zero() {
    SwitchBranch branch =
        Bridge.with(
                " tcp actions=ct(commit,table=1,zone=5,exec(set_field:0x33->ct_mark))",
                " table=1, tcp actions=ct(commit,table=2,zone=5,exec(set_field:0/0xf->ct_mark))",
                " table=2, ct_mark=0x30,tcp actions=output:2",
                " table=2, priority=1,tcp actions=output:3")
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2");
  }

  @Test
  void a_mark_of_one_zone_is_none_of_anothers() {
    SwitchBranch branch =
        Bridge.with(
                " tcp actions=ct(commit,table=1,zone=5,exec(set_field:0x33->ct_mark))",
                " table=1, tcp actions=ct(commit,table=2,zone=6)",
                " table=2, ct_mark=0,tcp actions=output:2")
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2");
  }
}
