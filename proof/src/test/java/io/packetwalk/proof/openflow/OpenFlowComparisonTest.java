package io.packetwalk.proof.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.walk.openflow.Arrival;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchEngine;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.wire.layer.Packet;
import java.io.IOException;
import java.util.ArrayList;
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
    try (TraceOracle oracle = TraceOracle.numbered(RandomPipeline.PORTS)) {
      for (int pipeline = 0; pipeline < pipelines; pipeline++) {
        compare(oracle, seed + pipeline, tally);
      }
    }
    System.out.printf(
        "OpenFlow: seed %d, %d pipelines, %d packets, %d look-ups, %d agree,"
            + " %d without an answer, %d traces cut short%n",
        seed,
        pipelines,
        tally.packets,
        tally.lookups,
        tally.packets - tally.disagreements.size(),
        tally.unanswered,
        tally.unfollowed);
    assertThat(tally.disagreements).isEmpty();
    assertThat(tally.packets + tally.unanswered + tally.unfollowed).isEqualTo(pipelines * PACKETS);
    assertThat(tally.packets).isGreaterThan(pipelines * PACKETS / 2);
  }

  private static final class Tally {
    private int packets;
    private int unanswered;
    private int unfollowed;
    private int lookups;
    private final List<String> disagreements = new ArrayList<>();
  }

  private static void compare(TraceOracle oracle, long seed, Tally tally)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    RandomPipeline pipeline = new RandomPipeline(random);
    oracle.load(pipeline.groups(), pipeline.flows());
    OpenVswitch model = Dumped.of(oracle.running(), seed % 2 == 0);
    Map<String, Integer> ports = oracle.datapathPorts();
    RandomFrames frames = new RandomFrames(random);
    for (int index = 0; index < PACKETS; index++) {
      Packet packet = frames.next();
      int port = 1 + random.nextInt(RandomPipeline.PORTS);
      List<Integer> states = states(random);
      Optional<String> trace = oracle.trace(packet, port, states);
      if (trace.isEmpty()) {
        tally.unanswered++;
        ports = oracle.datapathPorts();
        continue;
      }
      if (TraceText.isCutShort(trace.get())) {
        tally.unfollowed++;
        continue;
      }
      tally.packets++;
      TraceText wanted = TraceText.parse(trace.get());
      tally.lookups += wanted.hits().size();
      Arrival arrival =
          new Arrival("br0", PortId.of(port), packet, TunnelMetadata.NONE, 0, List.of());
      List<SwitchBranch> branches =
          new SwitchEngine(model, new OracleTracking(states)).walk(arrival);
      Prediction.disagreement(branches, wanted, ports, Twins.NONE)
          .ifPresent(text ->
              tally.disagreements.add(
                  "seed %d packet %d: %s%n%s%n%s"
                      .formatted(seed, tally.packets, text, packet, trace.get())));
    }
  }

  private static List<Integer> states(SplittableRandom random) {
    List<Integer> states = new ArrayList<>();
    List<Integer> choice = TraceOracle.states();
    for (int pass = 0; pass < 3; pass++) {
      states.add(choice.get(random.nextInt(choice.size())));
    }
    return states;
  }
}
