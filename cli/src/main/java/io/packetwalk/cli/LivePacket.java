package io.packetwalk.cli;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.cli.question.Questions;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.explain.Explanation;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabProbe.Outcome;
import io.packetwalk.lab.Probing;
import io.packetwalk.lab.Recording;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.tour.Tour;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.correlation.ComparisonJson;
import io.packetwalk.report.correlation.ComparisonText;
import io.packetwalk.report.walk.WalkText;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A packet that was sent through a lab with taps at every device, and the lab's state then. */
final class LivePacket implements AutoCloseable {
  private static final int PAYLOAD = 64;

  private final Path folder;
  private final Asked asked;
  private final Outcome outcome;
  private final Snapshot snapshot;

  private LivePacket(Path folder, Asked asked, Outcome outcome, Snapshot snapshot) {
    this.folder = folder;
    this.asked = asked;
    this.outcome = outcome;
    this.snapshot = snapshot;
  }

  /** Sends it, on the way that the tour takes. */
  static LivePacket send(Lab lab) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("packetwalk-live");
    try {
      Probing probing = new Probing(lab);
      PlannedPod from = Tour.from(lab.plan());
      PlannedPod to = Tour.to(lab.plan());
      Probing.Target target = probing.target(to.fullName(), false).orElseThrow();
      Probing.Wanted wanted =
          new Probing.Wanted(probing.sender(from.fullName()).orElseThrow(), target, "tcp", PAYLOAD);
      List<Outcome> outcomes =
          new Recording(lab, lab.sites(List.of(from, to)), step -> {})
              .record(List.of(wanted), folder, lab.faults());
      Asked asked = new Asked(from.fullName(), target.name() + ":" + target.port());
      Snapshot snapshot = StateReader.read(StateLoader.load(folder.resolve("state")));
      return new LivePacket(folder, asked, outcomes.getFirst(), snapshot);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      delete(folder);
      throw failure;
    }
  }

  /** Sends one without any taps: then neighbours know each other. */
  static void greet(Lab lab) throws IOException, InterruptedException {
    Probing probing = new Probing(lab);
    probing.send(
        probing.number(
            List.of(
                new Probing.Wanted(
                    probing.sender(Tour.from(lab.plan()).fullName()).orElseThrow(),
                    probing.target(Tour.to(lab.plan()).fullName(), false).orElseThrow(),
                    "tcp",
                    PAYLOAD))));
  }

  Outcome outcome() {
    return outcome;
  }

  /** The answer to the question, and the picture of the way. */
  String overview(OutputOptions output) {
    return new WalkText(new Names(snapshot), output.paper(), new WalkText.Detail(false, false))
        .overview(walk(), asked);
  }

  private Walk walk() {
    try {
      return Walker.walk(
          snapshot, new Questions(snapshot).ask(asked.from(), asked.to(), ProbeOptions.NONE));
    } catch (QuestionFault fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** The packet as it left a node, a line for each of its headers; empty where it wasn't seen. */
  List<String> frameAt(String node, String device) throws IOException {
    Path capture = folder.resolve("captures").resolve(node).resolve("host/" + device + ".pcap");
    return Files.exists(capture)
        ? ProbeOnWire.lines(capture, outcome.probe().sourcePort())
        : List.of();
  }

  /** Prints what was seen beside what is predicted. */
  ExitStatus show(PrintWriter out, OutputOptions output) throws IOException {
    Walk walk = walk();
    Comparison comparison =
        new CorrelateRun(
                snapshot,
                CaptureFile.find(List.of(folder.resolve("captures"))),
                Map.of(),
                CorrelateRun.Progress.NONE)
            .compare(walk, ProbeOptions.NONE.sourcePort());
    Explanation explanation = Explanation.of(comparison);
    out.print(
        output.isJson()
            ? ComparisonJson.of(comparison, explanation, asked) + "\n"
            : new ComparisonText(new Names(snapshot), output.paper())
                .of(comparison, explanation, asked));
    out.flush();
    return CorrelateCommand.status(explanation);
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(folder)) {
      entries = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      Files.delete(entry);
    }
  }
}
