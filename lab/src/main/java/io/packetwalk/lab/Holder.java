package io.packetwalk.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

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
    if (handle.isPresent()) {
      end(handle.get());
    }
  }

  private static void end(ProcessHandle handle) throws InterruptedException {
    handle.descendants().forEach(ProcessHandle::destroyForcibly);
    handle.destroyForcibly();
    try {
      handle.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException stuck) {
      throw new IllegalStateException("process " + handle.pid() + " doesn't end", stuck);
    }
  }

  /**
   * Ends what was started for a lab and never noted, since its starter was killed in between. The
   * first program of each lab has the path of one of that lab's files in its command line.
   */
  static void endUnnoted(LabFolder folder) throws InterruptedException {
    List<String> scripts =
        Stream.of("first.sh", "box.sh", "initrd")
            .map(name -> folder.file(name).toString())
            .toList();
    List<ProcessHandle> unnoted;
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      unnoted =
          all.filter(one -> one.pid() != ProcessHandle.current().pid())
              .filter(
                  one -> one.info().commandLine().filter(line -> names(line, scripts)).isPresent())
              .toList();
    }
    for (ProcessHandle one : unnoted) {
      end(one);
    }
  }

  private static boolean names(String commandLine, List<String> scripts) {
    return List.of(commandLine.split("[ =]", -1)).stream().anyMatch(scripts::contains);
  }
}
