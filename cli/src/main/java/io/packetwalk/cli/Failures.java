package io.packetwalk.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What a command that failed says on standard error, and its exit status. */
final class Failures {
  private Failures() {}

  static int explain(Exception exception, CommandLine command, ParseResult parsed) {
    PrintWriter diagnostics = command.getErr();
    return switch (exception) {
      case UnreadableInputException unreadable ->
          say(diagnostics, message(unreadable), ExitStatus.UNREADABLE_INPUT);
      case IOException failure -> say(diagnostics, message(failure), ExitStatus.INPUT_OUTPUT);
      case UncheckedIOException failure ->
          say(diagnostics, message(failure), ExitStatus.INPUT_OUTPUT);
      default -> {
        exception.printStackTrace(diagnostics);
        yield say(
            diagnostics, "this is a defect of packetwalk; please report it", ExitStatus.DEFECT);
      }
    };
  }

  private static String message(Exception exception) {
    return Optional.ofNullable(exception.getMessage()).orElseGet(exception::toString);
  }

  private static int say(PrintWriter diagnostics, String message, ExitStatus status) {
    diagnostics.println("packetwalk: " + message);
    return status.code();
  }
}
