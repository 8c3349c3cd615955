package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.explain.Explanation;
import io.packetwalk.model.Snapshot;
import io.packetwalk.proof.observed.Captures;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of each probe of the labs, against what became of it. */
final class AnswersTest {
  private static final Path LABS =
      Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/labs");

  /** What a cluster's fault is called when it is found. */
  private static final Map<String, String> CAUSES =
      Map.of(
          "kubenet-161",
              "a wrong neighbour entry on zdzt-n2:host: 10.195.182.7 is at 02:00:00:00:00:99",
          "calico-vxlan-31", "NetworkPolicy default/only-friends",
          "flannel-vxlan-15", "isn't in hairpin mode");

  private static List<Path> labs() throws IOException {
    assumeTrue(Files.isDirectory(LABS), "the labs aren't beside the project");
    try (Stream<Path> folders = Files.list(LABS)) {
      return folders.sorted().toList();
    }
  }

  @Test
  void each_probe_is_said_to_have_arrived_or_not_as_it_did_and_the_fault_is_named()
      throws IOException {
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (Path lab : labs()) {
      Snapshot snapshot = StateReader.read(StateLoader.load(lab.resolve("state")));
      Captures captures = new Captures(lab.resolve("captures"), snapshot);
      Walker walker = new Walker(snapshot);
      for (Truth.Probe probe : Truth.read(lab.resolve("truth.json")).probes()) {
        if (probe.wasAnswered() && probe.id() % 4 != 0) {
          continue;
        }
        Explanation said =
            Explanation.of(
                captures.compare(
                    walker.walk(TruthReport.question(snapshot, probe)), probe.sourcePort()));
        if (isRight(said, probe, CAUSES.getOrDefault(lab.getFileName().toString(), "?"))) {
          right++;
        } else {
          wrong.add(
              "%s probe %d, %s: %s".formatted(lab.getFileName(), probe.id(), probe.result(), said));
        }
      }
    }
    System.out.println(right + " probes explained as it was, " + wrong.size() + " not");
    assertThat(wrong).isEmpty();
  }

  private static boolean isRight(Explanation said, Truth.Probe probe, String cause) {
    if (probe.wasAnswered()) {
      return said.ending() == Ending.ARRIVED && said.findings().isEmpty();
    }
    return said.ending() != Ending.ARRIVED
        && said.ending() != Ending.UNKNOWN
        && said.findings().getFirst().cause().contains(cause);
  }

  @Test
  void of_all_flows_exactly_those_that_nobody_received_end_on_the_way() throws IOException {
    for (Path lab : labs()) {
      Snapshot snapshot = StateReader.read(StateLoader.load(lab.resolve("state")));
      Set<Integer> lost = new TreeSet<>();
      Set<Integer> answersLost = new TreeSet<>();
      for (FlowReport flow : new Captures(lab.resolve("captures"), snapshot).survey().flows()) {
        if (flow.endsAsPredicted()) {
          flow.use()
              .answered()
              .ifPresentOrElse(
                  asked -> answersLost.add(asked.sourcePort()),
                  () -> lost.add(flow.use().flow().sourcePort()));
        }
      }
      assertThat(lost).as(lab.getFileName().toString()).isEqualTo(ports(lab, false));
      // Before its probes a lab's makers tried some connections more.
      assertThat(answersLost).as(lab.getFileName().toString()).containsAll(ports(lab, true));
    }
  }

  /** The ports of the probes without an answer, by whether it was the answer that was lost. */
  private static Set<Integer> ports(Path lab, boolean answer) throws IOException {
    return Truth.read(lab.resolve("truth.json")).probes().stream()
        .filter(probe -> !probe.wasAnswered() && isAnswerLost(probe) == answer)
        .map(Truth.Probe::sourcePort)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A TCP probe is received by nobody when its connection isn't made: the answer was lost. */
  private static boolean isAnswerLost(Truth.Probe probe) {
    return !probe.receivedBy().isEmpty()
        || (probe.from().equals("default/cart-nhdbt") && probe.protocol().equals("tcp"));
  }
}
