package io.packetwalk.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process that a practice cluster lives and dies with, told from a later one of the same number
 * by the time when it started.
 */
record Holder(long process, String started) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static Holder of(ProcessHandle handle) {
    return new Holder(handle.pid(), started(handle));
  }

  static Optional<Holder> read(LabFolder folder) throws IOException {
    return folder
        .description()
        .filter(properties -> properties.containsKey("holder"))
        .map(properties ->
            new Holder(
                Long.parseLong(properties.getProperty("holder")),
                properties.getProperty("started", "")));
  }

  void write(LabFolder folder) throws IOException {
    Properties properties = folder.description().orElseGet(Properties::new);
    properties.setProperty("holder", Long.toString(process));
    properties.setProperty("started", started);
    folder.describe(properties);
  }

  private static String started(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse("");
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> started(handle).equals(started));
  }

  boolean isAlive() {
    return handle().isPresent();
  }

  /** The first process of the namespaces that it made: its only child. */
  long first() throws IOException {
    Path children = Path.of("/proc", Long.toString(process), "task", Long.toString(process));
    try {
      String numbers = Files.readString(children.resolve("children")).strip();
      if (!numbers.isEmpty()) {
        return Long.parseLong(numbers.split(" ", 2)[0]);
      }
    } catch (NoSuchFileException ended) {
      // Told below.
    }
    throw new LabException("the lab has ended; 'packetwalk lab up' builds it again");
  }

  /** Ends it, and waits until it has ended: then nothing is left of its namespaces. */
  void end() throws InterruptedException {
    Optional<ProcessHandle> handle = handle();
    if (handle.isEmpty()) {
      return;
    }
    handle.get().descendants().forEach(ProcessHandle::destroyForcibly);
    handle.get().destroyForcibly();
    try {
      handle.get().onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException stuck) {
      throw new IllegalStateException("process " + process + " doesn't end", stuck);
    }
  }
}
