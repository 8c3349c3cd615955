package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pasted session of an Antrea cluster: from a pod to a Service, flow by flow. */
final class AntreaTicketTest {
  private static final Path TRANSCRIPT =
      Path.of("")
          .toAbsolutePath()
          .getParent()
          .resolveSibling("shared/data/transcripts/antrea-same-node");
  private static final Pattern TABLE = Pattern.compile("table (\\d+)");

  private Walk walk;

  @BeforeEach
  void the_transcript_stands_beside_the_project() throws Exception {
    assumeTrue(Files.isDirectory(TRANSCRIPT), "the transcripts aren't beside the project");
    Snapshot snapshot = StateReader.read(StateLoader.load(TRANSCRIPT));
    NamespaceId frontend =
        Optional.ofNullable(snapshot.podNamespaces().get(new ObjectName("default", "frontend")))
            .orElse(new NamespaceId("worker1", "pod:default/frontend"));
    walk =
        new Walker(snapshot)
            .walk(
                new Question(
                    new Origin.Inside(frontend),
                    IpAddress.of("10.104.65.133"),
                    Optional.empty(),
                    new Probe.TcpSyn(40000, 80, 0),
                    64));
  }

  private Branch to(String backend) {
    return walk.forward().branches().stream()
        .filter(branch ->
            branch.steps().stream()
                .anyMatch(step -> step.decision().contains("→ " + backend + ":80")))
        .findFirst()
        .orElseThrow();
  }

  /** The numbers of the tables, each visit of the bridge by itself. */
  private static List<String> tables(Branch branch) {
    StringBuilder tables = new StringBuilder();
    for (Step step : branch.steps()) {
      Matcher table = TABLE.matcher(step.decision());
      if (step.stage() != Stage.OPENFLOW) {
        tables.append('|');
      } else if (table.find()) {
        tables.append(table.group(1)).append(' ');
      }
    }
    return List.of(tables.toString().split("\\|+")).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  @Test
  void the_request_goes_through_the_tables_to_the_gateway_and_back_to_the_pod() {
    Branch branch = to("10.222.1.47");

    assertThat(branch.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(branch.weight()).isEqualTo(0.5);
    assertThat(tables(branch))
        .containsExactly("0 10 30 31 40 105 110", "0 10 30 31 40 50 70 80 90 105 110");
    assertThat(branch.steps().getLast().place().name()).isEqualTo("pod:default/backend1");
  }

  @Test
  void every_step_through_the_bridge_cites_the_flow_and_names_its_table() {
    List<Step> flows =
        to("10.222.1.47").steps().stream()
            .filter(step -> step.stage() == Stage.OPENFLOW && TABLE.matcher(step.decision()).find())
            .toList();

    assertThat(flows).allMatch(step -> !step.evidence().isEmpty());
    assertThat(flows).anyMatch(step -> step.decision().contains("SpoofGuard"));
    assertThat(flows)
        .anyMatch(step ->
            step.decision().contains("IngressRule")
                && step.decision().contains("NetworkPolicy default/backendpolicy"));
  }

  @Test
  void the_answer_comes_back_with_the_services_address() {
    assertThat(walk.reply()).isPresent();
    Branch reply = walk.reply().get().branches().getFirst();
    assertThat(reply.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(reply.steps().getLast().place().name()).isEqualTo("pod:default/frontend");
  }

  @Test
  void the_other_endpoint_is_behind_the_tunnel_where_the_flows_are_not_shown() {
    Branch branch = to("10.222.2.34");

    assertThat(branch.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(branch.steps())
        .anyMatch(step ->
            step.stage() == Stage.TUNNEL && step.decision().contains("10.79.1.201 → 10.79.1.202"));
    assertThat(branch.reason()).contains("worker2");
  }
}
