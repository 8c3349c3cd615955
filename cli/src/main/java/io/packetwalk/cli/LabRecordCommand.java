package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabProbe.Outcome;
import io.packetwalk.lab.Matrix;
import io.packetwalk.lab.Recording;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab record}: a lab's run as a case for regression tests. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Sends every kind of traffic through a lab and writes down its state, captures at every "
          + "device, and what became of each packet (truth.json).",
      "A lab that isn't up is built for it, and ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab record calico-vxlan -o cases/calico-vxlan",
      "  packetwalk trace -s cases/calico-vxlan/state …",
    })
final class LabRecordCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "NAME", description = "One that 'packetwalk lab list' lists.")
  private String name;

  @Option(names = "--dual", description = "With IPv6 beside IPv4.")
  private boolean dualStack;

  @Option(names = "--few", description = "One packet of each kind of traffic only.")
  private boolean few;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "A new folder.")
  private Path output;

  LabRecordCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterKind kind = LabUpCommand.kind(command, name);
    if (Files.exists(output)) {
      throw new FileAlreadyExistsException(output + " exists");
    }
    Optional<Lab> running = Lab.find(Lab.name(kind, dualStack));
    List<Outcome> outcomes;
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      Lab lab = running.isPresent() ? running.get() : Lab.up(kind, dualStack, notice::at);
      try {
        outcomes =
            new Recording(lab, notice::at)
                .record(few ? Matrix.few(lab) : Matrix.of(lab), output, lab.faults());
      } finally {
        if (running.isEmpty()) {
          Lab.down(lab.name());
        }
      }
    }
    long answered = outcomes.stream().filter(Outcome::wasAnswered).count();
    PrintWriter out = command.commandLine().getOut();
    out.println("%s: %d packets sent, %d answered".formatted(output, outcomes.size(), answered));
    out.flush();
    return 0;
  }
}
