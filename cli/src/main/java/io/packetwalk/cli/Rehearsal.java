package io.packetwalk.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * The training run of the launcher: the short commands one after the other, so that the JVM can
 * record which classes they load and how these link. What they print goes nowhere.
 */
final class Rehearsal {
  private static final String SAMPLE =
      Path.of(System.getProperty("packetwalk.home", ""), "samples/calico-ipip/state").toString();

  private static final List<List<String>> RUNS =
      List.of(
          List.of("--version"),
          List.of("trace", "--help"),
          List.of("demo"),
          List.of("state", "-s", SAMPLE),
          List.of("demo", "-o", "json", "-v"),
          List.of("trace", "-s", SAMPLE, "shop/api-7c9f8d6b54-x2k4p", "node/worker2"),
          List.of("trace", "-s", SAMPLE, "node/worker1", "[fd00:10:244:bd40::5]:8080", "-v"),
          List.of("state", "-s", SAMPLE));

  private Rehearsal() {}

  public static void main(String[] arguments) {
    RUNS.forEach(Rehearsal::run);
  }

  private static void run(List<String> arguments) {
    String[] given = arguments.toArray(String[]::new);
    CommandLine command = Main.commandLine(given);
    command.setOut(new PrintWriter(Writer.nullWriter()));
    command.setErr(new PrintWriter(Writer.nullWriter()));
    int status = command.execute(given);
    if (status == ExitStatus.DEFECT.code()) {
      System.exit(status);
    }
  }
}
