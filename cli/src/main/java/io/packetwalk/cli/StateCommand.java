package io.packetwalk.cli;

import io.packetwalk.model.Snapshot;
import io.packetwalk.report.state.StateJson;
import io.packetwalk.report.state.StateText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code packetwalk state}: what is in a state, and what isn't. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what is in a state: nodes, pods, commands, how the CNI plugin was recognised, the"
          + " lines that were not understood, and what is missing for a full walk."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk state -s ticket.txt",
      "  packetwalk state -s state/ --all | less",
      "  packetwalk state -s bundle.tar.gz -o json",
    })
final class StateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private StateOptions state;
  @Mixin private OutputOptions output;

  @Option(
      names = {"-v", "--all"},
      description = "Every entry of lists that are otherwise shortened.")
  private boolean all;

  StateCommand() {}

  @Override
  public Integer call() {
    Snapshot snapshot = state.read();
    String text =
        output.isJson()
            ? StateJson.of(snapshot) + "\n"
            : StateText.of(snapshot, output.paper(), all);
    command.commandLine().getOut().print(text);
    command.commandLine().getOut().flush();
    return 0;
  }
}
