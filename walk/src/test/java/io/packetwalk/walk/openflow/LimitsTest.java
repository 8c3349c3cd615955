package io.packetwalk.walk.openflow;

import static io.packetwalk.walk.openflow.Bridge.outputs;
import static io.packetwalk.walk.openflow.Bridge.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Packet PACKET = tcp("10.0.0.1", "10.0.0.2", 80);

  @Test
  void a_table_that_resubmits_to_itself_drops_the_packet_as_open_vswitch_does() {
    SwitchBranch branch = Bridge.with(" actions=output:2,resubmit(,0)").only(PACKET);

    assertThat(branch.isDropped()).isTrue();
    assertThat(branch.steps().getLast().decision()).contains("64 deep");
  }

  @Test
  void look_ups_that_double_in_every_table_end() {
    List<String> flows = new ArrayList<>();
    for (int table = 0; table < 40; table++) {
      flows.add(
          " table=%d, actions=resubmit(,%d),resubmit(,%d)".formatted(table, table + 1, table + 1));
    }
    flows.add(" table=40, actions=output:2");

    SwitchBranch branch = Bridge.with(flows.toArray(new String[0])).only(PACKET);

    assertThat(branch.isDropped()).isTrue();
    assertThat(branch.steps().getLast().decision()).contains("4096");
  }

  @Test
  void more_branches_than_are_told_apart_end_in_one_that_says_so() {
    List<String> groups = new ArrayList<>();
    List<String> flows = new ArrayList<>();
    for (int table = 0; table < 12; table++) {
      flows.add(" table=%d, actions=group:%d".formatted(table, table));
      groups.add(
          " group_id=%d,type=select,bucket=actions=resubmit(,%d),bucket=actions=resubmit(,%d)"
              .formatted(table, table + 1, table + 1));
    }
    flows.add(" table=12, actions=output:2");

    List<SwitchBranch> ways =
        Bridge.with(flows.toArray(new String[0]))
            .groups(groups.toArray(new String[0]))
            .walk(PACKET);

    assertThat(ways).hasSize(1025);
    assertThat(ways.getLast().undetermined()).isPresent();
    assertThat(ways.stream().mapToDouble(SwitchBranch::weight).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void branches_share_the_steps_before_they_part() {
    List<SwitchBranch> ways =
        Bridge.with(" actions=resubmit(,1)", " table=1, actions=group:1")
            .groups(" group_id=1,type=select,bucket=actions=output:2,bucket=actions=output:3")
            .walk(PACKET);

    assertThat(ways.getFirst().steps().getFirst()).isSameAs(ways.getLast().steps().getFirst());
    assertThat(ways.getFirst().steps().getLast()).isNotEqualTo(ways.getLast().steps().getLast());
  }

  @Test
  void an_action_that_nobody_understands_poisons_its_branch_only() {
    List<SwitchBranch> ways =
        Bridge.with(" actions=group:1", " table=1, actions=teleport:7")
            .groups(" group_id=1,type=select,bucket=actions=output:2,bucket=actions=resubmit(,1)")
            .walk(PACKET);

    assertThat(ways.getFirst().undetermined()).isEmpty();
    assertThat(outputs(ways.getFirst())).containsExactly("p2");
    assertThat(ways.getLast().undetermined().orElse("")).contains("teleport");
  }

  @Test
  void a_condition_that_nobody_understands_matters_to_what_may_hit_its_flow_only() {
    Bridge bridge =
        Bridge.with(
            " priority=10,tcp,tp_dst=80,weather=fine actions=output:2",
            " priority=5 actions=output:3");

    assertThat(bridge.only(PACKET).undetermined().orElse("")).contains("weather");
    assertThat(outputs(bridge.only(tcp("10.0.0.1", "10.0.0.2", 81)))).containsExactly("p3");
  }
}
