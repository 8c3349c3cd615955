package io.packetwalk.proof.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.openflow.Arrival;
import io.packetwalk.walk.openflow.ConnectionState;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchEngine;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.layer.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random pipelines and packets: the engine's walk beside {@code ofproto/trace} of the same. */
class OpenFlowComparisonTest {
  private static final int PACKETS = 40;

  @Test
  void random_pipelines_do_what_open_vswitch_does() throws IOException, InterruptedException {
    String missing = DummySwitch.missing();
    if (!missing.isEmpty()) {
      System.out.println("Not compared with Open vSwitch: " + missing);
      return;
    }
    int pipelines = Integer.getInteger("packetwalk.pipelines", 6);
    long seed = Long.getLong("packetwalk.seed", 777L);
    Tally tally = new Tally();
    try (DummySwitch oracle = DummySwitch.start()) {
      oracle.bridge("br0", RandomPipeline.PORTS);
      for (int pipeline = 0; pipeline < pipelines; pipeline++) {
        compare(oracle, seed + pipeline, tally);
      }
    }
    System.out.printf(
        "OpenFlow: seed %d, %d pipelines, %d packets, %d look-ups, %d agree%n",
        seed, pipelines, tally.packets, tally.lookups, tally.packets - tally.disagreements.size());
    assertThat(tally.disagreements).isEmpty();
    assertThat(tally.packets).isEqualTo(pipelines * PACKETS);
  }

  private static final class Tally {
    private int packets;
    private int lookups;
    private final List<String> disagreements = new ArrayList<>();
  }

  private static void compare(DummySwitch oracle, long seed, Tally tally)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    RandomPipeline pipeline = new RandomPipeline(random);
    oracle.run("ovs-ofctl", "-O", "OpenFlow15", "del-flows", "br0");
    oracle.run("ovs-ofctl", "-O", "OpenFlow15", "del-groups", "br0");
    oracle.ofctl("add-groups", "br0", pipeline.groups());
    oracle.flows("br0", pipeline.flows());
    forget(oracle);
    OpenVswitch model = model(oracle, seed % 2 == 0);
    Map<String, Integer> ports = datapathPorts(oracle);
    RandomFrames frames = new RandomFrames(random);
    for (int index = 0; index < PACKETS; index++) {
      Packet packet = frames.next();
      int port = 1 + random.nextInt(RandomPipeline.PORTS);
      List<Integer> states = states(random);
      forget(oracle);
      String trace = trace(oracle, packet, port, states);
      tally.packets++;
      TraceText wanted = TraceText.parse(trace);
      tally.lookups += wanted.hits().size();
      Arrival arrival =
          new Arrival("br0", PortId.of(port), packet, TunnelMetadata.NONE, 0, List.of());
      List<SwitchBranch> branches =
          new SwitchEngine(model, new OracleTracking(states)).walk(arrival);
      disagreement(branches, wanted, ports)
          .ifPresent(text ->
              tally.disagreements.add(
                  "seed %d packet %d: %s%n%s%n%s"
                      .formatted(seed, tally.packets, text, packet, trace)));
    }
  }

  /** A trace learns MAC addresses: each begins with the same ones. */
  private static void forget(DummySwitch oracle) throws IOException {
    oracle.appctl("fdb/flush", "br0");
    oracle.appctl("fdb/add", "br0", "p3", "0", "02:00:00:00:00:01");
    oracle.appctl("fdb/add", "br0", "p2", "2", "02:00:00:00:00:02");
  }

  /** Empty when one of the branches is what the trace shows. */
  private static Optional<String> disagreement(
      List<SwitchBranch> branches, TraceText wanted, Map<String, Integer> ports) {
    Optional<String> first = Optional.empty();
    for (SwitchBranch branch : branches) {
      Optional<String> difference = Prediction.difference(branch, wanted, ports);
      if (difference.isEmpty()) {
        return Optional.empty();
      }
      first = first.isPresent() ? first : difference;
    }
    return first;
  }

  private static List<Integer> states(SplittableRandom random) {
    List<Integer> states = new ArrayList<>();
    for (int pass = 0; pass < 3; pass++) {
      states.add(
          ConnectionState.TRACKED
              | switch (random.nextInt(4)) {
                case 0 -> ConnectionState.ESTABLISHED;
                case 1 -> ConnectionState.ESTABLISHED | ConnectionState.REPLY;
                case 2 -> ConnectionState.INVALID;
                default -> ConnectionState.NEW;
              });
    }
    return states;
  }

  private static String trace(DummySwitch oracle, Packet packet, int port, List<Integer> states)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("br0", "in_port=" + port));
    for (int state : states) {
      arguments.add("--ct-next");
      arguments.add(words(state));
    }
    arguments.add(Encoder.encode(packet).toHex());
    return oracle.appctl("ofproto/trace", arguments.toArray(new String[0]));
  }

  private static String words(int state) {
    List<String> words = new ArrayList<>();
    List<String> names = List.of("new", "est", "rel", "rpl", "inv", "trk");
    for (int bit = 0; bit < names.size(); bit++) {
      if ((state >> bit & 1) == 1) {
        words.add(names.get(bit));
      }
    }
    return String.join(",", words);
  }

  /** The switch as its own dumps show it, in either dialect. */
  private static OpenVswitch model(DummySwitch oracle, boolean newest)
      throws IOException, InterruptedException {
    StringBuilder session = new StringBuilder();
    String[] dump =
        newest
            ? new String[] {"ovs-ofctl", "-O", "OpenFlow15", "dump-flows", "br0"}
            : new String[] {
              "ovs-ofctl", "-O", "OpenFlow14", "dump-flows", "br0", "--no-stats", "--names"
            };
    for (String[] command :
        List.of(
            new String[] {"ovs-ofctl", "-O", "OpenFlow15", "show", "br0"},
            new String[] {"ovs-ofctl", "-O", "OpenFlow15", "dump-groups", "br0"},
            dump)) {
      session.append("root@n1:~# ").append(String.join(" ", command)).append('\n');
      session.append(oracle.run(command));
    }
    session.append("root@n1:~# ovs-ofctl dump-ports-desc br0\n");
    session.append(oracle.run("ovs-ofctl", "dump-ports-desc", "br0"));
    session.append("root@n1:~# ovs-appctl fdb/show br0\n").append(oracle.appctl("fdb/show", "br0"));
    Snapshot snapshot = StateReader.read(StateFiles.of("session.txt", session.toString()));
    assertThat(snapshot.inventory().unread()).isEmpty();
    return snapshot.namespace(NamespaceId.host("n1")).openVswitch();
  }

  private static Map<String, Integer> datapathPorts(DummySwitch oracle) throws IOException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String line : oracle.appctl("dpif/show").split("\n", -1)) {
      String[] words = line.strip().split("[ /:]+", 4);
      if (words.length >= 3 && words[2].matches("[0-9]+")) {
        ports.put(words[0], Integer.parseInt(words[2]));
      }
    }
    return ports;
  }
}
