package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clusters with Open vSwitch as Antrea sets it up, built by {@code tools/antrea-truth} on a kernel
 * with its data path: every probe at every device, through flow tables, tunnels and the nodes' own
 * stacks.
 */
final class AntreaTruthTest {
  private static final Path CLUSTERS = Path.of("src/test/resources/antrea");

  @ParameterizedTest
  @ValueSource(strings = {"encap-geneve", "hybrid-vxlan-kube-proxy"})
  void every_probe_through_the_switches_is_predicted_frame_by_frame(String cluster)
      throws IOException {
    TruthReport report = TruthReport.of(CLUSTERS.resolve(cluster));
    System.out.print(report.text());
    assertThat(report.wrong()).isEmpty();
    assertThat(report.agreed()).isGreaterThanOrEqualTo(19);
  }

  @Test
  void a_bundle_of_the_same_cluster_is_enough_to_walk_through_its_switches() throws IOException {
    Snapshot snapshot = StateReader.read(StateLoader.load(CLUSTERS.resolve("encap-geneve/bundle")));
    Pod from = pod(snapshot, "probe-");
    Pod to = pod(snapshot, "web-");

    Walk walk =
        new Walker(snapshot)
            .walk(
                new Question(
                    new Origin.Inside(
                        new NamespaceId(from.node().orElseThrow(), "pod:" + from.name())),
                    to.addresses().getFirst(),
                    Optional.empty(),
                    new io.packetwalk.walk.Probe.TcpSyn(40000, 8080, 0),
                    64));

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  private static Pod pod(Snapshot snapshot, String prefix) {
    return snapshot.cluster().pods().stream()
        .filter(each -> each.name().name().startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no pod " + new ObjectName("", prefix)));
  }
}
