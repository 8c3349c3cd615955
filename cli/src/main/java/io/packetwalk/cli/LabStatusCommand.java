package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab status}: the labs that are up, and what is in them. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows which labs are up, and what is in them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab status",
      "  sudo packetwalk lab status --script | less     # how it was built, command by command",
    })
final class LabStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--script", description = "Shows the commands that built them.")
  private boolean script;

  LabStatusCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    List<Lab> labs = Lab.all();
    for (Lab lab : labs) {
      if (script) {
        out.print(lab.script());
        continue;
      }
      out.println(lab.name() + ", in " + lab.where());
      LabView.show(lab, out);
    }
    for (String name : Lab.leftovers()) {
      out.println(name + " ended without 'down'; 'packetwalk lab down' cleans up");
    }
    if (labs.isEmpty()) {
      out.println("no lab is up");
    }
    out.flush();
    return 0;
  }
}
