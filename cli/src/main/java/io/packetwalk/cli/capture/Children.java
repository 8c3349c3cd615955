package io.packetwalk.cli.capture;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that were started to watch, and the threads that take what they say. */
final class Children {
  private static final int PATIENCE_SECONDS = 5;

  private Children() {}

  /** Ends them, and waits until what they said has been taken. */
  static void end(List<Process> processes, List<Thread> takers) {
    processes.forEach(Process::destroy);
    try {
      for (Process process : processes) {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      for (Thread taker : takers) {
        taker.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
