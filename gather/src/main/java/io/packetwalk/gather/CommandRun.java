package io.packetwalk.gather;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** The running of one command, bounded in time and in what is kept of its output. */
public final class CommandRun {
  private static final int NOT_FOUND = 127;

  /** How wrappers say that they didn't find the program. */
  private static final Pattern UNSTARTED =
      Pattern.compile(
          "^(?:exec of \"[^\"]*\" failed|(?:nsenter|setpriv|ip): (?:failed to execute|exec)"
              + "|[a-z]*sh: (?:line )?\\d*:? ?[^ ]+: (?:command )?not found)");

  private CommandRun() {}

  /**
   * Runs a command to its end.
   *
   * @throws InterruptedException when this thread is interrupted; the command is ended first
   */
  public static Output of(Reach reach, List<String> command, Limits limits)
      throws InterruptedException {
    Process process;
    try {
      process = reach.start(command);
    } catch (IOException failure) {
      return new Output("", "", new Output.End.NotStarted(String.valueOf(failure.getMessage())));
    }
    try (Drain printed = new Drain(process.getInputStream(), limits.bytes());
        Drain errors = new Drain(process.getErrorStream(), limits.bytes())) {
      boolean ended = process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        end(process);
      }
      String text = printed.text();
      String complaint = errors.text();
      return new Output(
          joined(text, complaint),
          text,
          end(process, ended, complaint, printed.overflowed() || errors.overflowed(), limits));
    } finally {
      end(process);
    }
  }

  private static Output.End end(
      Process process, boolean ended, String complaint, boolean overflowed, Limits limits) {
    if (!ended) {
      return new Output.End.OutOfTime(limits.time().toSeconds());
    }
    int status = process.exitValue();
    if (status == NOT_FOUND || (status != 0 && UNSTARTED.matcher(complaint).find())) {
      return new Output.End.NotStarted(complaint.strip());
    }
    return overflowed ? new Output.End.TooLong(limits.bytes()) : new Output.End.Exited(status);
  }

  private static String joined(String text, String complaint) {
    boolean open = !text.isEmpty() && !text.endsWith("\n") && !complaint.isEmpty();
    return open ? text + "\n" + complaint : text + complaint;
  }

  /** Ends a process and what it has started, which would otherwise keep the pipes open. */
  private static void end(Process process) {
    if (process.isAlive()) {
      // Its children last: a shell whose child was killed first would say so.
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** A thread that reads a pipe to its end and keeps its beginning. */
  private static final class Drain implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 2;

    private final InputStream stream;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final Thread thread;

    Drain(InputStream stream, int most) {
      this.stream = stream;
      this.thread = Thread.ofVirtual().start(() -> read(most));
    }

    private void read(int most) {
      byte[] buffer = new byte[1 << 16];
      try {
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
          keep(buffer, count, most);
        }
      } catch (IOException closed) {
        // The process was ended; what it had printed is kept.
      }
    }

    private synchronized void keep(byte[] buffer, int count, int most) {
      int taken = Math.min(count, most - kept.size());
      kept.write(buffer, 0, taken);
      if (taken < count) {
        overflowed.set(true);
      }
    }

    boolean overflowed() {
      return overflowed.get();
    }

    String text() throws InterruptedException {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      synchronized (this) {
        return kept.toString(StandardCharsets.UTF_8);
      }
    }

    @Override
    public void close() {
      try {
        stream.close();
      } catch (IOException ignored) {
        // Nothing was going to be written to it.
      }
    }
  }
}
