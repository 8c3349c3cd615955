package io.packetwalk.cli;

import io.packetwalk.cli.capture.Counters;
import io.packetwalk.cli.capture.DropWatch;
import io.packetwalk.cli.capture.TapFilter;
import io.packetwalk.cli.capture.TapPlan;
import io.packetwalk.cli.capture.Watchers;
import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.cli.question.Questions;
import io.packetwalk.gather.Gathered;
import io.packetwalk.gather.Gathering;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.tap.TapPoint;
import io.packetwalk.gather.tap.TapReport;
import io.packetwalk.gather.tap.Taps;
import io.packetwalk.lab.Lab;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** One live capture, from the state to the comparison. */
final class CaptureRun {
  private static final int USUAL_SECONDS = 10;
  private static final long SETTLE_MILLIS = 500;
  private static final long POLL_MILLIS = 100;
  private static final long SMALLEST_ROOM = 16 << 20;
  private static final long ENDING_SECONDS = 30;
  private static final int MOST_COUNTERS = 20;

  private final CommandSpec command;
  private final Path folder;
  private final Optional<Lab> lab;
  private final List<Lab.Site> sites;
  private final Bounds bounds;
  private List<String> moved = List.of();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  CaptureRun(
      CommandSpec command, Path folder, Optional<Lab> lab, List<Lab.Site> sites, Bounds bounds) {
    this.command = command;
    this.folder = folder;
    this.lab = lab;
    this.sites = sites;
    this.bounds = bounds;
  }

  /** When it ends, and where it captures. */
  record Bounds(Optional<Integer> seconds, long bytes, boolean everywhere) {}

