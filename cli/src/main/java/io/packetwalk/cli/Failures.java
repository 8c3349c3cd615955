package io.packetwalk.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
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
      case UncheckedIOException unchecked ->
          explain(Objects.requireNonNull(unchecked.getCause()), diagnostics);
      case IOException failure -> explain(failure, diagnostics);
      default -> {
        exception.printStackTrace(diagnostics);
        yield say(
            diagnostics, "this is a defect of packetwalk; please report it", ExitStatus.DEFECT);
      }
    };
  }

  private static int explain(IOException exception, PrintWriter diagnostics) {
    return switch (exception) {
      case NoSuchFileException missing ->
          say(diagnostics, missing.getFile() + ": no such file", ExitStatus.UNREADABLE_INPUT);
      case AccessDeniedException denied ->
          say(diagnostics, denied.getFile() + ": may not be read", ExitStatus.UNREADABLE_INPUT);
      case NotDirectoryException file ->
          say(diagnostics, file.getFile() + ": not a folder", ExitStatus.UNREADABLE_INPUT);
      default -> say(diagnostics, message(exception), ExitStatus.INPUT_OUTPUT);
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
