package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.Matrix;
import io.packetwalk.lab.fault.Fault;
import io.packetwalk.lab.fault.Faults;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of practice cluster that this machine's kernel can carry: one packet of each kind of
 * traffic, frame by frame, and in one of them a fault that is noticed, predicted and mended. {@link
 * LabRuns} sends everything, and puts in all faults.
 */
final class LabsTest {
  private static final String FAULT = "route-blackhole";

  /** In which a cluster may be begun. */
  private static final Duration TIME = Duration.ofSeconds(150);

  @TempDir private static Path folder;

  private static LabTrials trials;

  @BeforeAll
  static void keepLabsApart() {
    trials = LabTrials.in(folder, TIME);
  }

  @AfterAll
  static void forgetLabs() {
    trials.close();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void what_a_cluster_carries_is_predicted_frame_by_frame(ClusterKind kind)
      throws IOException, InterruptedException {
    List<String> obstacles = Lab.obstacles(kind);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));
    trials.assumeTimeFor(kind);
    Lab lab = Lab.up(kind, false, step -> {});
    try {
      TruthReport report = trials.report(lab, lab.sites(), Matrix.few(lab));
      System.out.print(report.text());
      assertThat(report.wrong()).isEmpty();
      assertThat(report.agreed()).isGreaterThanOrEqualTo(6);

      if (kind == ClusterKind.CALICO_VXLAN) {
        FaultRun run = broken(lab);
        System.out.println(run.line());
        assertThat(run.noticed()).isTrue();
        assertThat(run.mended()).isTrue();
        assertThat(run.agrees()).isTrue();
      }
    } finally {
      Lab.down(lab.name());
    }
    assertThat(Lab.find(lab.name())).isEmpty();
    assertThat(programs(lab)).isZero();
  }

  private static FaultRun broken(Lab lab) throws IOException, InterruptedException {
    Fault fault = Faults.named(FAULT).orElseThrow();
    FaultRun run = LabRuns.fault(lab, fault, folder.resolve("fault"));
    boolean again = !run.noticed() || !run.mended() || !run.agrees();
    return again ? LabRuns.fault(lab, fault, folder.resolve("fault-again")) : run;
  }

  /** The programs of a lab: its servers have its folder in their command lines. */
  private static long programs(Lab lab) {
    String place = folder.resolve("labs").resolve(lab.name()).toString() + "/";
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(handle -> handle.info().commandLine().orElse("").contains(place))
          .filter(handle -> handle.pid() != ProcessHandle.current().pid())
          .count();
    }
  }
}
