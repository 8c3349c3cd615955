package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabException;
import io.packetwalk.lab.Matrix;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kinds of practice cluster that need a kernel of their own here (User Mode Linux, or a machine
 * of QEMU's): a few packets through each, frame by frame. Two stand at a time, since a box keeps a
 * processor busy. {@link LabRuns} sends everything, and puts in all faults.
 */
final class BoxedLabsTest {
  /** The ends of {@link Matrix#fewest}. */
  private static final List<String> ENDS = List.of("web", "cart", "db");

  /** In which a cluster may be begun. */
  private static final Duration TIME = Duration.ofMinutes(5);

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
  void what_a_cluster_in_a_box_carries_is_predicted_frame_by_frame(ClusterKind kind)
      throws IOException, InterruptedException {
    assumeTrue(!Lab.obstacles(kind).isEmpty(), "stands in namespaces: see LabsTest");
    Optional<String> obstacle = obstacle(kind);
    assumeTrue(obstacle.isEmpty(), () -> "not run: " + obstacle.orElseThrow());
    trials.assumeTimeFor(kind);
    Lab lab = Lab.up(kind, false, step -> {});
    try {
      TruthReport report = trials.report(lab, ConcernedSites.of(lab, ENDS), Matrix.fewest(lab));
      System.out.print(report.text());
      assertThat(report.wrong()).isEmpty();
      assertThat(report.agreed()).isEqualTo(Matrix.fewest(lab).size());
    } finally {
      Lab.down(lab.name());
    }
    assertThat(Lab.find(lab.name())).isEmpty();
  }

  private static Optional<String> obstacle(ClusterKind kind)
      throws IOException, InterruptedException {
    try {
      Lab.check(kind);
      return Optional.empty();
    } catch (LabException unable) {
      return Optional.of(String.valueOf(unable.getMessage()));
    }
  }
}
