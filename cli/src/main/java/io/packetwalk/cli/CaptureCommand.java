package io.packetwalk.cli;

import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.gather.Machine;
import io.packetwalk.gather.Reach;
import io.packetwalk.gather.Rooms;
import io.packetwalk.lab.Lab;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk capture}: taps at every device where a packet should show. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description = {
      "Writes this machine's state down, predicts the way from FROM to TO, captures at every "
          + "device on it, and lays what was seen beside what was predicted.",
      "It adds no rule anywhere, and ends when its time, size or number of packets is reached, or "
          + "with Ctrl-C."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk capture vm:red 10.0.2.5:8080 --probe tcp",
      "  sudo packetwalk capture --lab calico-vxlan shop/web-6d4b75cb6d-hx7kq svc/shop/api:80 \\",
      "    --probe udp --count 5",
      "  sudo packetwalk capture node/vm 192.0.2.1 --duration 30 -o folder",
      "",
      "The folder holds state/, captures/ and notes beside them; 'packetwalk correlate",
      "-s folder/state FROM TO folder/captures' gives the same answer again.",
    })
final class CaptureCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private PacketOptions packet;

  @Parameters(index = "0", paramLabel = "FROM", description = "As 'packetwalk trace' takes it.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "As 'packetwalk trace' takes it.")
  private String to;

  @Option(names = "--lab", paramLabel = "NAME", description = "In this practice cluster.")
  private Optional<String> lab;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "A new folder. Default: packetwalk-capture-DATE in the working folder")
  private Optional<Path> output;

  @Option(
      names = "--probe",
      paramLabel = "PROTOCOL",
      description = "Sends packets from FROM's namespace: udp, tcp or icmp.")
  private Optional<String> probe;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many probes. Default: 1")
  private int count;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "0.2",
      description = "Between probes. Default: 0.2")
  private double interval;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Captures so long. Default: until the probes are answered; without, 10")
  private Optional<Integer> duration;

  @Option(
      names = "--max-size",
      paramLabel = "MIB",
      defaultValue = "256",
      description = "Ends when the captures are larger than this. Default: 256")
  private int mebibytes;

  @Option(names = "--all-taps", description = "Captures at every device of every namespace.")
  private boolean allTaps;

  CaptureCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Path folder = output.orElseGet(() -> Path.of(defaultName()));
    if (Files.exists(folder)) {
      throw new FileAlreadyExistsException(folder + " exists");
    }
    Optional<Lab> found = lab.isPresent() ? Optional.of(lab(lab.get())) : Optional.empty();
    List<Lab.Site> sites = sites(found);
    CaptureRun run =
        new CaptureRun(
            command,
            folder,
            found,
            sites,
            new CaptureRun.Bounds(duration, (long) mebibytes << 20, allTaps));
    try {
      return run.call(
          found.map(one -> LabTraceCommand.full(one.plan(), from)).orElse(from),
          found.map(one -> LabTraceCommand.full(one.plan(), to)).orElse(to),
          options(),
          probe.map(_ -> new LiveProbes(sites, count, interval)));
    } catch (QuestionFault fault) {
      throw wrong(String.valueOf(fault.getMessage()));
    }
  }

  private void check() {
    if (probe.isPresent() && !List.of("udp", "tcp", "icmp").contains(probe.get())) {
      throw wrong("--probe is udp, tcp or icmp");
    }
    if (count < 1 || count > 1000 || interval < 0 || interval > 60) {
      throw wrong("--count is 1 to 1000, --interval 0 to 60");
    }
    if (mebibytes < 1 || duration.filter(seconds -> seconds < 1).isPresent()) {
      throw wrong("--max-size and --duration are 1 or more");
    }
  }

  private ProbeOptions options() {
    ProbeOptions asked = packet.probe();
    return probe.isEmpty()
        ? asked
        : new ProbeOptions(
            Optional.of(ProbeOptions.Protocol.valueOf(probe.get().toUpperCase(Locale.ROOT))),
            asked.sourcePort(),
            asked.destinationPort(),
            asked.icmpType(),
            asked.size(),
            asked.hopLimit(),
            asked.ipv6(),
            asked.source(),
            asked.device());
  }

  private Lab lab(String name) throws IOException {
    return Lab.find(name).orElseThrow(() -> wrong("no lab '%s' is up".formatted(name)));
  }

  private static List<Lab.Site> sites(Optional<Lab> lab) throws IOException, InterruptedException {
    if (lab.isPresent()) {
      return lab.get().sites();
    }
    Machine here = Machine.at(HostName.read(), Reach.local());
    return List.of(new Lab.Site(here, Rooms.of(here)));
  }

  private static String defaultName() {
    return "packetwalk-capture-"
        + LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(command.commandLine(), reason);
  }
}
