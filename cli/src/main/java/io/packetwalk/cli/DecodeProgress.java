package io.packetwalk.cli;

import io.packetwalk.capture.CaptureInput;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import java.util.OptionalLong;

/** How far a long capture was read, on a line of the terminal that is written over. */
final class DecodeProgress {
  private static final long FIRST_AFTER = 1_000_000_000L;
  private static final long AGAIN_AFTER = 200_000_000L;

  private final Optional<CaptureInput> input;
  private final long size;
  private final PrintWriter terminal;
  private long next = System.nanoTime() + FIRST_AFTER;
  private boolean shown;

  private DecodeProgress(Optional<CaptureInput> input, long size, PrintWriter terminal) {
    this.input = input;
    this.size = size;
    this.terminal = terminal;
  }

  /** Progress that nobody sees: the answer itself is on the terminal. */
  static DecodeProgress silent() {
    return new DecodeProgress(Optional.empty(), 0, new PrintWriter(Writer.nullWriter()));
  }

  /** Progress on standard error, when the launcher found a terminal. */
  static DecodeProgress of(CaptureInput input, PrintWriter diagnostics) {
    return new DecodeProgress(isWatched() ? Optional.of(input) : Optional.empty(), 0, diagnostics);
  }

  /** The same for a file of so many bytes that is read in pieces. */
  static DecodeProgress of(long size, PrintWriter diagnostics) {
    return new DecodeProgress(Optional.empty(), isWatched() ? size : 0, diagnostics);
  }

  private static boolean isWatched() {
    return System.getProperty("packetwalk.columns") != null;
  }

  /** So many bytes are read. */
  void share(long position) {
    if (size > 0 && isDue()) {
      print("%d %%".formatted(position * 100 / size));
    }
  }

  private boolean isDue() {
    long now = System.nanoTime();
    boolean due = now - next >= 0;
    next = due ? now + AGAIN_AFTER : next;
    return due;
  }

  private void print(String text) {
    shown = true;
    terminal.print("\r\u001b[K" + text);
    terminal.flush();
  }

  void show(long packets) {
    if (input.isEmpty() || !isDue()) {
      return;
    }
    OptionalLong all = input.get().size();
    print(
        all.isPresent()
            ? "%d packets (%d %%)"
                .formatted(packets, input.get().position() * 100 / all.getAsLong())
            : packets + " packets");
  }

  /** Takes the line away. */
  void clear() {
    if (shown) {
      terminal.print("\r\u001b[K");
      terminal.flush();
    }
  }
}
