package io.packetwalk.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of the program inside of the test's process. */
record Run(int status, String answer, String diagnostics) {
  static Run of(String... arguments) {
    StringWriter answer = new StringWriter();
    StringWriter diagnostics = new StringWriter();
    CommandLine command = Main.commandLine(arguments);
    command.setOut(new PrintWriter(answer, true));
    command.setErr(new PrintWriter(diagnostics, true));
    int status = command.execute(arguments);
    return new Run(status, answer.toString(), diagnostics.toString());
  }
}
