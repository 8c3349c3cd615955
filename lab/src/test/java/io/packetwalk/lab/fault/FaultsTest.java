package io.packetwalk.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void there_are_thirty_faults_with_names_of_their_own_and_a_place_for_each() {
    assertThat(Faults.all()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(Faults.all()).extracting(Fault::name).doesNotHaveDuplicates();
    assertThat(Faults.all())
        .allMatch(fault ->
            Stream.of(ClusterKind.values())
                .anyMatch(kind -> fault.where().test(Planning.of(kind, false))));
  }

  @Test
  void every_injection_and_cure_is_one_that_a_shell_understands() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (ClusterKind kind : ClusterKind.values()) {
      Plan plan = Planning.of(kind, false);
      for (Fault fault : Faults.of(plan)) {
        lines.addAll(fault.injection().apply(plan));
        lines.addAll(fault.cure().apply(plan));
      }
    }
    assertThat(
            CommandRun.of(
                    Reach.local(),
                    List.of("bash", "-n", "-c", String.join("\n", lines)),
                    Limits.SHORT)
                .text())
        .isEmpty();
  }
}
