package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab list}: the clusters that can be built. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the clusters that can be built, and which of them are up.")
final class LabListCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  LabListCommand() {}

  @Override
  public Integer call() throws IOException {
    List<String> up = Lab.all().stream().map(Lab::name).toList();
    PrintWriter out = command.commandLine().getOut();
    for (ClusterKind kind : ClusterKind.values()) {
      boolean isUp = up.contains(kind.label()) || up.contains(Lab.name(kind, true));
      out.println("%-26s %s%s".formatted(kind.label(), kind.description(), isUp ? "  (up)" : ""));
    }
    out.flush();
    return 0;
  }
}
