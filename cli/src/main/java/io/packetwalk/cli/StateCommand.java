package io.packetwalk.cli;

import io.packetwalk.model.Snapshot;
import io.packetwalk.report.state.StateJson;
import io.packetwalk.report.state.StateText;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code packetwalk state}: what a state holds, what wasn't understood, and what is missing. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description =
        "Says what a state holds, what wasn't understood, and what a full walk still needs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk state -s ticket.txt",
      "  packetwalk state -s bundle.tar.gz -v | less",
      "  packetwalk state -s state/ -o json",
    })
final class StateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private StateOptions state;
  @Mixin private OutputOptions output;

  StateCommand() {}

  @Override
  public Integer call() {
    Snapshot snapshot = state.read();
    command.commandLine().getOut().print(text(snapshot));
    command.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private String text(Snapshot snapshot) {
    return switch (output.format()) {
      case JSON -> StateJson.of(snapshot) + "\n";
      case TEXT -> StateText.of(snapshot, output.paper(), output.isVerbose());
    };
  }
}
