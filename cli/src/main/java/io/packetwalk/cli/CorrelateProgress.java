package io.packetwalk.cli;

import io.packetwalk.capture.tap.CaptureFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;

/** How far captures were read, on a line of the terminal that is written over. */
final class CorrelateProgress implements CorrelateRun.Progress, AutoCloseable {
  private static final long FIRST_AFTER = 1_000_000_000L;
  private static final long AGAIN_AFTER = 200_000_000L;

  private final PrintWriter terminal;
  private final boolean watched;
  private final long size;
  private long next = System.nanoTime() + FIRST_AFTER;
  private boolean shown;

  private CorrelateProgress(PrintWriter terminal, boolean watched, long size) {
    this.terminal = terminal;
    this.watched = watched;
    this.size = size;
  }

  /** Progress on standard error, when the launcher found a terminal. */
  static CorrelateProgress of(List<CaptureFile> files, PrintWriter diagnostics) throws IOException {
    long size = 0;
    for (CaptureFile file : files) {
      size += Files.size(file.path());
    }
    boolean watched = System.getProperty("packetwalk.columns") != null;
    return new CorrelateProgress(diagnostics, watched, size);
  }

  @Override
  public void at(long frames, long bytes) {
    if (!watched || System.nanoTime() - next < 0) {
      return;
    }
    next = System.nanoTime() + AGAIN_AFTER;
    shown = true;
    String share = size > 0 ? " (%d %%)".formatted(Math.min(100, bytes * 100 / size)) : "";
    terminal.print("\r\u001b[Kpacketwalk: %d frames%s".formatted(frames, share));
    terminal.flush();
  }

  @Override
  public void close() {
    if (shown) {
      terminal.print("\r\u001b[K");
      terminal.flush();
    }
  }
}
