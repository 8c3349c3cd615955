package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab down}: ends labs. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Ends labs, all when none is named, and removes what crashed ones left behind.",
    footerHeading = "%nExamples:%n",
    footer = {"  sudo packetwalk lab down", "  sudo packetwalk lab down calico-bgp-dual"})
final class LabDownCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which labs.")
  private List<String> names = new ArrayList<>();

  LabDownCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> chosen = new ArrayList<>(names);
    if (chosen.isEmpty()) {
      Lab.all().forEach(lab -> chosen.add(lab.name()));
      chosen.addAll(Lab.leftovers());
    }
    PrintWriter out = command.commandLine().getOut();
    for (String name : chosen) {
      if (!name.matches("[a-z0-9-]{1,64}") || !Lab.down(name)) {
        throw new ParameterException(command.commandLine(), "no lab '%s' is up".formatted(name));
      }
      out.println(name + " is down");
    }
    out.flush();
    return 0;
  }
}
