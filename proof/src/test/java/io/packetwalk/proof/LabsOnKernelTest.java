package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabException;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Practice clusters on this machine's kernel: every kind of traffic, frame by frame, and faults
 * that are noticed and predicted. {@code -Dlabs.matrix=all} and {@code -Dlabs.faults=all} run all
 * of them instead of a few.
 */
final class LabsOnKernelTest {
  private static final List<String> FAULTS = List.of("route-missing", "vxlan-fdb-stale");

  @TempDir private Path folder;

  /** Labs of this run only: others may have labs of the same names. */
  @BeforeEach
  void keepLabsApart() {
    System.setProperty("packetwalk.labs", folder.resolve("labs").toString());
  }

  @AfterEach
  void forgetLabs() {
    System.clearProperty("packetwalk.labs");
  }

  @Test
  void what_a_healthy_cluster_carries_is_predicted_frame_by_frame()
      throws IOException, InterruptedException {
    List<ClusterKind> kinds =
        System.getProperty("labs.matrix", "").equals("all")
            ? List.of(ClusterKind.values())
            : List.of(ClusterKind.FLANNEL_HOST_GW);
    int agreed = 0;
    for (ClusterKind kind : kinds) {
      if (canStandHere(kind)) {
        TruthReport report = LabRuns.matrix(kind, true, folder.resolve(kind.label()));
        System.out.print(report.text());
        assertThat(report.wrong()).isEmpty();
        agreed += report.agreed();
      }
    }
    assumeTrue(agreed > 0, "no lab can stand on this machine");
  }

  @Test
  void a_fault_is_noticed_predicted_and_mended() throws IOException, InterruptedException {
    boolean all = System.getProperty("labs.faults", "").equals("all");
    List<ClusterKind> kinds =
        all ? List.of(ClusterKind.values()) : List.of(ClusterKind.CALICO_VXLAN);
    List<LabRuns.FaultRun> runs = new ArrayList<>();
    for (ClusterKind kind : kinds) {
      if (canStandHere(kind)) {
        runs.addAll(LabRuns.faults(kind, all ? List.of() : FAULTS, folder));
      }
    }
    assumeTrue(!runs.isEmpty(), "no lab can stand on this machine");
    runs.forEach(run -> System.out.println(run.line()));
    assertThat(runs).allMatch(LabRuns.FaultRun::noticed).allMatch(LabRuns.FaultRun::mended);
    assertThat(runs).allMatch(LabRuns.FaultRun::agrees);
  }

  @Test
  void nothing_is_left_of_a_lab_that_is_down() throws IOException, InterruptedException {
    assumeTrue(canStandHere(ClusterKind.BRIDGE), "no lab can stand on this machine");
    long before = processes();
    Lab lab = Lab.up(ClusterKind.BRIDGE, true, step -> {});
    assertThat(processes()).isGreaterThan(before);
    assertThat(Lab.down(lab.name())).isTrue();
    assertThat(Lab.find(lab.name())).isEmpty();
    assertThat(processes()).isEqualTo(before);
  }

  /** The programs of this lab: its servers have its folder in their command lines. */
  private long processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              handle -> handle.info().commandLine().orElse("").contains(folder.toString()))
          .count();
    }
  }

  /** Says why when it can't. */
  private static boolean canStandHere(ClusterKind kind) throws IOException, InterruptedException {
    try {
      Lab.check(kind);
      return true;
    } catch (LabException reason) {
      System.out.println("not run: " + reason.getMessage());
      return false;
    }
  }
}
