package io.packetwalk.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: the root of the command line. */
@Command(
    name = "packetwalk",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Follows a packet through a Kubernetes cluster's network, hop by hop.",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk demo",
      "  packetwalk state -s ticket.txt",
      "  packetwalk trace -s ticket.txt shop/api-0 svc/shop/cart",
      "  packetwalk trace --help",
      "",
      "Exit status:",
      "  0  delivered              64  the command line is wrong",
      "  1  not delivered          65  the input can't be read",
      "  2  undetermined           74  input or output failed",
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    StandardOutput output = new StandardOutput();
    CommandLine command = commandLine(arguments).setOut(new PrintWriter(output));
    int status = command.execute(arguments);
    command.getOut().flush();
    System.exit(output.status(status, command.getErr()));
  }

  /** The command line for these arguments, ready to execute them; without any, the whole one. */
  static CommandLine commandLine(String... arguments) {
    CommandLine root =
        new CommandLine(new Main())
            .setCommandName(
                Optional.ofNullable(System.getProperty("packetwalk.command")).orElse("packetwalk"));
    Subcommands.addTo(root, arguments);
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Failures::explain);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int explainUsage(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    PrintWriter diagnostics = command.getErr();
    diagnostics.println("packetwalk: " + exception.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(exception, diagnostics);
    diagnostics.println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    return ExitStatus.USAGE.code();
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      Optional<String> version =
          Optional.ofNullable(Main.class.getPackage().getImplementationVersion());
      return new String[] {"packetwalk " + version.orElse("(not packaged)")};
    }
  }
}
