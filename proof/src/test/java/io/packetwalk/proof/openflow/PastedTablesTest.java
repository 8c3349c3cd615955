package io.packetwalk.proof.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.openflow.Arrival;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchEngine;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.wire.layer.Packet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Flow tables of real clusters and of documents, wherever they load, beside their trace. */
class PastedTablesTest {
  private static final Path DATA =
      Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data");

  /** How many packets from each port are walked; asked about are those that hit a new flow … */
  private static final int CANDIDATES = Integer.getInteger("packetwalk.packets", 200);

  /** … and the first ones, whatever they hit. */
  private static final int PACKETS = 3;

  private static final int MOST_PORTS = 12;

  private int files;
  private int flows;
  private int refused;
  private int reached;
  private int packets;
  private int lookups;
  private int skipped;
  private final List<String> disagreements = new ArrayList<>();

  @Test
  void flow_tables_of_others_do_what_open_vswitch_does() throws IOException, InterruptedException {
    String missing = DummySwitch.missing();
    if (!missing.isEmpty() || !Files.isDirectory(DATA)) {
      System.out.println("Not compared: " + (missing.isEmpty() ? DATA + " isn't there" : missing));
      return;
    }
    try (TraceOracle oracle = new TraceOracle(Map.of(), List.of())) {
      for (Path file : texts()) {
        PastedTables tables = new PastedTables(read(file));
        if (!tables.isEmpty()) {
          compare(file, oracle, tables);
        }
      }
    }
    System.out.printf(
        "Flow tables of others: %d texts, %d flows, %d of them not taken by Open vSwitch, %d hit;"
            + " %d packets, %d look-ups, %d agree, %d without a whole trace%n",
        files, flows, refused, reached, packets, lookups, packets - disagreements.size(), skipped);
    assertThat(disagreements).isEmpty();
    assertThat(packets).isPositive();
  }

  /** Whole texts only: what was cut out of a document stands in the document as well. */
  private static List<Path> texts() throws IOException {
    try (Stream<Path> found = Files.walk(DATA)) {
      return found
          .filter(path -> Files.isRegularFile(path) && !path.toString().contains("_blocks"))
          .filter(path -> path.toString().matches(".*\\.(txt|md|rst|json|cmd|at)"))
          .filter(path -> path.toFile().length() < 4_000_000)
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private void compare(Path file, TraceOracle oracle, PastedTables tables)
      throws IOException, InterruptedException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    tables.ports().forEach(name -> ports.put(name, 0));
    for (int more = 0; ports.size() < 3; more++) {
      ports.put("other" + more, 0);
    }
    oracle.bridge(ports);
    String text = tables.flows();
    refused += oracle.load(tables.groups(), text);
    files++;
    flows += (int) text.lines().count();
    OpenVswitch model = Dumped.of(oracle.running(), true);
    Switch bridge = model.switches().getFirst();
    SplittableRandom random = new SplittableRandom(1);
    List<Flow> shown =
        bridge.flows().tables().values().stream()
            .flatMap(table -> table.entries().stream())
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    AimedFrames frames = new AimedFrames(random, shown);
    Twins twins = new Twins(shown, bridge.ports().entries());
    Set<String> hit = new TreeSet<>();
    for (SwitchPort port : bridge.ports().entries().stream().limit(MOST_PORTS).toList()) {
      for (int index = 0; index < CANDIDATES; index++) {
        Question question = new Question(port, frames.from(port), states(random));
        List<SwitchBranch> branches = question.walk(model);
        boolean fresh =
            branches.stream().map(Prediction::hits).anyMatch(hits -> !hit.containsAll(hits));
        if (fresh || index < PACKETS) {
          ask(file, oracle, question, branches, twins, hit);
        }
      }
    }
    hit.removeIf(each -> each.endsWith(":miss"));
    reached += hit.size();
  }

  /** A packet that comes in by a port, and what the connection tracker will say. */
  private record Question(SwitchPort port, Packet packet, List<Integer> states) {
    int number() {
      return port.number().orElse(PortId.LOCAL);
    }

    List<SwitchBranch> walk(OpenVswitch model) {
      return new SwitchEngine(model, new OracleTracking(states))
          .walk(
              new Arrival(
                  TraceOracle.BRIDGE,
                  PortId.of(number()),
                  packet,
                  TunnelMetadata.NONE,
                  0,
                  List.of()));
    }
  }

  private void ask(
      Path file,
      TraceOracle oracle,
      Question question,
      List<SwitchBranch> branches,
      Twins twins,
      Set<String> hit)
      throws IOException, InterruptedException {
    Optional<String> trace = oracle.trace(question.packet(), question.number(), question.states());
    if (trace.filter(text -> !TraceText.isCutShort(text)).isEmpty()) {
      skipped++;
      return;
    }
    packets++;
    TraceText wanted = TraceText.parse(trace.get());
    hit.addAll(wanted.hits());
    lookups += wanted.hits().size();
    Prediction.disagreement(branches, wanted, oracle.datapathPorts(), twins)
        .ifPresent(difference ->
            disagreements.add(
                "%s from %s: %s%n%s%n%s"
                    .formatted(
                        DATA.relativize(file),
                        question.port().device(),
                        difference,
                        question.packet(),
                        trace.get())));
  }

  private static List<Integer> states(SplittableRandom random) {
    List<Integer> choice = TraceOracle.states();
    List<Integer> states = new ArrayList<>();
    for (int pass = 0; pass < 3; pass++) {
      states.add(choice.get(random.nextInt(choice.size())));
    }
    return states;
  }
}
