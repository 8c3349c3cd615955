package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A pod behind a switch whose gateway doesn't answer any more (a neighbour that is FAILED), in a
 * recorded cluster of which nobody looked into the node's other pods.
 */
final class SwitchNeighbourStoriesTest {
  private static final Path LAB = RecordedLabs.switched().getFirst();
  private static final String GATEWAY_MAC = "66:1e:4c:0d:50:01";

  /** The first probe that a pod sends to somewhere behind its gateway. */
  private static Truth.Probe probe() throws IOException {
    return Truth.read(LAB.resolve("truth.json")).probes().stream()
        .filter(probe ->
            probe.netns().startsWith("cni-") && !probe.address().toString().startsWith("10."))
        .findFirst()
        .orElseThrow();
  }

  private static Walk walk(String gatewayMac) throws IOException {
    Truth.Probe probe = probe();
    List<StateFile> files = new ArrayList<>();
    for (Recorded run : Recorded.in(LAB.resolve("state"))) {
      boolean inside = run.command().startsWith("ip netns exec cni-");
      if (inside && !run.command().contains(probe.netns())) {
        continue;
      }
      String text = run.prompted();
      if (inside && run.command().endsWith(" ip neigh")) {
        text = text.replaceAll("(10\\.\\S+ dev eth0) lladdr .*", "$1 FAILED");
      } else if (run.command().startsWith("ip ")) {
        text = text.replace(GATEWAY_MAC, gatewayMac);
      }
      files.add(new StateFile(files.size() + "-" + run.machine() + ".txt", text));
    }
    Snapshot state = StateReader.read(new StateFiles(files, List.of()));
    return new Walker(state).walk(TruthReport.question(state, probe));
  }

  @Test
  void a_gateway_with_another_address_than_the_flows_know_is_asked_in_vain() throws IOException {
    Walk walk = walk("66:1e:4c:0d:50:ff");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(walk.forward().branches())
        .allMatch(branch -> branch.reason().contains("nobody on eth0"));
  }

  @Test
  void a_gateway_that_the_flows_know_answers_now() throws IOException {
    assertThat(walk(GATEWAY_MAC).verdict()).isNotEqualTo(Verdict.REJECTED);
  }
}
