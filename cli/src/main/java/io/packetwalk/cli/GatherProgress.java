package io.packetwalk.cli;

import io.packetwalk.gather.Progress;
import io.packetwalk.gather.Room;
import java.io.PrintWriter;

/** A line on the terminal that says how far the gathering has come; it is gone in the end. */
final class GatherProgress implements Progress, AutoCloseable {
  private final PrintWriter terminal;
  private final boolean shown = System.getProperty("packetwalk.columns") != null;

  GatherProgress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  @Override
  public void done(String machine, Room room, int done, int all) {
    if (shown) {
      terminal.print(
          "\r\u001b[Kpacketwalk: asked %d of %d namespaces of %s".formatted(done, all, machine));
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
