package io.packetwalk.proof.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random traffic on the running kernel, with the kernel's own identity of each packet as truth. */
final class IdentityTest {
  private static final int LACKS_SOMETHING = 77;

  @TempDir private Path folder;

  @Test
  void packets_are_those_that_the_kernel_held_in_one_buffer()
      throws IOException, InterruptedException {
    compare("none");
  }

  @Test
  void packets_are_those_that_the_kernel_held_in_one_buffer_through_vxlan()
      throws IOException, InterruptedException {
    compare("vxlan");
  }

  private void compare(String tunnel) throws IOException, InterruptedException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "network namespaces and tracepoints need root");
    String seed = System.getProperty("seed", "20261128");
    Path script = folder.resolve("identity.py");
    try (InputStream resource =
        Objects.requireNonNull(IdentityTest.class.getResourceAsStream("identity.py"))) {
      Files.copy(resource, script);
    }
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    "python3",
                    script.toString(),
                    folder.toString(),
                    seed,
                    System.getProperty("packets", "300"),
                    tunnel))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroy();
      process.waitFor();
    }
    String output = Files.readString(said);
    assumeTrue(process.exitValue() != LACKS_SOMETHING, output);
    assertThat(process.exitValue()).as(output).isZero();
    IdentityReport report = IdentityReport.of(folder);
    System.out.println("seed " + seed + ", tunnel " + tunnel + ": " + output.strip());
    System.out.print(report.text());
    assertThat(report.kinds().values())
        .allSatisfy(score ->
            assertThat(score.wrongForSure).as(String.join("\n", report.examples())).isZero());
    long right = report.kinds().values().stream().mapToLong(score -> score.right).sum();
    long others =
        report.kinds().values().stream().mapToLong(score -> score.wrong + score.missed).sum();
    // A short run holds few packets; docs/correlate.md tells of a long one.
    assertThat((double) right / (right + others)).isGreaterThan(0.995);
  }
}
