package io.packetwalk.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: the root of the command line. */
@Command(
    name = "packetwalk",
    mixinStandardHelpOptions = true,
    version = "packetwalk 0.1.0",
    description = "Follows a packet through a Kubernetes cluster's network, hop by hop.")
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
