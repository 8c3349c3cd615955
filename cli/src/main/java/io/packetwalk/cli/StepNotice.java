package io.packetwalk.cli;

import java.io.PrintWriter;

/** A line on the terminal that says what is being done; it is gone in the end. */
final class StepNotice implements AutoCloseable {
  private final PrintWriter terminal;
  private final boolean shown = System.getProperty("packetwalk.columns") != null;

  StepNotice(PrintWriter terminal) {
    this.terminal = terminal;
  }

  void at(String step) {
    if (shown) {
      terminal.print("\r\u001b[Kpacketwalk: " + step + "…");
      terminal.flush();
    }
  }

  @Override
  public void close() {
    if (shown) {
      terminal.print("\r\u001b[K");
      terminal.flush();
    }
  }
}
