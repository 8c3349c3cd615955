package io.packetwalk.cli;

import io.packetwalk.gather.Destination;
import io.packetwalk.gather.Gathered;
import io.packetwalk.gather.Gathering;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Machine;
import io.packetwalk.gather.Reach;
import io.packetwalk.gather.Room;
import io.packetwalk.gather.Rooms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code packetwalk gather}: this machine's tables, written down as a state. */
@Command(
    name = "gather",
    mixinStandardHelpOptions = true,
    description = {
      "Writes down what this machine's network consists of, as a state to trace in: the output of "
          + "ip, bridge, sysctl, iptables-save, nft, ipset, conntrack, ss and others in every "
          + "network namespace, and the cluster's objects where kubectl is set up.",
      "It only looks. Root sees all of it; without, what can't be seen is noted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk gather -o worker1.tar.gz",
      "  sudo packetwalk gather -o state/worker1 --node worker1",
      "  sudo packetwalk gather --netns host,cni-1",
      "  packetwalk state -s worker1.tar.gz",
      "",
      "Gather at each node and put the files into one folder: that is the cluster's state.",
    })
final class GatherCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR|ARCHIVE",
      description = {
        "Where to write: a new folder, or an archive when it ends in .tar.gz, .tgz, .tar or .zip.",
        "Default: packetwalk-NODE-DATE in the working folder"
      })
  private Optional<Path> output;

  @Option(
      names = "--netns",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "all",
      description = {
        "Only these namespaces: names of ip netns, PIDs, host for the machine's own, or all. "
            + "Default: all"
      })
  private List<String> namespaces;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "What the machine is called. Default: its host name")
  private Optional<String> node;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "For each command. Default: 60")
  private int seconds;

  @Option(names = "--no-cluster", description = "Doesn't ask Kubernetes.")
  private boolean noCluster;

  GatherCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 1) {
      throw wrong("--timeout is 1 or more");
    }
    Machine machine = Machine.at(name(), Reach.local());
    Path target = output.orElseGet(() -> Path.of(defaultName(machine.name())));
    Destination destination = Destination.fresh(target);
    List<Gathered> files = gather(machine);
    destination.write(files);
    report(files, target);
    return 0;
  }

  private String name() throws InterruptedException {
    String name = node.orElse(HostName.read());
    if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")) {
      throw wrong("'%s' is no name of a machine".formatted(name));
    }
    return name;
  }

  private static String defaultName(String machine) {
    return "packetwalk-%s-%s"
        .formatted(
            machine,
            LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
  }

  private List<Gathered> gather(Machine machine) throws InterruptedException {
    PrintWriter terminal = command.commandLine().getErr();
    try (GatherProgress progress = new GatherProgress(terminal)) {
      Gathering gathering =
          new Gathering(new Limits(Duration.ofSeconds(seconds), Limits.GENEROUS.bytes()), progress);
      List<Gathered> files = new ArrayList<>();
      files.add(gathering.of(machine, rooms(machine)));
      if (!noCluster) {
        gathering.cluster(machine).ifPresent(files::add);
      }
      return files;
    }
  }

  private List<Room> rooms(Machine machine) throws InterruptedException {
    if (namespaces.equals(List.of("all"))) {
      return Rooms.of(machine);
    }
    List<Room> chosen = new ArrayList<>();
    for (String name : namespaces) {
      if (name.equals(Room.OWN)) {
        chosen.add(Room.own());
      } else if (name.matches("[1-9][0-9]{0,9}")) {
        chosen.add(Room.ofProcess(Long.parseLong(name)));
      } else {
        chosen.add(
            Rooms.of(machine).stream()
                .filter(room -> room.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("no namespace is called '" + name + "'")));
      }
    }
    return chosen;
  }

  private void report(List<Gathered> files, Path target) {
    PrintWriter diagnostics = command.commandLine().getErr();
    for (Gathered file : files) {
      if (!file.missing().isEmpty()) {
        diagnostics.println("packetwalk: not installed: " + String.join(", ", file.missing()));
      }
      file.remarks().forEach(remark -> diagnostics.println("packetwalk: " + remark));
    }
    PrintWriter out = command.commandLine().getOut();
    out.println(target);
    out.flush();
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(command.commandLine(), reason);
  }
}
