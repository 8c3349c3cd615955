package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.model.Sighting;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.AsOf;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.walk.seen.Seen;
import io.packetwalk.walk.seen.SeenPackets;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Terminal sessions that people pasted into tickets. */
final class TicketTest {
  private static final Path TRANSCRIPTS =
      Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/transcripts");

  @BeforeEach
  void transcripts_stand_beside_the_project() {
    assumeTrue(Files.isDirectory(TRANSCRIPTS), "the transcripts aren't beside the project");
  }

  @Test
  void a_ping_by_ip_in_ip_goes_the_way_that_tcpdump_saw() throws Exception {
    Snapshot snapshot = calico(Optional.of("240"));
    Walk walk = ping(snapshot, "busybox0-4ldqp", "192.168.243.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    Branch branch = walk.forward().branches().getFirst();
    assertThat(devices(branch))
        .containsExactly(
            "calico-node-18121 eth0",
            "calico-node-18121 cali4e7dc5a6ea0",
            "calico-node-18121 tunl0",
            "calico-node-18121 bond0",
            "calico-node-18122 bond0",
            "calico-node-18122 tunl0",
            "calico-node-18122 cali596577171e6",
            "calico-node-18122 eth0");
    assertThat(branch.steps().getLast().place())
        .isEqualTo(snapshot.podNamespaces().get(new ObjectName("test", "busybox0-c4bl8")));
    assertThat(decisions(branch, Stage.NEIGHBOUR))
        .anyMatch(text -> text.contains("answered by proxy ARP on cali4e7dc5a6ea0"));
    assertSeen(snapshot, branch, "cali4e7dc5a6ea0");
    assertSeen(snapshot, branch, "bond0");
    assertSeen(snapshot, walk.reply().orElseThrow().branches().getFirst(), "cali4e7dc5a6ea0");
    assertSeen(snapshot, walk.reply().orElseThrow().branches().getFirst(), "bond0");
  }

  @Test
  void the_ping_and_the_frames_that_the_session_shows_stand_beside_the_prediction()
      throws Exception {
    Snapshot snapshot = calico(Optional.of("240"));
    List<Seen> seen = SeenPackets.of(snapshot, ping(snapshot, "busybox0-4ldqp", "192.168.243.2"));
    assertThat(seen.stream().map(each -> each.sighting().source().line() + " " + each.bearing()))
        .containsExactly("190 AGREES", "204 TELLS", "238 TELLS", "239 TELLS", "205 TELLS");
  }

  @Test
  void what_nobody_pasted_is_assumed_and_said() throws Exception {
    Walk walk = ping(calico(Optional.of("240")), "busybox0-4ldqp", "192.168.243.2");
    List<String> assumed = walk.assumptions().stream().map(Assumption::text).toList();
    assertThat(assumed)
        .anyMatch(text -> text.contains("the router 25.25.25.254 isn't in the state"));
    assertThat(assumed)
        .anyMatch(text ->
            text.contains("has a route for 192.168.243.2 to cali596577171e6")
                && text.contains("older than the pod"));
  }

  @Test
  void without_encapsulation_the_router_between_must_know_the_pods() throws Exception {
    Walk walk = ping(calico(Optional.empty()), "busybox0-nvzth", "192.168.243.4");
    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(walk.forward().branches().getFirst().reason())
        .contains(
            "unencapsulated", "the router 25.25.25.254", "must have a route for 192.168.243.4");
  }

  @Test
  void an_undetermined_walk_shows_that_the_ping_failed() throws Exception {
    Snapshot snapshot = calico(Optional.empty());
    List<Seen> seen = SeenPackets.of(snapshot, ping(snapshot, "busybox0-nvzth", "192.168.243.4"));
    assertThat(seen.stream().map(each -> each.sighting().source().line() + " " + each.bearing()))
        .containsExactly("340 TELLS");
  }

  @Test
  void a_cluster_of_antrea_is_inventoried() throws Exception {
    Snapshot snapshot = StateReader.read(StateLoader.load(TRANSCRIPTS.resolve("antrea-same-node")));
    assertThat(snapshot.nodes()).contains("master", "worker1", "worker2");
    assertThat(snapshot.cluster().pods().entries().stream().map(pod -> pod.name().name()))
        .contains("frontend", "backend1", "backend2");
  }

  private static Snapshot calico(Optional<String> asOf) throws Exception {
    StateFiles files = StateLoader.load(TRANSCRIPTS.resolve("calico-ipip"));
    return asOf.isPresent()
        ? StateReader.read(files, AsOf.parse(asOf.get()).orElseThrow())
        : StateReader.read(files);
  }

  private static Walk ping(Snapshot snapshot, String pod, String to) {
    Origin from =
        new Origin.Inside(
            Optional.ofNullable(snapshot.podNamespaces().get(new ObjectName("test", pod)))
                .orElseThrow());
    Probe probe = new Probe.IcmpMessage(Icmp.ECHO_REQUEST, 0, 1, 0, 56);
    return Walker.walk(snapshot, new Question(from, IpAddress.of(to), Optional.empty(), probe, 64));
  }

  private static List<String> devices(Branch branch) {
    List<String> devices = new ArrayList<>();
    for (Step step : branch.steps()) {
      String where = step.place().node() + " " + step.device();
      if (step.isObservable() && (devices.isEmpty() || !devices.getLast().equals(where))) {
        devices.add(where);
      }
    }
    return devices;
  }

  private static List<String> decisions(Branch branch, Stage stage) {
    return branch.steps().stream()
        .filter(step -> step.stage() == stage)
        .map(Step::decision)
        .toList();
  }

  /** The frame that is predicted at a device stands in the session as tcpdump printed it there. */
  private static void assertSeen(Snapshot snapshot, Branch branch, String device) {
    Step step =
        branch.steps().stream()
            .filter(candidate -> candidate.isObservable() && candidate.device().equals(device))
            .filter(candidate -> candidate.place().node().equals("calico-node-18121"))
            .findFirst()
            .orElseThrow();
    assertThat(
            snapshot.sightings().stream()
                .filter(sighting -> sighting.device().filter(device::equals).isPresent())
                .map(Sighting::text)
                .map(TicketTest::withoutIdentifier))
        .contains(asTcpdump(step.packet().layers()));
  }

  private static String asTcpdump(List<Layer> layers) {
    StringBuilder text = new StringBuilder();
    boolean nested = false;
    for (Layer layer : layers) {
      if (layer instanceof Ipv4 header) {
        nested = !text.isEmpty();
        text.append("IP ").append(header.source()).append(" > ").append(header.destination());
        text.append(": ");
      } else if (layer instanceof Icmp icmp) {
        text.append("ICMP echo ").append(icmp.type() == Icmp.ECHO_REQUEST ? "request" : "reply");
        text.append(", seq 0, length 64");
      }
    }
    return text + (nested ? " (ipip-proto-4)" : "");
  }

  private static String withoutIdentifier(String text) {
    return text.replaceAll(", id [0-9]+", "").strip();
  }
}
