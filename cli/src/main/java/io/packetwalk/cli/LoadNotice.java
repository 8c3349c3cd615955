package io.packetwalk.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * A line on the terminal that says what takes so long. It appears after a second, counts, and is
 * gone when the work is done. Nothing is shown where there is no terminal.
 */
final class LoadNotice implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final PrintWriter terminal;
  private final Optional<Thread> counter;

  private LoadNotice(PrintWriter terminal, Optional<Thread> counter) {
    this.terminal = terminal;
    this.counter = counter;
  }

  /**
   * Begins to wait.
   *
   * @param work what is done, such as {@code reading ticket.txt}
   */
  static LoadNotice of(String work, PrintWriter terminal, boolean isTerminal) {
    Optional<Thread> counter =
        isTerminal
            ? Optional.of(Thread.ofPlatform().daemon().start(() -> count(work, terminal)))
            : Optional.empty();
    return new LoadNotice(terminal, counter);
  }

  private static void count(String work, PrintWriter terminal) {
    try {
      for (int seconds = 1; ; seconds++) {
        Thread.sleep(PATIENCE);
        terminal.print("\r\u001b[Kpacketwalk: %s… %d s".formatted(work, seconds));
        terminal.flush();
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (counter.isEmpty()) {
      return;
    }
    counter.get().interrupt();
    try {
      counter.get().join();
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
    }
    terminal.print("\r\u001b[K");
    terminal.flush();
  }
}
