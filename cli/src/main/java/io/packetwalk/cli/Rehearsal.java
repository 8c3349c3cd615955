package io.packetwalk.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/**
 * The training run of the launcher: the short commands one after the other, so that the JVM can
 * record which classes they load and how these link. What they print goes nowhere.
 */
final class Rehearsal {
  private static final List<String[]> RUNS =
      List.of(new String[] {"--version"}, new String[] {"--help"});

  private Rehearsal() {}

  public static void main(String[] arguments) {
    RUNS.forEach(Rehearsal::run);
  }

  private static void run(String[] arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(Writer.nullWriter()));
    command.setErr(new PrintWriter(Writer.nullWriter()));
    int status = command.execute(arguments);
    if (status == ExitStatus.DEFECT.code()) {
      System.exit(status);
    }
  }
}
