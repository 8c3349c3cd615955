package io.packetwalk.cli;

import io.packetwalk.lab.Breaking;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.fault.Fault;
import io.packetwalk.lab.fault.Faults;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab break}: puts a classic fault into a lab. */
@Command(
    name = "break",
    mixinStandardHelpOptions = true,
    description = {"Puts a classic fault into a lab. Without its name, lists those that fit."},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab break",
      "  sudo packetwalk lab break ip-forward-off",
      "  sudo packetwalk lab trace web cart",
      "  sudo packetwalk lab fix",
    })
final class LabBreakCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private LabChoice choice;

  @Parameters(arity = "0..1", paramLabel = "FAULT", description = "One that the list shows.")
  private Optional<String> name;

  LabBreakCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Lab lab = choice.lab();
    PrintWriter out = command.commandLine().getOut();
    if (name.isEmpty()) {
      for (Fault fault : Faults.of(lab.plan())) {
        out.println("%-30s %s".formatted(fault.name(), fault.title()));
      }
      out.flush();
      return 0;
    }
    Fault fault =
        Faults.named(name.get())
            .orElseThrow(() ->
                new ParameterException(
                    command.commandLine(),
                    "no fault is called '%s'; 'packetwalk lab break' lists them"
                        .formatted(name.get())));
    new Breaking(lab).inject(fault);
    out.println(fault.title());
    out.println("what is noticed: " + fault.notice());
    out.println(
        "try: packetwalk lab trace %s %s".formatted(fault.example().from(), fault.example().to()));
    out.flush();
    return 0;
  }
}
