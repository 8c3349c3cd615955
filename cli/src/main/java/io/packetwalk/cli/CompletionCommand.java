package io.packetwalk.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code packetwalk completion}: the script that makes a shell complete commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script for bash and zsh that completes commands and options.",
    footerHeading = "%nExample:%n",
    footer = "  source <(packetwalk completion)")
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  CompletionCommand() {}

  @Override
  public Integer call() {
    String script = AutoComplete.bash("packetwalk", command.root().commandLine());
    command.commandLine().getOut().print(script);
    command.commandLine().getOut().flush();
    return 0;
  }
}
