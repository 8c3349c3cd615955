package io.packetwalk.proof.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.clock.Clocks;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.correlate.clock.Skew;
import io.packetwalk.correlate.survey.DropPoint;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The labs' captures taken in worse ways: what is claimed for certain must still be true. Truth is
 * the packets of the whole captures, which the labs' makers confirm.
 */
final class VariantsTest {
  private static final Path LABS =
      Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/labs");
  private static final List<String> CLUSTERS = List.of("flannel-vxlan-15", "calico-vxlan-31");
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  /** How many packets of a variant are claimed for certain, and what of that is wrong. */
  private record Score(int sure, int unsure, List<String> wrong, SurveyReport report) {}

  private Score score(String cluster, Variant.Change change) throws IOException {
    assumeTrue(Files.isDirectory(LABS), "the labs aren't beside the project");
    Path captures = LABS.resolve(cluster).resolve("captures");
    Snapshot snapshot = StateReader.read(StateLoader.load(LABS.resolve(cluster).resolve("state")));
    Map<String, Long> truth = new LinkedHashMap<>();
    for (Captured.Packet packet : Captured.read(captures, snapshot).packets()) {
      if (packet.quality().isSure()) {
        packet
            .seen()
            .forEach(seen -> truth.put(seen.tap().name() + "#" + seen.frame(), packet.id()));
      }
    }
    Path into = Files.createTempDirectory(folder, "variant");
    Variant variant = Variant.of(captures, into, change);
    int sure = 0;
    int unsure = 0;
    List<String> wrong = new java.util.ArrayList<>();
    for (Captured.Packet packet : Captured.read(variant.folder(), snapshot).packets()) {
      Set<Long> really = new LinkedHashSet<>();
      for (Captured.Sighting seen : packet.seen()) {
        String tap = seen.tap().name();
        Optional.ofNullable(truth.get(tap + "#" + variant.original(tap, seen.frame())))
            .ifPresent(really::add);
      }
      sure += packet.quality().isSure() ? 1 : 0;
      unsure += packet.quality().isSure() ? 0 : 1;
      if (packet.quality().isSure() && really.size() > 1) {
        wrong.add(packet.toString());
      }
    }
    SurveyReport report = new Captures(variant.folder(), snapshot).survey();
    return new Score(sure, unsure, wrong, report);
  }

  /** Nothing may be called absent that was there; only what the changed taps lack may be. */
  private static List<DropPoint> absent(Score score) {
    return score.report().flows().stream()
        .flatMap(flow -> flow.drops().stream())
        .filter(drop -> drop.sight() instanceof Sight.Absent)
        .toList();
  }

  private static long isOf(String tap, String node) {
    return tap.startsWith(node + "/") ? 1 : 0;
  }

  private static Offset offset(Score score, String node) {
    Clocks clocks = score.report().taps().clocks();
    int number = clocks.nodes().indexOf(node);
    long time = score.report().taps().life(0).first() + SECOND;
    return clocks.between(clocks.nodes().indexOf("fabric"), number, time);
  }

  @Test
  void a_shifted_clock_is_found_within_the_bound() throws IOException {
    long shift = 3_700_000_000L;
    Score score =
        score(
            "flannel-vxlan-15",
            (tap, frame, _) -> Optional.of(frame.at(frame.time() + shift * isOf(tap, "plql-n2"))));
    assertThat(score.wrong()).isEmpty();
    assertThat(absent(score)).isEmpty();
    Offset offset = offset(score, "plql-n2");
    assertThat(Math.abs(offset.ahead() - shift)).isLessThanOrEqualTo(offset.bound());
    assertThat(offset.bound()).isLessThan(1_000_000);
    assertThat(score.sure()).isGreaterThan(10 * score.unsure());
  }

  @Test
  void a_drifting_clock_is_found_within_the_bound() throws IOException {
    double drift = 150e-6;
    long[] start = {Long.MAX_VALUE};
    Score score =
        score(
            "flannel-vxlan-15",
            (tap, frame, _) -> {
              start[0] = Math.min(start[0], frame.time());
              long ahead = Math.round(drift * (frame.time() - start[0])) + 20_000_000;
              return Optional.of(frame.at(frame.time() + ahead * isOf(tap, "plql-n2")));
            });
    assertThat(score.wrong()).isEmpty();
    assertThat(absent(score)).isEmpty();
    Clocks clocks = score.report().taps().clocks();
    Skew node = clocks.skew(clocks.nodes().indexOf("plql-n2"));
    assertThat(Math.abs(Math.abs(node.partsPerMillion()) - 150)).isLessThanOrEqualTo(node.bound());
    assertThat(node.bound()).isLessThan(100);
  }

