package io.packetwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.lab.plan.ClusterKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs leave behind that are killed with no chance to clean up. */
class LeftoversTest {
  @TempDir private Path folder;

  @BeforeEach
  void keepLabsApart() {
    System.setProperty("packetwalk.labs", folder.resolve("labs").toString());
  }

  @AfterEach
  void forgetLabs() {
    System.clearProperty("packetwalk.labs");
  }

  @Test
  void a_lab_whose_first_process_was_killed_is_found_built_again_and_ended()
      throws IOException, InterruptedException {
    List<String> obstacles = Lab.obstacles(ClusterKind.FLANNEL_HOST_GW);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));
    Lab lab = Lab.up(ClusterKind.FLANNEL_HOST_GW, false, step -> {});
    Holder holder = Holder.read(LabFolder.of(lab.name())).orElseThrow();
    ProcessHandle first = ProcessHandle.of(holder.process()).orElseThrow();
    first.destroyForcibly();
    first.onExit().join();

    assertThat(Lab.find(lab.name())).isEmpty();
    assertThat(Lab.leftovers()).containsExactly(lab.name());
    Lab again = Lab.up(ClusterKind.FLANNEL_HOST_GW, false, step -> {});
    assertThat(Lab.all()).extracting(Lab::name).containsExactly(again.name());
    assertThat(Lab.down(again.name())).isTrue();
    assertThat(Lab.leftovers()).isEmpty();
    assertThat(left()).isZero();
  }

  @Test
  void what_was_started_for_a_lab_and_never_noted_ends_with_it()
      throws IOException, InterruptedException {
    LabFolder lab = LabFolder.of("bridge");
    lab.create();
    Properties properties = new Properties();
    properties.setProperty("kind", "bridge");
    lab.describe(properties);
    Process unnoted =
        new ProcessBuilder(
                "bash", "-c", "while true; do sleep 1; done", lab.file("first.sh").toString())
            .redirectOutput(new File("/dev/null"))
            .start();

    assertThat(Lab.leftovers()).containsExactly("bridge");
    assertThat(Lab.down("bridge")).isTrue();
    assertThat(unnoted.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(left()).isZero();
  }

  /** Those that are left when what was told to end has had the time to. */
  private long left() throws InterruptedException {
    for (int tries = 0; tries < 100 && programs() > 0; tries++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return programs();
  }

  private long programs() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(one -> one.pid() != ProcessHandle.current().pid())
          .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
          .count();
    }
  }
}
