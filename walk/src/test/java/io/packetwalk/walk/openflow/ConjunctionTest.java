package io.packetwalk.walk.openflow;

import static io.packetwalk.walk.openflow.Bridge.outputs;
import static io.packetwalk.walk.openflow.Bridge.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConjunctionTest {
  private static final String FROM_A =
      " priority=200,ip,nw_src=10.0.0.1 actions=conjunction(7,1/2)";
  private static final String TO_80 = " priority=200,tcp,tp_dst=80 actions=conjunction(7,2/2)";
  private static final String MET = " priority=190,conj_id=7,ip actions=output:2";
  private static final String ELSE = " priority=0 actions=output:3";

  @Test
  void what_fulfils_every_clause_hits_the_flow_of_the_conjunction() {
    SwitchBranch branch =
        Bridge.with(FROM_A, TO_80, MET, ELSE).only(tcp("10.0.0.1", "10.0.0.2", 80));

    assertThat(outputs(branch)).containsExactly("p2");
  }

  @Test
  void a_missing_clause_leaves_the_packet_to_ordinary_flows() {
    Bridge bridge = Bridge.with(FROM_A, TO_80, MET, ELSE);

    assertThat(outputs(bridge.only(tcp("10.0.0.1", "10.0.0.2", 81)))).containsExactly("p3");
    assertThat(outputs(bridge.only(tcp("10.0.0.9", "10.0.0.2", 80)))).containsExactly("p3");
  }

  @Test
  void an_ordinary_flow_of_higher_priority_comes_before_the_conjunction() {
    SwitchBranch branch =
        Bridge.with(FROM_A, TO_80, MET, " priority=210,tcp actions=output:4")
            .only(tcp("10.0.0.1", "10.0.0.2", 80));

    assertThat(outputs(branch)).containsExactly("p4");
  }

  @Test
  void a_flow_may_be_a_clause_of_several_conjunctions() {
    SwitchBranch branch =
        Bridge.with(
                " priority=200,ip,nw_src=10.0.0.1 actions=conjunction(7,1/2),conjunction(8,1/2)",
                " priority=200,tcp,tp_dst=443 actions=conjunction(8,2/2)",
                TO_80,
                MET,
                " priority=190,conj_id=8,ip actions=output:5")
            .only(tcp("10.0.0.1", "10.0.0.2", 443));

    assertThat(outputs(branch)).containsExactly("p5");
  }

  @Test
  void a_conjunctive_flow_hides_its_like_once_the_conjunction_is_met() {
    SwitchBranch branch =
        Bridge.with(
                FROM_A,
                TO_80,
                " priority=53,tcp,tp_dst=80 actions=output:4",
                " priority=2,ip actions=output:5")
            .only(tcp("10.0.0.1", "10.0.0.2", 80));

    assertThat(outputs(branch)).containsExactly("p5");
  }
}
