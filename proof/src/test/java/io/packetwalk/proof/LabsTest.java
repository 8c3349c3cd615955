package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.Matrix;
import io.packetwalk.lab.Recording;
import io.packetwalk.lab.fault.Fault;
import io.packetwalk.lab.fault.Faults;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  /** A frame's time is taken late on a busy machine: what disagrees must disagree twice. */
  private static final int TRIES = 2;

  private static final String FAULT = "route-blackhole";

  /** On a machine that is too busy for all of them, the later ones say that they didn't run. */
  private static final Duration TIME = Duration.ofSeconds(150);

  private static final long BEGIN = System.nanoTime();

  @TempDir private static Path folder;

  /** Labs of this run only: others may have labs of the same names. */
  @BeforeAll
  static void keepLabsApart() {
    System.setProperty("packetwalk.labs", folder.resolve("labs").toString());
  }

  @AfterAll
  static void forgetLabs() {
    System.clearProperty("packetwalk.labs");
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void what_a_cluster_carries_is_predicted_frame_by_frame(ClusterKind kind)
      throws IOException, InterruptedException {
    List<String> obstacles = Lab.obstacles(kind);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));
    assumeTrue(
        System.nanoTime() - BEGIN < TIME.toNanos(),
        () -> "not run: the kinds before " + kind.label() + " took more than " + TIME);
    Lab lab = Lab.up(kind, false, step -> {});
    try {
      TruthReport report = healthy(lab);
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

  private static TruthReport healthy(Lab lab) throws IOException, InterruptedException {
    TruthReport report = new TruthReport(lab.name(), 0, List.of(), List.of("not run"));
    for (int turn = 0; turn < TRIES && !report.wrong().isEmpty(); turn++) {
      Path run = folder.resolve(lab.name() + "-" + turn);
      new Recording(lab, step -> {}).record(Matrix.few(lab), run, Optional.empty());
      report = TruthReport.of(run);
    }
    return report;
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
