package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Builds networks on this machine's kernel and holds the prediction of each probe against what
 * became of it: {@code -Dnetworks.seeds=1-200} for more of them, {@code -Dnetworks.rules=nft} for
 * those alone whose nodes filter by nftables ({@code sets}: by iptables with sets of ipset, {@code
 * frames}: by chains at devices and on bridges).
 */
final class RandomNetworksTest {
  private static final String SEEDS = "networks.seeds";
  private static final String RULES = "networks.rules";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int SECONDS_FOR_ONE = 60;
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void no_probe_through_a_random_network_is_predicted_wrongly(@TempDir Path folder)
      throws IOException, InterruptedException {
    hold("iptables", "1-8", folder);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nor_is_one_through_rulesets_of_nftables(@TempDir Path folder)
      throws IOException, InterruptedException {
    hold("nft", "1-3", folder);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nor_is_one_through_rules_that_ask_for_sets(@TempDir Path folder)
      throws IOException, InterruptedException {
    hold("sets", "1-3", folder);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nor_is_one_through_rules_about_frames(@TempDir Path folder)
      throws IOException, InterruptedException {
    hold("frames", "1-2", folder);
  }

  private static void hold(String rules, String few, Path folder)
      throws IOException, InterruptedException {
    boolean wanted = System.getProperty(RULES, rules).equals(rules);
    assumeTrue(wanted, () -> "not asked for: " + RULES + " is " + System.getProperty(RULES));
    Optional<String> asked = Optional.ofNullable(System.getProperty(SEEDS));
    Instant latest = Instant.now().plus(asked.isPresent() ? Duration.ofHours(5) : PATIENCE);
    List<TruthReport> reports = new ArrayList<>();
    for (int seed : seeds(asked.orElse(few))) {
      if (Instant.now().isAfter(latest)) {
        System.out.println("No time for seed " + seed + " and later ones.");
        break;
      }
      Optional<String> failed = build(seed, rules, folder.resolve(Integer.toString(seed)));
      assumeTrue(reports.size() > 0 || failed.isEmpty(), () -> skipped(failed.orElseThrow()));
      assertThat(failed).as("seed %d", seed).isEmpty();
      TruthReport report = TruthReport.of(folder.resolve(Integer.toString(seed)));
      reports.add(report.wrong().isEmpty() ? report : repeated(seed, rules, report, folder));
    }
    List<String> wrong = new ArrayList<>();
    reports.forEach(
        report -> report.wrong().forEach(line -> wrong.add("seed " + report.name() + ": " + line)));
    System.out.println(summary(rules, reports, wrong));
    assertThat(wrong).isEmpty();
  }

  /**
   * A disagreement counts when it repeats: a capture that started late, an answer that a busy
   * machine gave too late and errors that the kernel limits don't.
   */
  private static TruthReport repeated(int seed, String rules, TruthReport first, Path folder)
      throws IOException, InterruptedException {
    System.out.println("Seed " + seed + " is built again: " + first.wrong());
    Path again = folder.resolve(seed + "-again");
    return build(seed, rules, again).isEmpty() ? TruthReport.of(again) : first;
  }

  private static String summary(String rules, List<TruthReport> reports, List<String> wrong) {
    int agreed = reports.stream().mapToInt(TruthReport::agreed).sum();
    int undetermined = reports.stream().mapToInt(report -> report.undetermined().size()).sum();
    return "Random networks, rules of "
        + rules
        + ": "
        + reports.size()
        + " seeds, "
        + (agreed + undetermined + wrong.size())
        + " probes, "
        + agreed
        + " agreed, "
        + undetermined
        + " undetermined, "
        + wrong.size()
        + " wrong";
  }

  /** What the tool said when it couldn't build the network. */
  private static Optional<String> build(int seed, String rules, Path folder)
      throws IOException, InterruptedException {
    File said = Files.createTempFile("random-network", ".txt").toFile();
    try {
      Process process =
          new ProcessBuilder(
                  ROOT.resolve("tools/random-network").toString(),
                  Integer.toString(seed),
                  folder.toString(),
                  "--rules",
                  rules)
              .redirectErrorStream(true)
              .redirectOutput(said)
              .start();
      boolean ended = process.waitFor(SECONDS_FOR_ONE, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
        return Optional.of("it took more than " + SECONDS_FOR_ONE + " seconds");
      }
      return process.exitValue() == 0
          ? Optional.empty()
          : Optional.of(Files.readString(said.toPath()).strip());
    } finally {
      Files.delete(said.toPath());
    }
  }

  private static String skipped(String reason) {
    String[] lines = reason.split("\n", -1);
    String text =
        "no networks can be built here (root, iproute2 and procps are needed): "
            + lines[lines.length - 1];
    System.out.println("Skipped: " + text);
    return text;
  }

  /** {@code 1-8}, {@code 7}, or several of them with commas. */
  private static List<Integer> seeds(String text) {
    List<Integer> seeds = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int seed = Integer.parseInt(ends[0]); seed <= last; seed++) {
        seeds.add(seed);
      }
    }
    return seeds;
  }
}