  int call(String from, String to, ProbeOptions options, Optional<LiveProbes> probes)
      throws IOException, InterruptedException, QuestionFault {
    Thread ending = new Thread(this::endGently);
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      Walk walk = predict(from, to, options);
      TapPlan plan = bounds.everywhere() ? TapPlan.everything(sites) : TapPlan.of(walk, sites);
      if (plan.points().isEmpty()) {
        throw new UnreadableInputException("no device of the predicted way can be captured at");
      }
      List<String> notes = capture(walk, plan, probes);
      keep("notes.txt", List.copyOf(notes), notes);
      notes.forEach(note -> command.commandLine().getErr().println("packetwalk: " + note));
      int status = correlate(from, to, options);
      showCounters();
      return status;
    } finally {
      done.countDown();
    }
  }

  private void showCounters() {
    PrintWriter out = command.commandLine().getOut();
    if (!moved.isEmpty()) {
      out.println();
      out.println("Rules and flows that counted packets meanwhile, anybody's:");
      moved.stream().limit(MOST_COUNTERS).forEach(line -> out.println("  " + line));
      if (moved.size() > MOST_COUNTERS) {
        out.println("  and %d more, in counters.txt".formatted(moved.size() - MOST_COUNTERS));
      }
      out.flush();
    }
  }

  /** Ctrl-C ends the capture, not the program: what was captured is compared. */
  private void endGently() {
    asked.countDown();
    try {
      if (!done.await(ENDING_SECONDS, TimeUnit.SECONDS)) {
        command.commandLine().getErr().println("packetwalk: ended before the comparison");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private Walk predict(String from, String to, ProbeOptions options)
      throws IOException, InterruptedException, QuestionFault {
    Path state = Files.createDirectories(folder.resolve("state"));
    try (GatherProgress progress = new GatherProgress(command.commandLine().getErr())) {
      Gathering gathering = new Gathering(Limits.GENEROUS, progress);
      List<Gathered> files = new ArrayList<>();
      if (lab.isPresent()) {
        files.addAll(lab.get().gather(gathering));
      } else {
        for (Lab.Site site : sites) {
          files.add(gathering.of(site.machine(), site.rooms()));
        }
        gathering.cluster(sites.getFirst().machine()).ifPresent(files::add);
      }
      for (Gathered file : files) {
        if (!file.text().isEmpty()) {
          Files.writeString(state.resolve(file.name()), file.text());
        }
      }
    }
    Snapshot snapshot = StateReader.read(StateLoader.load(state));
    return Walker.walk(snapshot, new Questions(snapshot).ask(from, to, options));
  }

  private List<String> capture(Walk walk, TapPlan plan, Optional<LiveProbes> probes)
      throws IOException, InterruptedException {
    List<String> notes = new ArrayList<>();
    plan.unreachable().forEach(device -> notes.add("no tap at " + device + ": it isn't here"));
    Path captures = Files.createDirectories(folder.resolve("captures"));
    String filter = bounds.everywhere() ? "" : TapFilter.of(walk);
    Counters before = Counters.read(sites);
    List<String> devices = plan.points().stream().map(TapPoint::device).toList();
    try (Watchers _ = Watchers.start(sites, folder.resolve("conntrack"));
        DropWatch drops = DropWatch.start(sites, devices, captures);
        Taps taps = Taps.start(plan.points(), captures, filter, 0);
        StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      notes.addAll(drops.notes());
      notice.at("capturing at " + taps.alive() + " devices");
      if (probes.isPresent()) {
        notes.addAll(probes.get().send(walk));
        Thread.sleep(SETTLE_MILLIS);
      }
      if (probes.isEmpty() || bounds.seconds().isPresent()) {
        wait(captures, taps, notice).ifPresent(notes::add);
      }
      for (TapReport report : taps.stop()) {
        note(report, notes);
      }
    }
    moved = Counters.read(sites).since(before);
    keep("counters.txt", moved, notes);
    return notes;
  }

  /** A full disk ends the capture, not the comparison. */
  private void keep(String file, List<String> lines, List<String> notes) {
    try {
      Files.write(folder.resolve(file), lines);
    } catch (IOException full) {
      notes.add("%s isn't written: %s".formatted(file, full.getMessage()));
    }
  }

  private static void note(TapReport report, List<String> notes) {
    report
        .failure()
        .ifPresent(
            reason -> notes.add("the tap at " + report.point().label() + " failed: " + reason));
    report.dropped().stream()
        .filter(count -> count > 0)
        .forEach(count ->
            notes.add(
                "the kernel dropped %d frames at %s".formatted(count, report.point().label())));
  }

  /** Waits for the end; what ended it too early is told. */
  private Optional<String> wait(Path captures, Taps taps, StepNotice notice)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(bounds.seconds().orElse(USUAL_SECONDS));
    while (System.nanoTime() < end && taps.alive() > 0) {
      long size = size(captures);
      notice.at("capturing at %d devices, %d KiB".formatted(taps.alive(), size >> 10));
      if (Files.getFileStore(captures).getUsableSpace() < SMALLEST_ROOM) {
        return Optional.of("ended early: the disk is nearly full");
      }
      if (size > bounds.bytes() || asked.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    }
    return taps.alive() == 0 ? Optional.of("ended early: no tap is left") : Optional.empty();
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** The answer is the one that {@code correlate} gives, now and later. */
  private int correlate(String from, String to, ProbeOptions options) {
    CommandLine program = Main.commandLine("correlate");
    program.setOut(command.commandLine().getOut());
    program.setErr(command.commandLine().getErr());
    PrintWriter out = command.commandLine().getOut();
    out.println("written to " + folder);
    if (!program.getSubcommands().containsKey("correlate")) {
      out.flush();
      return ExitStatus.UNDETERMINED.code();
    }
    List<String> words =
        new ArrayList<>(List.of("correlate", "-s", folder.resolve("state").toString()));
    options.protocol().ifPresent(protocol -> words.addAll(List.of("--proto", protocol.name())));
    words.addAll(List.of(from, to, folder.resolve("captures").toString()));
    out.flush();
    return program.execute(words.toArray(String[]::new));
  }
}
