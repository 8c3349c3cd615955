package io.packetwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a lab whose builder was killed (kill -9) amid its work, and that it goes. */
final class KilledStarterTest {
  private static final ClusterKind KIND = ClusterKind.FLANNEL_HOST_GW;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Path labs;

  @BeforeEach
  void keepLabsApart() {
    labs = folder.resolve("labs");
    System.setProperty("packetwalk.labs", labs.toString());
  }

  @AfterEach
  void forgetLabs() {
    System.clearProperty("packetwalk.labs");
  }

  /** The files are there when the builder has described the lab, started it, and builds it. */
  @ParameterizedTest
  @ValueSource(strings = {"lab.properties", "first.log", "build.log"})
  void in_namespaces_down_leaves_nothing_at_whatever_moment_it_was(String file)
      throws IOException, InterruptedException {
    List<String> obstacles = Lab.obstacles(KIND);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));

    kill(LabStarter.start(labs, KIND, false), KIND, file);

    goes(KIND);
  }

  @Test
  void in_user_mode_linux_down_leaves_nothing() throws IOException, InterruptedException {
    List<String> obstacles = new UserModeKernel().obstacles(KIND);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));

    kill(LabStarter.start(labs, KIND, true), KIND, "first.log");

    goes(KIND);
  }

  @Test
  void in_a_machine_of_qemus_down_leaves_nothing() throws IOException, InterruptedException {
    ClusterKind kind = ClusterKind.ANTREA_NOENCAP;
    List<String> obstacles = new EmulatedKernel().obstacles(kind);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));
    assumeTrue(Grounds.isInstalled("ovs-vswitchd"), "not run: Open vSwitch isn't installed");

    kill(LabStarter.start(labs, kind, true), kind, "first.log");

    goes(kind);
  }

  @Test
  void it_is_built_again_by_up_while_another_is_up() throws IOException, InterruptedException {
    List<String> obstacles = Lab.obstacles(KIND);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));
    Lab other = Lab.up(ClusterKind.BRIDGE, false, step -> {});
    kill(LabStarter.start(labs, KIND, false), KIND, "lab.properties");

    assertThat(Lab.leftovers()).containsExactly(KIND.label());
    Lab again = Lab.up(KIND, false, step -> {});

    for (Lab lab : List.of(other, again)) {
      Probing probing = new Probing(lab);
      Probing.Wanted wanted =
          new Probing.Wanted(
              probing.sender("web").orElseThrow(),
              probing.target("cart", false).orElseThrow(),
              "udp",
              64);
      assertThat(probing.send(probing.number(List.of(wanted))))
          .allMatch(LabProbe.Outcome::wasAnswered);
    }
    assertThat(Lab.all()).extracting(Lab::name).containsExactly("bridge", KIND.label());
    assertThat(Lab.down("bridge")).isTrue();
    assertThat(Lab.all()).extracting(Lab::name).containsExactly(KIND.label());
    goes(KIND);
  }

  /** Kills the builder as soon as it has made a file. */
  private void kill(Process starter, ClusterKind kind, String file)
      throws IOException, InterruptedException {
    Path awaited = labs.resolve(kind.label()).resolve(file);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(awaited) && starter.isAlive() && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    starter.destroyForcibly().waitFor();
    assertThat(awaited).exists();
  }

  private void goes(ClusterKind kind) throws IOException, InterruptedException {
    assertThat(Lab.down(kind.label())).isTrue();
    assertThat(Lab.all()).isEmpty();
    assertThat(Lab.leftovers()).isEmpty();
    assertThat(labs).doesNotExist();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (programs() > 0 && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(programs()).isZero();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(labs.toString());
  }

  /** The programs of these labs: they have the folder in their command lines. */
  private long programs() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(one -> one.pid() != ProcessHandle.current().pid())
          .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
          .count();
    }
  }
}
