package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Networks that were once predicted wrongly, by the seeds that made them. */
final class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @Test
  void no_network_is_predicted_wrongly_again() throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(CASES)) {
      folders = found.sorted().toList();
    }
    int agreed = 0;
    for (Path folder : folders) {
      TruthReport report = TruthReport.of(folder);
      System.out.print(report.text());
      assertThat(report.wrong()).as("seed %s", report.name()).isEmpty();
      agreed += report.agreed();
    }
    assertThat(folders).hasSizeGreaterThan(15);
    assertThat(agreed).isGreaterThan(200);
  }
}
