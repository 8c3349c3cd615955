package io.packetwalk.walk.openflow;

import static io.packetwalk.walk.openflow.Bridge.outputs;
import static io.packetwalk.walk.openflow.Bridge.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.layer.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static final Packet PACKET = tcp("10.0.0.1", "10.0.0.2", 80);

  @Test
  void each_bucket_of_a_select_group_is_a_branch_with_its_weight() {
    List<SwitchBranch> ways =
        Bridge.with(" actions=group:1")
            .groups(
                " group_id=1,type=select,bucket=weight:100,actions=output:2,"
                    + "bucket=weight:300,actions=output:3")
            .walk(PACKET);

    assertThat(ways).extracting(SwitchBranch::weight).containsExactly(0.25, 0.75);
    assertThat(ways).extracting(Bridge::outputs).containsExactly(List.of("p2"), List.of("p3"));
  }

  @Test
  void the_same_hash_takes_the_same_bucket_again() {
    List<SwitchBranch> ways =
        Bridge.with(" actions=group:1,group:1")
            .groups(" group_id=1,type=select,bucket=actions=output:2,bucket=actions=output:3")
            .walk(PACKET);

    assertThat(ways)
        .extracting(Bridge::outputs)
        .containsExactly(List.of("p2", "p2"), List.of("p3", "p3"));
  }

  @Test
  void another_header_is_another_hash() {
    List<SwitchBranch> ways =
        Bridge.with(" tcp actions=group:1,mod_tp_dst:81,group:1")
            .groups(" group_id=1,type=select,bucket=actions=output:2,bucket=actions=output:3")
            .walk(PACKET);

    assertThat(ways).hasSize(4);
  }

  @Test
  void a_header_that_is_not_hashed_changes_nothing() {
    List<SwitchBranch> ways =
        Bridge.with(" tcp actions=group:1,mod_tp_dst:81,group:1")
            .groups(
                " group_id=1,type=select,selection_method=hash,fields(ip_src),"
                    + "bucket=actions=output:2,bucket=actions=output:3")
            .walk(PACKET);

    assertThat(ways).hasSize(2);
  }

  @Test
  void what_a_bucket_changes_is_not_seen_behind_the_group() {
    SwitchBranch branch =
        Bridge.with(" actions=group:1,output:NXM_NX_REG0[]")
            .groups(" group_id=1,type=indirect,bucket=actions=set_field:4->reg0,output:2")
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2");
  }

  @Test
  void every_bucket_of_a_group_for_all_is_done() {
    SwitchBranch branch =
        Bridge.with(" actions=group:1")
            .groups(" group_id=1,type=all,bucket=actions=output:2,bucket=actions=output:3")
            .only(PACKET);

    assertThat(outputs(branch)).containsExactly("p2", "p3");
  }

  @Test
  void fast_failover_takes_the_first_bucket_whose_port_is_up() {
    String group =
        " group_id=1,type=ff,bucket=watch_port:2,actions=output:2,"
            + "bucket=watch_port:3,actions=output:3";
    Bridge up = Bridge.with(" actions=group:1").groups(group);
    Bridge down = Bridge.with(" actions=group:1").groups(group).withPortDown("p2");

    assertThat(outputs(up.only(PACKET))).containsExactly("p2");
    assertThat(outputs(down.only(PACKET))).containsExactly("p3");
  }

  @Test
  void a_bucket_that_watches_a_group_is_up_with_one_of_its_buckets() {
    String[] groups = {
      " group_id=1,type=ff,bucket=watch_group:2,actions=output:4,"
          + "bucket=watch_port:5,actions=output:5",
      " group_id=2,type=ff,bucket=watch_port:2,actions=output:2"
    };
    Bridge up = Bridge.with(" actions=group:1").groups(groups);
    Bridge down = Bridge.with(" actions=group:1").groups(groups).withPortDown("p2");

    assertThat(outputs(up.only(PACKET))).containsExactly("p4");
    assertThat(outputs(down.only(PACKET))).containsExactly("p5");
  }

  @Test
  void groups_that_watch_each_other_are_not_up_by_that() {
    SwitchBranch branch =
        Bridge.with(" actions=group:1")
            .groups(
                " group_id=1,type=ff,bucket=watch_group:2,actions=output:2",
                " group_id=2,type=ff,bucket=watch_group:1,actions=output:3")
            .only(PACKET);

    assertThat(branch.isDropped()).isTrue();
  }

  @Test
  void a_group_that_is_not_shown_leaves_its_branch_open() {
    SwitchBranch branch = Bridge.with(" actions=output:2,group:9").only(PACKET);

    assertThat(branch.undetermined()).isPresent();
    assertThat(outputs(branch)).containsExactly("p2");
  }
}
