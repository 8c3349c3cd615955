package io.packetwalk.cli;

import io.packetwalk.capture.CaptureInput;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;

/** How far a long capture was read, on a line of the terminal that is written over. */
final class DecodeProgress {
  private static final long FIRST_AFTER = 1_000_000_000L;
  private static final long AGAIN_AFTER = 200_000_000L;

  private final Optional<CaptureInput> input;
  private final PrintWriter terminal;
  private long next = System.nanoTime() + FIRST_AFTER;
  private boolean shown;

  private DecodeProgress(Optional<CaptureInput> input, PrintWriter terminal) {
    this.input = input;
    this.terminal = terminal;
  }

  /** Progress that nobody sees: the answer itself is on the terminal. */
  static DecodeProgress silent() {
    return new DecodeProgress(Optional.empty(), new PrintWriter(Writer.nullWriter()));
  }

  /** Progress on standard error, when the launcher found a terminal. */
  static DecodeProgress of(CaptureInput input, PrintWriter diagnostics) {
    boolean watched = System.getProperty("packetwalk.columns") != null;
    return new DecodeProgress(watched ? Optional.of(input) : Optional.empty(), diagnostics);
  }

  void show(long packets) {
    if (input.isEmpty() || System.nanoTime() - next < 0) {
      return;
    }
    next = System.nanoTime() + AGAIN_AFTER;
    shown = true;
    String share =
        input.get().size().isPresent()
            ? " (%d %%)".formatted(input.get().position() * 100 / input.get().size().getAsLong())
            : "";
    terminal.print("\r\u001b[K" + packets + " packets" + share);
    terminal.flush();
  }

  /** Takes the line away. */
  void clear() {
    if (shown) {
      terminal.print("\r\u001b[K");
      terminal.flush();
    }
  }
}
