package io.packetwalk.proof.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.openflow.Arrival;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchEngine;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.wire.layer.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Every match field and action that Open vSwitch knows, as its own commands print it in every
 * version of OpenFlow, with and without names and statistics: read without a rest, and walked as it
 * is traced.
 */
class VocabularyTest {
  private static final Path LIST = Path.of("src", "test", "resources", "openflow-vocabulary.txt");
  private static final int FRAMES = Integer.getInteger("packetwalk.packets", 3);
  private static final String GROUP = "group_id=7,type=all,bucket=output:3,bucket=output:4\n";

  private record Dialect(String name, List<String> options) {
    static List<Dialect> of(int oldest, int newest) {
      List<Dialect> dialects = new ArrayList<>();
      for (int version = oldest; version <= newest; version++) {
        for (String names : List.of("--names", "--no-names")) {
          for (String statistics : List.of("--stats", "--no-stats")) {
            dialects.add(
                new Dialect(
                    "OpenFlow" + version + " " + names + " " + statistics,
                    List.of("-O", "OpenFlow" + version, names, statistics)));
          }
        }
      }
      return dialects;
    }
  }

  @Test
  void whatever_open_vswitch_prints_is_read_and_walked_as_it_is_traced()
      throws IOException, InterruptedException {
    String missing = DummySwitch.missing();
    if (!missing.isEmpty()) {
      System.out.println("Not compared with Open vSwitch: " + missing);
      return;
    }
    List<String> words =
        Files.readAllLines(LIST).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    try (TraceOracle oracle = TraceOracle.numbered(RandomPipeline.PORTS)) {
      DummySwitch running = oracle.running();
      running.run(
          "ovs-ofctl",
          "add-tlv-map",
          TraceOracle.BRIDGE,
          "{class=0x102,type=0x80,len=4}->tun_metadata0,{class=0x102,type=0x81,len=4}->tun_metadata1");
      running.run(
          "ovs-ofctl",
          "-O",
          "OpenFlow15",
          "add-meter",
          TraceOracle.BRIDGE,
          "meter=1,kbps,band=type=drop,rate=1000");
      compare(oracle, words, 12, 15);
      // Older ones have fewer instructions, and print some masked values as if they were whole.
      List<String> old =
          words.stream()
              .filter(line -> !line.matches(".*(write_|clear_|meter:|set_field:[^-]*[.:][^-]*/).*"))
              .toList();
      compare(oracle, old, 10, 11);
    }
  }

  private static void compare(TraceOracle oracle, List<String> words, int oldest, int newest)
      throws IOException, InterruptedException {
    int refused = oracle.load(GROUP, flows(words));
    assertThat(refused).isZero();
    List<Dialect> dialects = Dialect.of(oldest, newest);
    List<String> unread = new ArrayList<>();
    List<Dump> dumps = new ArrayList<>();
    String others = Dump.others(oracle.running());
    for (Dialect dialect : dialects) {
      dumps.add(Dump.of(oracle.running(), others, dialect));
      unread.addAll(unread(dialect, words, dumps.getLast()));
    }
    System.out.printf(
        "OpenFlow's vocabulary: %d flows in %d dialects, %d not read%n",
        words.size(), dialects.size(), unread.size());
    walk(oracle, words, List.of(dumps.getFirst(), dumps.getLast()));
    assertThat(unread).isEmpty();
  }

  /** A table for each flow; the packet's mark tells which. */
  private static String flows(List<String> words) {
    StringBuilder flows =
        new StringBuilder("cookie=0x2000,table=251,priority=1,actions=output:4\n");
    for (int index = 0; index < words.size(); index++) {
      int table = index + 1;
      String flow = words.get(index).replaceFirst(",?actions=", " actions=");
      String whole = flow.contains("actions=") ? flow : flow + " actions=output:2";
      flows
          .append("cookie=0x%x,table=%d,priority=10,%s%n".formatted(table, table, whole))
          .append("cookie=0x%x,table=%d,priority=0,actions=drop%n".formatted(0x1000 + table, table))
          .append(
              "cookie=0x%x,table=0,priority=10,pkt_mark=%d,actions=resubmit(,%d)%n"
                  .formatted(0x3000 + table, table, table));
    }
    return flows.toString();
  }

