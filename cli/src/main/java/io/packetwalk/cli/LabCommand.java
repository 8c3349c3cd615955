package io.packetwalk.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab}: practice clusters on this machine's kernel. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LabListCommand.class,
      LabUpCommand.class,
      LabStatusCommand.class,
      LabShellCommand.class,
      LabGatherCommand.class,
      LabProbeCommand.class,
      LabTraceCommand.class,
      LabBreakCommand.class,
      LabFixCommand.class,
      LabRecordCommand.class,
      LabTourCommand.class,
      LabDownCommand.class,
    },
    description = {
      "Builds small clusters with a real data path on this machine, to watch packets and to break "
          + "things. They live in namespaces of their own and leave nothing behind."
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab list",
      "  sudo packetwalk lab tour calico-vxlan",
      "  sudo packetwalk lab up calico-vxlan",
      "  sudo packetwalk lab probe web svc/shop/api",
      "  sudo packetwalk lab break route-missing",
      "  sudo packetwalk lab shell worker1",
      "  sudo packetwalk lab down",
    })
final class LabCommand implements Runnable {
  @Spec private CommandSpec command;

  LabCommand() {}

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "which command?");
  }
}
