package io.packetwalk.cli;

import io.packetwalk.lab.Breaking;
import io.packetwalk.lab.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab fix}: mends a lab. */
@Command(
    name = "fix",
    mixinStandardHelpOptions = true,
    description = "Takes every fault out of a lab.",
    footerHeading = "%nExamples:%n",
    footer = {"  sudo packetwalk lab fix", "  sudo packetwalk lab fix --lab calico-vxlan"})
final class LabFixCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private LabChoice choice;

  LabFixCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Fault> mended = new Breaking(choice.lab()).mend();
    PrintWriter out = command.commandLine().getOut();
    mended.forEach(fault -> out.println("mended: " + fault.name()));
    if (mended.isEmpty()) {
      out.println("nothing was broken");
    }
    out.flush();
    return 0;
  }
}
