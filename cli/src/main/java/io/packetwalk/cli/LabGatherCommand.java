package io.packetwalk.cli;

import io.packetwalk.gather.Destination;
import io.packetwalk.gather.Gathered;
import io.packetwalk.gather.Gathering;
import io.packetwalk.gather.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab gather}: a lab's state. */
@Command(
    name = "gather",
    mixinStandardHelpOptions = true,
    description = "Writes a lab's state down, as 'packetwalk gather' does on a node.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab gather -o state/",
      "  packetwalk trace -s state/ shop/web-6d4b75cb6d-hx7kq svc/shop/api",
    })
final class LabGatherCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private LabChoice choice;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR|ARCHIVE",
      required = true,
      description = "A new folder, or an archive: .tar.gz, .tgz, .tar or .zip.")
  private Path output;

  LabGatherCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Destination destination = Destination.fresh(output);
    PrintWriter terminal = command.commandLine().getErr();
    List<Gathered> files;
    try (GatherProgress progress = new GatherProgress(terminal)) {
      files = choice.lab().gather(new Gathering(Limits.GENEROUS, progress));
    }
    destination.write(files);
    command.commandLine().getOut().println(output);
    return 0;
  }
}
