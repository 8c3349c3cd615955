package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every probe of clusters that were built on a real kernel, against its prediction: verdict,
 * receiver, devices in order, headers at each device, and the same for the reply.
 */
final class TruthTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @ParameterizedTest
  @CsvSource({"calico-ipip, 22", "antrea-geneve, 11"})
  void a_sample_that_ships_is_predicted_frame_by_frame(String sample, int probes)
      throws IOException {
    TruthReport report = TruthReport.of(ROOT.resolve("samples").resolve(sample));
    System.out.print(report.text());
    assertThat(report.wrong()).isEmpty();
    assertThat(report.undetermined()).isEmpty();
    assertThat(report.agreed()).isEqualTo(probes);
  }

  @Test
  void no_lab_is_predicted_wrongly() throws IOException {
    Path labs = ROOT.resolveSibling("shared/data/labs");
    assumeTrue(Files.isDirectory(labs), "the labs aren't beside the project");
    List<TruthReport> reports;
    try (Stream<Path> folders = Files.list(labs)) {
      reports = folders.sorted().map(TruthTest::report).toList();
    }
    reports.forEach(report -> System.out.print(report.text()));
    assertThat(reports.stream().flatMap(report -> report.wrong().stream())).isEmpty();
    assertThat(reports.stream().mapToInt(TruthReport::agreed).sum()).isGreaterThan(100);
  }

  private static TruthReport report(Path folder) {
    try {
      return TruthReport.of(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
