package io.packetwalk.cli;

import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.gather.Gathered;
import io.packetwalk.gather.Gathering;
import io.packetwalk.gather.Limits;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.report.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab trace}: the predicted walk in a lab as it is now. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description =
        "Gathers a lab's state and walks a packet through it, as 'packetwalk trace' does.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab trace web cart",
      "  sudo packetwalk lab trace web svc/shop/api:80 --proto tcp -v",
    })
final class LabTraceCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private LabChoice choice;
  @Mixin private PacketOptions packet;
  @Mixin private WalkDetail detail;
  @Mixin private OutputOptions output;

  @Parameters(index = "0", paramLabel = "FROM", description = "As 'packetwalk trace' takes it.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "As 'packetwalk trace' takes it.")
  private String to;

  LabTraceCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Lab lab = choice.lab();
    Snapshot snapshot;
    try (GatherProgress progress = new GatherProgress(command.commandLine().getErr())) {
      snapshot = snapshot(lab, progress);
    }
    try {
      Asked asked = new Asked(full(lab.plan(), from), full(lab.plan(), to));
      WalkAnswer answer = WalkAnswer.of(snapshot, asked, packet.probe(), detail, output);
      command.commandLine().getOut().print(answer.text());
      command.commandLine().getOut().flush();
      return answer.status().code();
    } catch (QuestionFault fault) {
      throw new ParameterException(command.commandLine(), String.valueOf(fault.getMessage()));
    }
  }

  /** A lab's state, read without writing it down. */
  static Snapshot snapshot(Lab lab, GatherProgress progress)
      throws IOException, InterruptedException {
    List<StateFile> files = new ArrayList<>();
    for (Gathered file : lab.gather(new Gathering(Limits.GENEROUS, progress))) {
      files.add(new StateFile(file.name(), file.text()));
    }
    return StateReader.read(new StateFiles(files, List.of()));
  }

  /** A pod may be named by its app. */
  static String full(Plan plan, String end) {
    int colon = end.lastIndexOf(':');
    String name = colon < 0 ? end : end.substring(0, colon);
    if (name.contains("/") || plan.node(name).isPresent() || name.equals(Plan.CLIENT)) {
      return end;
    }
    return plan.pod(name)
        .map(PlannedPod::fullName)
        .map(full -> colon < 0 ? full : full + end.substring(colon))
        .orElse(end);
  }
}
