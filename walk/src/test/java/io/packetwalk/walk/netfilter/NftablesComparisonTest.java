package io.packetwalk.walk.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random rulesets of nftables on the running kernel, and whether the walk sends packets the same
 * way, by the same rules.
 *
 * <p>{@code -Dnftables.seed=N -Dnftables.cases=N} chooses another run.
 */
class NftablesComparisonTest {
  private static final Path TOOL = Path.of("..", "tools", "nftables-truth").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void packets_go_where_the_kernel_sends_them() throws IOException, InterruptedException {
    String seed = System.getProperty("nftables.seed", "1");
    String cases = System.getProperty("nftables.cases", "12");
    Optional<String> obstacle = run(seed, cases);
    obstacle.ifPresent(why -> System.out.println("not compared with the kernel: " + why));
    assumeThat(obstacle).isEmpty();

    NftablesComparison comparison = compared(Integer.parseInt(cases));
    if (!comparison.differences().isEmpty()) {
      System.out.println(
          "asked again, since a busy machine may answer late: " + comparison.differences());
      assertThat(run(seed, cases)).isEmpty();
      comparison = compared(Integer.parseInt(cases));
    }

    System.out.printf("nftables, seed %s: %s%n", seed, comparison.summary());
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.agreed()).isGreaterThan(0);
  }

  private NftablesComparison compared(int cases) throws IOException {
    NftablesComparison comparison = new NftablesComparison();
    comparison.compareAll(directory, cases);
    return comparison;
  }

  /** Why the kernel can't be asked here; empty when it was. */
  private Optional<String> run(String seed, String cases) throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder("python3", TOOL.toString(), seed, cases, directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return Optional.of("it took too long");
    }
    List<String> said = Files.readAllLines(log);
    return process.exitValue() == 0
        ? Optional.empty()
        : Optional.of(said.isEmpty() ? "no reason given" : said.getLast());
  }
}
