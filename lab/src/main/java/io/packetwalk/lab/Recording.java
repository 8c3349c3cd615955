package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Gathered;
import io.packetwalk.gather.Gathering;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Progress;
import io.packetwalk.gather.Reach;
import io.packetwalk.gather.Room;
import io.packetwalk.gather.tap.TapPoint;
import io.packetwalk.gather.tap.TapReport;
import io.packetwalk.gather.tap.Taps;
import io.packetwalk.lab.LabProbe.Outcome;
import io.packetwalk.lab.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lab's run as a case for regression tests: the state, captures at every device, and what became
 * of each probe.
 */
public final class Recording {
  /** Between the last probe and the end of the taps. */
  private static final long SETTLE_MILLIS = 300;

  /**
   * More than any device here sends. A tap that keeps all of what may come has room for some thirty
   * frames only, which a busy machine fills before it reads them.
   */
  private static final int SNAP_LENGTH = 2048;

  private final Lab lab;
  private final List<Lab.Site> sites;
  private final Lab.Steps steps;

  /** Of everything in a lab. */
  public Recording(Lab lab, Lab.Steps steps) throws IOException {
    this(lab, lab.sites(), steps);
  }

  /** Of some machines and namespaces only, which takes less time. */
  public Recording(Lab lab, List<Lab.Site> sites, Lab.Steps steps) {
    this.lab = lab;
    this.sites = List.copyOf(sites);
    this.steps = step -> steps.at("recording " + lab.name() + ": " + step);
  }

  /** Sends the probes with taps at every device, and writes everything into the folder. */
  public List<Outcome> record(List<Probing.Wanted> wanted, Path folder, Optional<String> fault)
      throws IOException, InterruptedException {
    Probing probing = new Probing(lab);
    steps.at("letting neighbours know each other");
    warmUp(probing, wanted);
    Path captures = folder.resolve("captures");
    List<LabProbe> probes = probing.number(wanted);
    List<Outcome> outcomes = captured(captures, () -> probing.send(probes));
    Path state = folder.resolve("state");
    Files.createDirectories(state);
    Progress asked =
        (machine, _, done, all) ->
            steps.at("%s has told of %d of its %d namespaces".formatted(machine, done, all));
    for (Gathered file : lab.gather(new Gathering(Limits.GENEROUS, asked), sites)) {
      Files.writeString(state.resolve(file.name()), file.text());
    }
    new TruthFile(lab, fault).write(outcomes, captures, folder.resolve("truth.json"));
    return outcomes;
  }

  /** Sends with taps at every device, whose captures come into the folder. */
  private List<Outcome> captured(Path folder, Sending sending)
      throws IOException, InterruptedException {
    // A lab in a kernel of its own may write to its own folder, and to few others.
    Path written = Files.createTempDirectory(lab.path(), "captures");
    List<Outcome> outcomes;
    List<TapReport> reports;
    List<TapPoint> points = points();
    steps.at("starting captures at %d devices".formatted(points.size()));
    try (Taps taps = Taps.start(points, written, "", SNAP_LENGTH)) {
      steps.at("sending");
      outcomes = sending.send();
      Thread.sleep(SETTLE_MILLIS);
      reports = taps.stop();
    }
    for (TapReport report : reports) {
      if (report.failure().isPresent()) {
        throw new LabException(report.point().label() + ": " + report.failure().get());
      }
      if (report.dropped().orElse(0) > 0) {
        steps.at(
            "%s has lost %d frames: what it hasn't seen may have been there"
                .formatted(report.point().label(), report.dropped().getAsLong()));
      }
    }
    move(written, folder);
    return outcomes;
  }

  @FunctionalInterface
  private interface Sending {
    List<Outcome> send() throws IOException, InterruptedException;
  }

  /** Moves files, perhaps to another file system. */
  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(from)) {
      entries = walk.sorted().toList();
    }
    for (Path entry : entries) {
      Path place = to.resolve(from.relativize(entry).toString());
      if (Files.isDirectory(entry)) {
        Files.createDirectories(place);
      } else {
        Files.move(entry, place);
      }
    }
    for (Path folder : entries.reversed()) {
      Files.deleteIfExists(folder);
    }
  }

  /**
   * Neighbours know each other in a cluster that has been up for a while. Large packets would teach
   * the senders the way's MTU.
   */
  private static void warmUp(Probing probing, List<Probing.Wanted> wanted)
      throws IOException, InterruptedException {
    List<Probing.Wanted> small = wanted.stream().map(Probing.Wanted::small).distinct().toList();
    probing.send(probing.number(small));
  }

  /** Every device that is up of every machine and pod, and the ports of the fabric. */
  List<TapPoint> points() throws IOException, InterruptedException {
    List<TapPoint> points = new ArrayList<>();
    for (Lab.Site site : sites) {
      for (Room room : site.rooms()) {
        points.addAll(points(site.machine().name(), room.name(), site.machine().into(room)));
      }
    }
    points.addAll(points(Plan.FABRIC, Room.OWN, lab.inside(Plan.FABRIC)));
    return points;
  }

  private static boolean isUp(String line) {
    return line.matches(".*<(?:.*,)?UP(?:,.*)?>.*");
  }

  private static List<TapPoint> points(String node, String shown, Reach reach)
      throws InterruptedException {
    List<TapPoint> points = new ArrayList<>();
    String listed = CommandRun.of(reach, List.of("ip", "-br", "link"), Limits.SHORT).printed();
    for (String line : listed.lines().toList()) {
      String device = line.split("[@\\s]", 2)[0];
      boolean isSwitch = node.equals(Plan.FABRIC) && device.startsWith("sw");
      if (isUp(line) && !device.equals("lo") && !isSwitch) {
        points.add(new TapPoint(node, shown, device, reach));
      }
    }
    return points;
  }
}
