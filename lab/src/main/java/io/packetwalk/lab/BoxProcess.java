package io.packetwalk.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A command that runs inside of a kernel of its own. It is asked for by a file, and its output, its
 * end and the wish to end it are files beside that one.
 */
final class BoxProcess extends Process {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(4);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(60);
  private static final int KILLED = 137;

  private final Path path;
  private final BooleanSupplier alive;
  private final OutputStream input;
  private final InputStream printed;
  private final InputStream errors;
  private OptionalInt status = OptionalInt.empty();

  /**
   * @param path of its files, without their endings
   * @param alive whether the kernel that it runs in is running
   * @param input what is typed to it
   */
  BoxProcess(Path path, BooleanSupplier alive, OutputStream input) {
    this.path = path;
    this.input = input;
    this.alive = alive;
    this.printed = new Output(".out");
    this.errors = new Output(".err");
  }

  @Override
  public OutputStream getOutputStream() {
    return input;
  }

  @Override
  public InputStream getInputStream() {
    return printed;
  }

  @Override
  public InputStream getErrorStream() {
    return errors;
  }

  @Override
  public int waitFor() throws InterruptedException {
    Pause pause = new Pause();
    while (isAlive()) {
      pause.take();
    }
    return exitValue();
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    Pause pause = new Pause();
    while (isAlive()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      pause.take();
    }
    return true;
  }

  @Override
  public int exitValue() {
    OptionalInt known = ended();
    if (known.isPresent()) {
      return known.getAsInt();
    }
    if (alive.getAsBoolean()) {
      throw new IllegalThreadStateException("it is running");
    }
    return KILLED;
  }

  /**
   * What it ended with. The file that says so goes, since the folder is listed inside again and
   * again.
   */
  private synchronized OptionalInt ended() {
    Path file = file(".status");
    try {
      if (status.isEmpty() && Files.exists(file)) {
        status = OptionalInt.of(Integer.parseInt(Files.readString(file).strip()));
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return status;
  }

  @Override
  public boolean isAlive() {
    return ended().isEmpty() && alive.getAsBoolean();
  }

  @Override
  public void destroy() {
    end(".term");
  }

  @Override
  public Process destroyForcibly() {
    end(".kill");
    return this;
  }

  private void end(String how) {
    if (isAlive()) {
      try {
        Files.write(file(how), new byte[0]);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** What it has started isn't a process of this kernel. */
  @Override
  public Stream<ProcessHandle> descendants() {
    return Stream.empty();
  }

  private Path file(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** Pauses between two looks: short ones first, since most commands are. */
  private static final class Pause {
    private Duration next = FIRST_PAUSE;

    void take() throws InterruptedException {
      Thread.sleep(next);
      Duration longer = next.plus(FIRST_PAUSE);
      next = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /** One of its outputs, read while it grows. */
  private final class Output extends InputStream {
    private final Path file;
    private long position;
    private boolean closed;

    Output(String ending) {
      this.file = file(ending);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      try {
        Pause pause = new Pause();
        while (!closed) {
          boolean ended = !isAlive();
          int count = available(buffer, offset, length);
          if (count > 0) {
            return count;
          }
          if (ended) {
            return -1;
          }
          pause.take();
        }
        return -1;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", interrupted);
      }
    }

    private int available(byte[] buffer, int offset, int length) throws IOException {
      if (!Files.exists(file)) {
        return 0;
      }
      try (FileChannel channel = FileChannel.open(file)) {
        int count = channel.read(ByteBuffer.wrap(buffer, offset, length), position);
        position += Math.max(0, count);
        return count;
      }
    }

    @Override
    public void close() throws IOException {
      closed = true;
      if (!BoxProcess.this.isAlive()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