  @Test
  void short_snap_lengths_lead_to_doubt_and_to_nothing_wrong() throws IOException {
    for (String cluster : CLUSTERS) {
      for (int snap : new int[] {64, 96, 128}) {
        Score score = score(cluster, (_, frame, _) -> Optional.of(frame.cut(snap)));
        System.out.println(cluster + " cut to " + snap + ": " + summary(score));
        assertThat(score.wrong()).isEmpty();
        assertThat(absent(score)).isEmpty();
      }
    }
  }

  private static String summary(Score score) {
    return score.sure() + " sure, " + score.unsure() + " not, " + absent(score).size() + " absent";
  }

  @Test
  void missing_taps_leave_packets_whole() throws IOException {
    for (String cluster : CLUSTERS) {
      for (int part = 0; part < 3; part++) {
        int left = part;
        Score score =
            score(
                cluster,
                (tap, frame, _) ->
                    Optional.of(frame).filter(_ -> Math.floorMod(tap.hashCode(), 3) != left));
        System.out.println(cluster + " without a third of its taps: " + summary(score));
        assertThat(score.wrong()).isEmpty();
        assertThat(absent(score)).isEmpty();
      }
    }
  }

  @Test
  void captures_that_began_late_or_ended_early_make_nothing_absent() throws IOException {
    for (String cluster : CLUSTERS) {
      Score score =
          score(
              cluster,
              (tap, frame, count) -> {
                int from = Math.floorMod(tap.hashCode(), 3) == 0 ? count / 3 : 0;
                int to = Math.floorMod(tap.hashCode(), 3) == 1 ? count * 2 / 3 : count;
                boolean there = frame.number() > from && frame.number() <= to;
                return Optional.of(frame).filter(_ -> there);
              });
      System.out.println(cluster + " begun late, ended early: " + summary(score));
      assertThat(score.wrong()).isEmpty();
      assertThat(absent(score)).isEmpty();
    }
  }

  @Test
  void one_direction_alone_gives_order_and_no_bound() throws IOException {
    for (String cluster : CLUSTERS) {
      Score score =
          score(
              cluster, (_, frame, _) -> Optional.of(frame).filter(VariantsTest::isToWellKnownPort));
      System.out.println(cluster + " requests alone: " + summary(score));
      assertThat(score.wrong()).isEmpty();
      assertThat(absent(score)).isEmpty();
    }
  }

  /**
   * Requests go to 8080 in the end; of tunnelled frames the inner port stands fifty bytes later.
   */
  private static boolean isToWellKnownPort(Variant.Frame frame) {
    return port(frame, 36) < 32768
        && port(frame, 86) < 32768
        && port(frame, 34) != 8080
        && port(frame, 84) != 8080;
  }

  private static int port(Variant.Frame frame, int at) {
    return frame.bytes().length() < at + 2
        ? 0
        : frame.bytes().at(at) << 8 | frame.bytes().at(at + 1);
  }

  @Test
  void what_a_tap_is_said_to_have_lost_isnt_called_absent() throws IOException {
    for (String cluster : CLUSTERS) {
      Score score =
          score(
              cluster,
              (tap, frame, _) -> {
                lost(tap);
                return Optional.of(frame)
                    .filter(kept -> (kept.number() * 7919 + tap.length()) % 5 != 0);
              });
      System.out.println(cluster + " with a fifth lost: " + summary(score));
      assertThat(score.wrong()).isEmpty();
      assertThat(absent(score)).isEmpty();
    }
  }

  /** tcpdump's last words, beside the capture of the newest variant. */
  private void lost(String tap) {
    try (java.util.stream.Stream<Path> variants = Files.list(folder)) {
      for (Path variant : variants.toList()) {
        Path log = variant.resolve(tap + ".log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "3 packets dropped by kernel\n");
      }
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
