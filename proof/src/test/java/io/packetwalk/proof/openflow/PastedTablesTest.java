package io.packetwalk.proof.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.PortId;
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
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Flow tables of real clusters and of documents, wherever they load, beside their trace. */
class PastedTablesTest {
  private static final Path DATA =
      Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data");
  private static final int PACKETS = Integer.getInteger("packetwalk.packets", 6);
  private static final int MOST_PORTS = 12;

  private int files;
  private int flows;
  private int refused;
  private int packets;
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
        "Flow tables of others: %d texts, %d flows, %d of them not taken by Open vSwitch,"
            + " %d packets, %d agree, %d without a whole trace%n",
        files, flows, refused, packets, packets - disagreements.size(), skipped);
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
    SplittableRandom random = new SplittableRandom(1);
    PastedFrames frames = new PastedFrames(random, text);
    List<SwitchPort> senders =
        model.switches().getFirst().ports().stream().limit(MOST_PORTS).toList();
    for (SwitchPort port : senders) {
      for (int index = 0; index < PACKETS; index++) {
        ask(file, oracle, model, port, frames.from(port.device()), states(random));
      }
    }
  }

  private void ask(
      Path file,
      TraceOracle oracle,
      OpenVswitch model,
      SwitchPort port,
      Packet packet,
      List<Integer> states)
      throws IOException, InterruptedException {
    int number = port.number().orElse(PortId.LOCAL);
    Optional<String> trace = oracle.trace(packet, number, states);
    if (trace.filter(text -> !TraceText.isCutShort(text)).isEmpty()) {
      skipped++;
      return;
    }
    packets++;
    List<SwitchBranch> branches =
        new SwitchEngine(model, new OracleTracking(states))
            .walk(
                new Arrival(
                    TraceOracle.BRIDGE,
                    PortId.of(number),
                    packet,
                    TunnelMetadata.NONE,
                    0,
                    List.of()));
    Prediction.disagreement(branches, TraceText.parse(trace.get()), oracle.datapathPorts())
        .ifPresent(difference ->
            disagreements.add(
                "%s from %s: %s%n%s%n%s"
                    .formatted(
                        DATA.relativize(file), port.device(), difference, packet, trace.get())));
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
