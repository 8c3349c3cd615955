package io.packetwalk.proof;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.Probing;
import io.packetwalk.lab.Recording;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The practice clusters of one test alone: others may have labs of the same names.
 *
 * @param begin when the first was begun ({@link System#nanoTime})
 * @param time in which one may be begun
 */
record LabTrials(Path folder, long begin, Duration time) implements AutoCloseable {
  private static final String PROPERTY = "packetwalk.labs";

  /** A frame's time is taken late on a busy machine: what disagrees must disagree twice. */
  private static final int TRIES = 2;

  static LabTrials in(Path folder, Duration time) {
    System.setProperty(PROPERTY, folder.resolve("labs").toString());
    return new LabTrials(folder, System.nanoTime(), time);
  }

  @Override
  public void close() {
    System.clearProperty(PROPERTY);
  }

  /** On a machine that is too busy for all of them, the later ones say that they didn't run. */
  void assumeTimeFor(ClusterKind kind) {
    assumeTrue(
        System.nanoTime() - begin < time.toNanos(),
        () -> "not run: the kinds before " + kind.label() + " took more than " + time);
  }

  /** What became of these packets, recorded at these sites. */
  TruthReport report(Lab lab, List<Lab.Site> sites, List<Probing.Wanted> wanted)
      throws IOException, InterruptedException {
    TruthReport report = new TruthReport(lab.name(), 0, List.of(), List.of("not run"));
    for (int turn = 0; turn < TRIES && !report.wrong().isEmpty(); turn++) {
      Path run = folder.resolve(lab.name() + "-" + turn);
      new Recording(lab, sites, step -> {}).record(wanted, run, Optional.empty());
      report = TruthReport.of(run);
    }
    return report;
  }
}
