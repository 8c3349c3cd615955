package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds clusters with Services and policies on this machine's kernel and holds the prediction of
 * each probe against what became of it: {@code -Dclusters.seeds=1,2,3} for more of them.
 */
final class ClustersTest {
  private static final KernelTool TOOL = new KernelTool("kubernetes-cluster", 240);
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final String PROBES = "40";
  private static final List<List<String>> FEW =
      List.of(
          List.of("1", "--mode", "calico-vxlan", "--backend", "nft", "--fault", "none"),
          List.of("4", "--mode", "kubenet-direct", "--fault", "none", "--proxy", "nftables"),
          List.of("2", "--mode", "calico-direct", "--backend", "legacy", "--fault", "forward-drop"),
          List.of("3", "--mode", "flannel-direct", "--backend", "nft", "--fault", "no-hairpin"));

  @TempDir private Path folder;

  @Test
  void no_probe_through_a_cluster_is_predicted_wrongly() throws Exception {
    Optional<String> asked = Optional.ofNullable(System.getProperty("clusters.seeds"));
    Instant latest = Instant.now().plus(asked.isPresent() ? Duration.ofHours(5) : PATIENCE);
    List<TruthReport> reports = new ArrayList<>();
    for (List<String> cluster : asked.map(ClustersTest::seeds).orElse(FEW)) {
      if (Instant.now().isAfter(latest)) {
        System.out.println("No time for cluster " + cluster + " and later ones.");
        break;
      }
      Optional<String> failed = build(cluster, asked.isEmpty(), "");
      assumeTrue(!reports.isEmpty() || failed.isEmpty(), () -> skipped(failed.orElseThrow()));
      assertThat(failed).as("cluster %s", cluster).isEmpty();
      TruthReport report = TruthReport.of(folder.resolve(cluster.getFirst()));
      reports.add(report.wrong().isEmpty() ? report : again(cluster, asked.isEmpty(), report));
    }
    reports.forEach(report -> System.out.print(report.text()));
    assertThat(reports.stream().flatMap(report -> report.wrong().stream())).isEmpty();
    assertThat(reports.stream().mapToInt(TruthReport::agreed).sum()).isPositive();
  }

  /** A disagreement counts when it repeats: a busy machine answers late. */
  private TruthReport again(List<String> cluster, boolean few, TruthReport first)
      throws IOException, InterruptedException {
    System.out.println("Cluster " + cluster + " is built again: " + first.wrong());
    String name = cluster.getFirst() + "-again";
    return build(cluster, few, "-again").isEmpty() ? TruthReport.of(folder.resolve(name)) : first;
  }

  private Optional<String> build(List<String> cluster, boolean few, String suffix)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(cluster);
    arguments.add(1, folder.resolve(cluster.getFirst() + suffix).toString());
    if (few) {
      arguments.addAll(List.of("--probes", PROBES));
    }
    return TOOL.run(arguments);
  }

  private static List<List<String>> seeds(String text) {
    List<List<String>> seeds = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int seed = Integer.parseInt(ends[0]); seed <= last; seed++) {
        seeds.add(List.of(Integer.toString(seed)));
      }
    }
    return seeds;
  }

  private static String skipped(String reason) {
    String[] lines = reason.split("\n", -1);
    String text =
        "no clusters can be built here (root, iproute2, procps, iptables, ipset and conntrack are"
            + " needed): "
            + lines[lines.length - 1];
    System.out.println("Skipped: " + text);
    return text;
  }
}
