package io.packetwalk.cli;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.cli.question.Questions;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.explain.Explanation;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.Probing;
import io.packetwalk.lab.Recording;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.tour.Tour;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.correlation.ComparisonJson;
import io.packetwalk.report.correlation.ComparisonText;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code packetwalk demo --live}: a cluster is built, and a packet sent: predicted beside seen. */
final class LiveDemo {
  private static final ClusterKind KIND = ClusterKind.CALICO_IPIP;
  private static final int PAYLOAD = 64;

  private final CommandSpec command;
  private final OutputOptions output;

  LiveDemo(CommandSpec command, OutputOptions output) {
    this.command = command;
    this.output = output;
  }

  int run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("packetwalk-demo");
    try {
      Asked asked = record(folder);
      return show(folder, asked).code();
    } finally {
      delete(folder);
    }
  }

  /** Sends the packet with taps at every device, in a lab that is up or built for it. */
  private Asked record(Path folder) throws IOException, InterruptedException {
    Optional<Lab> running = Lab.find(KIND.label());
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      Lab lab = running.isPresent() ? running.get() : Lab.up(KIND, false, notice::at);
      try {
        notice.at("sending a packet through " + lab.name());
        Probing probing = new Probing(lab);
        Probing.Target target = probing.target(Tour.TO, false).orElseThrow();
        new Recording(lab)
            .record(
                List.of(
                    new Probing.Wanted(
                        probing.sender(Tour.FROM).orElseThrow(), target, "tcp", PAYLOAD)),
                folder,
                lab.faults());
        return new Asked(
            lab.plan().pod(Tour.FROM).orElseThrow().fullName(),
            target.name() + ":" + target.port());
      } finally {
        if (running.isEmpty()) {
          Lab.down(lab.name());
        }
      }
    }
  }

  private ExitStatus show(Path folder, Asked asked) throws IOException {
    Snapshot snapshot = StateReader.read(StateLoader.load(folder.resolve("state")));
    try {
      Walk walk =
          Walker.walk(
              snapshot, new Questions(snapshot).ask(asked.from(), asked.to(), ProbeOptions.NONE));
      Comparison comparison =
          new CorrelateRun(
                  snapshot,
                  CaptureFile.find(List.of(folder.resolve("captures"))),
                  Map.of(),
                  CorrelateRun.Progress.NONE)
              .compare(walk, ProbeOptions.NONE.sourcePort());
      Explanation explanation = Explanation.of(comparison);
      PrintWriter out = command.commandLine().getOut();
      out.print(
          output.isJson()
              ? ComparisonJson.of(comparison, explanation, asked) + "\n"
              : new ComparisonText(new Names(snapshot), output.paper())
                  .of(comparison, explanation, asked));
      out.flush();
      return CorrelateCommand.status(explanation);
    } catch (QuestionFault fault) {
      throw new IllegalStateException(fault);
    }
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
