package io.packetwalk.lab.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.Planning;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterScriptTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void every_clusters_script_is_one_that_a_shell_understands(ClusterKind kind)
      throws IOException, InterruptedException {
    for (boolean dualStack : List.of(false, true)) {
      Path script = folder.resolve("build.sh");
      Files.writeString(
          script,
          ClusterScript.of(
              Planning.of(kind, dualStack), "/tmp/lab", "/usr/lib/cni", Datapath.KERNEL));
      Output output =
          CommandRun.of(Reach.local(), List.of("bash", "-n", script.toString()), Limits.SHORT);
      assertThat(output.text()).isEmpty();
      assertThat(output.succeeded()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_objects_of_a_cluster_are_read_as_they_were_planned(ClusterKind kind) {
    Plan plan = Planning.of(kind, true);
    StateFile file = new StateFile("kubectl.txt", KubernetesObjects.transcript(plan));
    Snapshot snapshot = StateReader.read(new StateFiles(List.of(file), List.of()));
    assertThat(snapshot.cluster().pods().entries())
        .extracting(pod -> pod.name().toString())
        .containsExactlyInAnyOrderElementsOf(
            plan.pods().stream().map(pod -> pod.fullName()).toList());
    assertThat(snapshot.cluster().services().entries())
        .hasSize(plan.services().size() + plan.aliases().size());
    assertThat(snapshot.cluster().nodes().entries()).hasSize(plan.nodes().size());
    assertThat(snapshot.cluster().networkPolicies().entries()).hasSize(plan.policies().size());
  }
}