  private record Dump(OpenVswitch model) {
    static Dump of(DummySwitch oracle, String others, Dialect dialect)
        throws IOException, InterruptedException {
      String session = others + transcript(oracle, dialect.options(), "dump-flows");
      Snapshot snapshot = StateReader.read(StateFiles.of("session.txt", session));
      assertThat(snapshot.inventory().unread()).isEmpty();
      return new Dump(snapshot.namespace(NamespaceId.host("n1")).openVswitch());
    }

    /** What is the same in every dialect. */
    static String others(DummySwitch oracle) throws IOException, InterruptedException {
      List<String> newest = List.of("-O", "OpenFlow15");
      return transcript(oracle, newest, "show")
          + transcript(oracle, newest, "dump-groups")
          + transcript(oracle, List.of(), "dump-tlv-map")
          + transcript(oracle, List.of(), "dump-ports-desc")
          + "root@n1:~# ovs-appctl fdb/show br0\n"
          + oracle.appctl("fdb/show", TraceOracle.BRIDGE);
    }

    private static String transcript(DummySwitch oracle, List<String> options, String command)
        throws IOException, InterruptedException {
      List<String> words = new ArrayList<>(List.of("ovs-ofctl", "-voff"));
      words.addAll(options);
      words.addAll(List.of(command, TraceOracle.BRIDGE));
      return "root@n1:~# "
          + String.join(" ", words)
          + "\n"
          + oracle.run(words.toArray(new String[0]));
    }

    List<Flow> table(int number) {
      return model.switches().getFirst().flows().table(TableId.of(number)).entries();
    }
  }

  /** What of a dump isn't understood. */
  private static List<String> unread(Dialect dialect, List<String> words, Dump dump) {
    List<String> unread = new ArrayList<>();
    for (int index = 0; index < words.size(); index++) {
      for (Flow flow : dump.table(index + 1)) {
        boolean condition =
            flow.match().conditions().stream().anyMatch(FlowMatch.Unknown.class::isInstance);
        boolean action = flow.actions().stream().anyMatch(FlowAction.Unknown.class::isInstance);
        if (condition || action) {
          unread.add(dialect.name() + ": " + flow.source().text());
        }
      }
    }
    return unread;
  }

  private static void walk(TraceOracle oracle, List<String> words, List<Dump> dumps)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(5);
    List<String> disagreements = new ArrayList<>();
    int asked = 0;
    int hit = 0;
    for (int table = 1; table <= words.size(); table++) {
      List<Flow> flows = dumps.getFirst().table(table);
      if (flows.isEmpty()) {
        continue;
      }
      AimedFrames frames = new AimedFrames(random, flows.subList(0, 1));
      boolean any = false;
      for (int index = 0; index < FRAMES; index++) {
        Packet packet = frames.from(port(1 + index % 2));
        int port = 1 + index % 2;
        List<Integer> states = List.of(TraceOracle.states().get(index % 4));
        Optional<String> trace =
            oracle.trace(packet, "in_port=%d,pkt_mark=%d".formatted(port, table), states);
        if (trace.filter(text -> !TraceText.isCutShort(text)).isEmpty()) {
          continue;
        }
        asked++;
        TraceText wanted = TraceText.parse(trace.get());
        any |= wanted.hits().contains("%d:0x%x".formatted(table, table));
        for (Dump dump : dumps) {
          List<SwitchBranch> branches =
              new SwitchEngine(dump.model(), new OracleTracking(states))
                  .walk(
                      new Arrival(
                          TraceOracle.BRIDGE,
                          PortId.of(port),
                          packet,
                          TunnelMetadata.NONE,
                          table,
                          List.of()));
          Prediction.disagreement(branches, wanted, oracle.datapathPorts(), Twins.NONE)
              .ifPresent(difference ->
                  disagreements.add("%s%n%s%n%s".formatted(difference, packet, trace.get())));
        }
      }
      hit += any ? 1 : 0;
    }
    System.out.printf(
        "OpenFlow's vocabulary: %d packets in two dialects, %d flows hit, %d disagree%n",
        asked, hit, disagreements.size());
    assertThat(disagreements).isEmpty();
  }

  private static SwitchPort port(int number) {
    return new SwitchPort(
        TraceOracle.BRIDGE,
        "p" + number,
        OptionalInt.of(number),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        new Source("", 1, ""));
  }
}
