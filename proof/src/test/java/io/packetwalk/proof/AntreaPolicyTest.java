package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The policy behind a flow, where only what Antrea computed of the policies tells it. */
class AntreaPolicyTest {
  private static final Path STATE = Path.of("src", "test", "resources", "antrea", "policies");

  private static Branch walk(String from, String to, int port, String... files) throws IOException {
    List<StateFile> texts = new ArrayList<>();
    for (String file : files) {
      texts.add(new StateFile(file, Files.readString(STATE.resolve(file))));
    }
    Snapshot snapshot = StateReader.read(new StateFiles(texts, List.of()));
    assertThat(snapshot.inventory().unread()).isEmpty();
    NamespaceId pod = snapshot.podNamespaces().get(new ObjectName("shop", from));
    assertThat(pod).isNotNull();
    return new Walker(snapshot)
        .walk(
            new Question(
                new Origin.Inside(pod),
                IpAddress.of(to),
                Optional.empty(),
                new Probe.TcpSyn(40000, port, 0),
                64))
        .forward()
        .branches()
        .getFirst();
  }

  @Test
  void a_policy_of_antreas_that_drops_is_named_with_its_rule_tier_and_priority()
      throws IOException {
    Branch branch = walk("web", "10.0.0.3", 5432, "node.txt", "antctl.txt");

    assertThat(branch.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(branch.reason())
        .contains(
            "of AntreaClusterNetworkPolicy protect-databases, rule \"no-web\""
                + " (Drop, tier 250, priority 5)");
    assertThat(branch.steps().getLast().evidence().getFirst().text())
        .contains("table=IngressMetric");
  }

  @Test
  void what_it_does_not_concern_passes() throws IOException {
    assertThat(walk("web", "10.0.0.3", 5433, "node.txt", "antctl.txt").verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void the_policy_that_isolates_a_pod_is_named_where_only_antrea_lists_it() throws IOException {
    Branch branch = walk("db", "10.0.0.2", 80, "node.txt", "antctl.txt");

    assertThat(branch.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(branch.reason()).contains("is isolated by NetworkPolicy shop/isolate-web");
  }

  @Test
  void without_the_computed_groups_no_policy_is_named() throws IOException {
    Branch branch = walk("web", "10.0.0.3", 5432, "node.txt");

    assertThat(branch.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(branch.reason()).contains("which policy's the objects don't tell");
  }
}
