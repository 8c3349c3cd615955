package io.packetwalk.proof.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ways of probes, found in captures alone, against what the labs' maker knows of them. */
final class LabTest {
  private static final Path LABS =
      Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/labs");

  @Test
  void probes_are_found_at_every_device_in_order() throws IOException {
    assumeTrue(Files.isDirectory(LABS), "the labs aren't beside the project");
    int agreed = 0;
    int others = 0;
    for (Path lab : labs()) {
      LabReport report = LabReport.of(lab);
      System.out.print(report.text());
      agreed += report.agreed();
      others += report.wrong().size();
    }
    assertThat(others).isZero();
    assertThat(agreed).isGreaterThan(100);
  }

  private static List<Path> labs() throws IOException {
    try (Stream<Path> folders = Files.list(LABS)) {
      return folders.sorted().toList();
    }
  }
}
