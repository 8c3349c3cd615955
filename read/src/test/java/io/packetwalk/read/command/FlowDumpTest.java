package io.packetwalk.read.command;

import static io.packetwalk.read.command.Outputs.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Flow tables as they stand in tickets: broken by a terminal, cut at its edge, with remarks. */
class FlowDumpTest {
  private static Reading dump(String output) {
    return Outputs.read("ovs-ofctl dump-flows br-int", output);
  }

  private static List<Flow> flows(Reading reading) {
    return listing(reading).listing().entries();
  }

  private static SwitchFact.Flows listing(Reading reading) {
    return (SwitchFact.Flows) only(reading, Fact.OfSwitch.class).fact();
  }

  private static List<FlowAction> actions(String text) {
    return flows(dump("table=0, actions=" + text + "\n")).getFirst().actions();
  }

  @Test
  void a_line_that_a_terminal_broke_is_one_flow() {
    Reading reading =
        dump(
            """
             cookie=0x1000000000000, duration=47.3s, table=10, n_packets=4, n_byt
            es=408, priority=200,ip,in_port="frontend-a3ba2f",dl_src=be:2c:bf:e4:
            ec:c5,nw_src=10.222.1.48 actions=load:0x2->NXM_NX_REG0[0..15],load:0x
            1->NXM_NX_REG0[19],resubmit(,3
            0)
             cookie=0x1000000000000, table=10, priority=0
             actions=drop
            """);
    assertThat(reading.unread()).isEmpty();
    assertThat(flows(reading)).extracting(Flow::priority).containsExactly(200, 0);
    assertThat(flows(reading).getFirst().match().conditions()).hasSize(4);
    assertThat(flows(reading).getFirst().actions())
        .hasSize(3)
        .contains(new FlowAction.Resubmit(Optional.empty(), Optional.of(TableId.of(30)), false));
    assertThat(flows(reading).getLast().actions()).isEmpty();
  }

  @Test
  void prose_between_flows_costs_itself_only() {
    Reading reading =
        dump(
            """
             table=0, priority=10,ip actions=output:1
            // and this one is for the tunnel
             table=0, priority=5,arp actions=NORMAL # asks the stack
            what is this doing here
             table=0, priority=0 actions=drop
            """);
    assertThat(reading.unread()).hasSize(2);
    assertThat(listing(reading).listing().coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(flows(reading))
        .extracting(Flow::actions)
        .containsExactly(
            List.of(FlowAction.Output.to(PortId.of(1))),
            List.of(FlowAction.Output.to(PortId.of(PortId.NORMAL))),
            List.of());
  }

  @Test
  void a_flow_that_was_cut_stays_and_cannot_be_decided() {
    Reading reading =
        dump(
            """
             table=0, priority=10,ip,nw_dst=10.0.0.1 actions=resubmit(,2
             table=0, priority=9,ip,nw_dst=10.0
             table=0, priority=0 actions=drop
            """);
    assertThat(reading.unread()).hasSize(2);
    assertThat(flows(reading)).extracting(Flow::priority).containsExactly(10, 9, 0);
    assertThat(flows(reading).getFirst().actions())
        .hasSize(1)
        .first()
        .isInstanceOf(FlowAction.Unknown.class);
    assertThat(flows(reading).get(1).match().conditions())
        .contains(new FlowMatch.Unknown("nw_dst=10.0"));
  }

  @Test
  void a_whole_line_as_long_as_the_cut_ones_is_doubted() {
    Reading reading =
        dump(
            """
             table=0, priority=11,in_port=1,ip,nw_dst=10.0.0.1 actions=output:1
             table=0, priority=10,in_port=1,arp actions=load:0x1->NXM_NX_REG0[0
             table=0, priority=0 actions=drop
            """);
    assertThat(flows(reading))
        .filteredOn(flow -> flow.priority() == 11)
        .first()
        .matches(flow -> flow.actions().getFirst() instanceof FlowAction.Unknown);
    assertThat(flows(reading).getLast().actions()).isEmpty();
  }

  @Test
  void a_backslash_continues_a_line() {
    Reading reading =
        dump(
            """
            1. table=SessionAffinity, hard_timeout=300, priority=200,tcp,tp_dst=80 \\
               actions=set_field:0x50/0xffff->reg4,set_field:0xa0a0001->reg3
            2. table=SessionAffinity, priority=0 actions=drop
            """);
    assertThat(reading.unread()).isEmpty();
    assertThat(flows(reading)).hasSize(2);
    assertThat(flows(reading).getFirst().actions()).hasSize(2);
  }

  @Test
  void a_broken_group_is_put_together() {
    Reading reading =
        Outputs.read(
            "ovs-ofctl dump-groups br-int",
            """
            1. group_id=10,type=select,\\
               bucket=bucket_id:0,weight:100,actions=set_field:0xa0a0018->reg3,resubmit(,EndpointDNAT),\\
               bucket=bucket_id:1,weight:50,actions=resubmit(,EndpointDNAT)
            group_id=11,type=all,bucket=bucket_id:0,actions=outp
            ut:1
            """);
    assertThat(reading.unread()).isEmpty();
    SwitchFact.Groups groups = (SwitchFact.Groups) only(reading, Fact.OfSwitch.class).fact();
    assertThat(groups.listing().entries()).extracting(Group::id).containsExactly(10L, 11L);
    assertThat(groups.listing().entries().getFirst().buckets())
        .extracting(Group.Bucket::weight)
        .containsExactly(100, 50);
    assertThat(groups.listing().entries().getLast().buckets().getFirst().actions())
        .containsExactly(FlowAction.Output.to(PortId.of(1)));
  }

  @Test
  void openflow_1_0_has_ports_of_16_bits() {
    assertThat(actions("move:NXM_OF_IN_PORT[]->NXM_NX_REG0[0..15]"))
        .first()
        .isInstanceOf(FlowAction.Move.class);
    assertThat(actions("load:0xffff->NXM_OF_IN_PORT[]"))
        .isEqualTo(actions("set_field:ANY->in_port"));
    assertThat(actions("load:0x3->NXM_OF_IN_PORT[]")).isEqualTo(actions("set_field:3->in_port"));
  }

  @Test
  void text_behind_an_actions_parentheses_makes_it_unknown() {
    assertThat(actions("resubmit(,80)nonsense"))
        .containsExactly(new FlowAction.Unknown("resubmit(,80)nonsense"));
  }
}
