package io.packetwalk.gather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The asking of machines: each one's tables, namespace by namespace, as transcripts. */
public final class Gathering {
  /** Namespaces that are asked at the same time. Each question is a process. */
  private static final int AT_ONCE = 4;

  private static final Limits CLUSTER_LIMITS =
      new Limits(Duration.ofSeconds(30), Limits.GENEROUS.bytes());

  private final Limits limits;
  private final Progress progress;

  public Gathering(Limits limits, Progress progress) {
    this.limits = limits;
    this.progress = progress;
  }

  /** The transcript of one machine. */
  public Gathered of(Machine machine, List<Room> rooms) throws InterruptedException {
    List<Part> parts = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Part>> asked = new ArrayList<>();
      for (Room room : rooms) {
        Callable<Part> question = () -> new Part(machine, room, limits).ask();
        asked.add(workers.submit(question));
      }
      try {
        for (Future<Part> part : asked) {
          parts.add(part.get());
          progress.done(machine.name(), rooms.get(parts.size() - 1), parts.size(), rooms.size());
        }
      } catch (ExecutionException failure) {
        throw new IllegalStateException(failure.getCause());
      } finally {
        workers.shutdownNow();
      }
    }
    return joined(machine, parts);
  }

  private static Gathered joined(Machine machine, List<Part> parts) {
    StringBuilder text = new StringBuilder();
    SequencedSet<String> missing = new LinkedHashSet<>();
    List<String> remarks = new ArrayList<>();
    for (Part part : parts) {
      text.append(part.transcript.text());
      missing.addAll(part.missing);
      remarks.addAll(part.remarks);
    }
    return new Gathered(machine.name() + ".txt", text.toString(), List.copyOf(missing), remarks);
  }

  /** What Kubernetes lists, where its client is installed and gets an answer. */
  public Optional<Gathered> cluster(Machine machine) throws InterruptedException {
    Transcript transcript = new Transcript(machine.name());
    List<String> remarks = new ArrayList<>();
    for (List<String> command : Catalogue.cluster()) {
      Output output = CommandRun.of(machine.reach(), command, CLUSTER_LIMITS);
      if (output.isMissing()) {
        return Optional.empty();
      }
      if (!output.succeeded()) {
        remarks.add(ShellWords.typed(command) + ": " + lastLine(output.text()));
        break;
      }
      transcript.add(Room.own(), command, output);
    }
    return Optional.of(new Gathered("kubectl.txt", transcript.text(), List.of(), remarks));
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (earlier, later) -> later);
  }

  /** The questions to one namespace, in the order of a catalogue. */
  private static final class Part {
    private final Machine machine;
    private final Room room;
    private final Limits limits;
    private final Reach reach;
    private final Transcript transcript;
    private final SequencedSet<String> missing = new LinkedHashSet<>();
    private final List<String> remarks = new ArrayList<>();

    Part(Machine machine, Room room, Limits limits) {
      this.machine = machine;
      this.room = room;
      this.limits = limits;
      this.reach = machine.into(room);
      this.transcript = new Transcript(machine.name());
    }

    Part ask() throws InterruptedException {
      for (List<String> command : Catalogue.of(room)) {
        ask(command);
      }
      offloads();
      if (room.isOwn()) {
        openVswitch();
      }
      return this;
    }

    /** One program for all devices, of which there may be hundreds; or one for each. */
    private void offloads() throws InterruptedException {
      List<String> all = Catalogue.offloads("*");
      Output output = CommandRun.of(reach, all, limits);
      if (output.succeeded() && !output.printed().isBlank()) {
        transcript.add(room, all, output);
        return;
      }
      for (String device : lines(List.of("ip", "-br", "link"))) {
        ask(Catalogue.offloads(device.split("[@\\s]", 2)[0]));
      }
    }

    /** Without its daemons, the tools of Open vSwitch would wait for them. */
    private void openVswitch() throws InterruptedException {
      Output bridges =
          CommandRun.of(reach, List.of("ovs-vsctl", "--timeout=5", "list-br"), Limits.SHORT);
      if (!bridges.succeeded()) {
        return;
      }
      for (List<String> command : Catalogue.openVswitch()) {
        ask(command);
      }
      for (String bridge : bridges.printed().lines().toList()) {
        for (List<String> command : Catalogue.ofSwitch(bridge)) {
          ask(command);
        }
      }
    }

    private void ask(List<String> command) throws InterruptedException {
      String program = command.getFirst();
      if (missing.contains(program)) {
        return;
      }
      Output output = CommandRun.of(reach, command, limits);
      if (output.isMissing()) {
        missing.add(program);
      }
      switch (output.end()) {
        case Output.End.Exited exited -> {}
        case Output.End.NotStarted missingProgram -> {}
        case Output.End.OutOfTime late -> remark(command, "ended after " + late.seconds() + " s");
        case Output.End.TooLong cut -> remark(command, "cut after " + cut.bytes() + " bytes");
      }
      transcript.add(room, command, output);
    }

    private void remark(List<String> command, String what) {
      remarks.add(
          machine.name() + ", " + room.name() + ": " + ShellWords.typed(command) + ": " + what);
    }

    /** The lines of a short answer that isn't part of the transcript. */
    private List<String> lines(List<String> command) throws InterruptedException {
      Output output = CommandRun.of(reach, command, Limits.SHORT);
      return output.succeeded()
          ? output.printed().lines().filter(line -> !line.isBlank()).toList()
          : List.of();
    }
  }
}
