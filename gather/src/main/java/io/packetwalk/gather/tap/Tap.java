package io.packetwalk.gather.tap;

import io.packetwalk.gather.ShellWords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tcpdump that captures at one device into a file.
 *
 * <p>It dies with the thread that has started it, however that ends (PR_SET_PDEATHSIG), so no tap
 * outlives the program; and it writes each frame through, so what was captured is kept.
 */
public final class Tap {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long SMALLEST_ROOM = 1 << 13;
  private static final Pattern COUNT =
      Pattern.compile("^(\\d+) packets? (captured|received by filter|dropped by kernel)");

  /**
   * KiB. In immediate mode libpcap gives every frame as much room as the largest may need, 64 KiB
   * where segmentation is left to the device: its usual 2 MiB are gone after 32 frames.
   */
  private static final String ROOM_FOR_WHOLE_FRAMES = "8192";

  private final TapPoint point;
  private final Path log;
  private final Process process;
  private final String command;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final List<String> said = new ArrayList<>();
  private final Thread listener;
  private Optional<String> from = Optional.empty();
  private Optional<String> until = Optional.empty();

  private Tap(TapPoint point, Path log, Process process, String command) {
    this.point = point;
    this.log = log;
    this.process = process;
    this.command = command;
    this.listener = Thread.ofVirtual().start(this::listen);
  }

  /**
   * Starts a tap.
   *
   * @param folder in which its file goes to the point's place
   * @param filter a pcap filter; empty for every frame
   * @param snapLength bytes that are kept of a frame; 0 for all
   */
  public static Tap start(TapPoint point, Path folder, String filter, int snapLength)
      throws IOException {
    Path file = folder.resolve(point.file()).toAbsolutePath();
    Files.createDirectories(file.getParent());
    List<String> command =
        new ArrayList<>(
            List.of("setpriv", "--pdeathsig", "KILL", "tcpdump", "-i", point.device(), "-n"));
    // Not promiscuous: that would change what a bridge passes up. -Z root keeps the file writable.
    command.addAll(List.of("-p", "-U", "-Z", "root", "-s", Integer.toString(snapLength)));
    if (snapLength == 0) {
      command.addAll(List.of("-B", ROOM_FOR_WHOLE_FRAMES));
    }
    command.addAll(List.of("--immediate-mode", "-w", file.toString()));
    if (!filter.isEmpty()) {
      command.add(filter);
    }
    Path log = file.resolveSibling(file.getFileName() + ".log");
    Tap tap = new Tap(point, log, point.reach().start(command), ShellWords.typed(command));
    // Should nobody be left to say it later, this much stands beside the capture.
    tap.keep();
    return tap;
  }

  public TapPoint point() {
    return point;
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          said.add(line);
        }
        if (line.contains("listening on")) {
          ready.countDown();
        }
      }
    } catch (IOException closed) {
      // It has ended.
    }
    ready.countDown();
  }

  /** Waits until it captures; false when it doesn't. */
  public boolean await() throws InterruptedException {
    return ready.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && process.isAlive();
  }

  /** By the node's clock it captures now; this stands beside the capture at once. */
  void capturesAt(String time) {
    if (isAlive()) {
      from = from.or(() -> Optional.of(time));
      until = Optional.of(time);
      keep();
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end. Its last words, the counts of what was lost, can still be read. */
  public void end() {
    try {
      // What java.lang.Process itself does to a process of this machine closes its streams, too.
      process.toHandle().destroy();
    } catch (UnsupportedOperationException elsewhere) {
      process.destroy();
    }
  }

  /** Ends it, and tells what became of it. */
  public TapReport stop() throws InterruptedException {
    boolean early = !process.isAlive();
    end();
    boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    listener.join(PATIENCE.toMillis());
    keep();
    Optional<String> failure = early ? Optional.of(reason()) : Optional.empty();
    if (!ended) {
      failure = Optional.of("it had to be killed");
    } else if (failure.isEmpty() && isDiskFull()) {
      failure = Optional.of("the disk is full: what came later isn't in the capture");
    }
    return new TapReport(point, count("captured"), count("dropped by kernel"), failure);
  }

  /** tcpdump itself goes on without a word when nothing more can be written. */
  private boolean isDiskFull() {
    try {
      return Files.getFileStore(folder()).getUsableSpace() < SMALLEST_ROOM;
    } catch (IOException gone) {
      return false;
    }
  }

  private Path folder() {
    return Optional.ofNullable(log.getParent()).orElse(log);
  }

  /** What tcpdump said, among it what was lost, stays beside its capture. */
  private void keep() {
    try {
      List<String> lines = new ArrayList<>(List.of(command));
      from.ifPresent(time -> lines.add("capturing from " + time));
      synchronized (said) {
        lines.addAll(said);
      }
      until.filter(_ -> hasReadAll()).ifPresent(time -> lines.add("capturing until " + time));
      Files.write(log, lines);
    } catch (IOException full) {
      // The disk may be full; the report tells the same.
    }
  }

  /** What tcpdump had received but not read when it ended isn't in the capture. */
  private boolean hasReadAll() {
    OptionalLong received = count("received by filter");
    OptionalLong captured = count("captured");
    OptionalLong dropped = count("dropped by kernel");
    return received.isPresent()
        && captured.isPresent()
        && dropped.isPresent()
        && received.getAsLong() <= captured.getAsLong() + dropped.getAsLong();
  }

  private String reason() {
    synchronized (said) {
      return said.stream()
          .filter(line -> !line.contains("listening on") && !COUNT.matcher(line).find())
          .reduce((earlier, later) -> later)
          .orElse("it ended by itself");
    }
  }

  private OptionalLong count(String what) {
    synchronized (said) {
      for (String line : said) {
        Matcher matcher = COUNT.matcher(line);
        if (matcher.find() && matcher.group(2).equals(what)) {
          return OptionalLong.of(Long.parseLong(matcher.group(1)));
        }
      }
    }
    return OptionalLong.empty();
  }
}
