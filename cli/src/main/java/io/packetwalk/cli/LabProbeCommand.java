package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabProbe;
import io.packetwalk.lab.LabProbe.Outcome;
import io.packetwalk.lab.Probing;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab probe}: sends a real packet. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = "Sends real packets in a lab, and tells who received them and what came back.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab probe web cart",
      "  sudo packetwalk lab probe web svc/shop/api --proto tcp --count 5",
      "  sudo packetwalk lab probe web api.shop.svc.cluster.local",
      "  sudo packetwalk lab probe client 192.168.50.12:30432",
    })
final class LabProbeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private LabChoice choice;

  @Parameters(index = "0", paramLabel = "FROM", description = "A pod, a node or client.")
  private String from;

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description =
          "A pod, a node, client, svc/NS/NAME, a name of cluster DNS or an address, each with :PORT"
              + " or without.")
  private String to;

  @Option(
      names = "--proto",
      paramLabel = "PROTOCOL",
      defaultValue = "udp",
      description = "udp, tcp or icmp. Default: udp")
  private String protocol;

  @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "How many.")
  private int count;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      defaultValue = "64",
      description = "Of the payload. Default: 64")
  private int size;

  @Option(names = "-6", description = "Asks the IPv6 address of a name.")
  private boolean six;

  LabProbeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!List.of("udp", "tcp", "icmp").contains(protocol)) {
      throw wrong("--proto is udp, tcp or icmp");
    }
    if (count < 1 || count > 1000 || size < 0 || size > 65000) {
      throw wrong("--count is 1 to 1000, --size 0 to 65000");
    }
    Lab lab = choice.lab();
    Probing probing = new Probing(lab);
    LabProbe.Sender sender =
        probing.sender(from).orElseThrow(() -> wrong("nobody is called '" + from + "'"));
    Probing.Target target =
        probing.target(to, six).orElseThrow(() -> wrong("nothing is called '" + to + "'"));
    List<Probing.Wanted> wanted = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      wanted.add(new Probing.Wanted(sender, target, protocol, size));
    }
    List<Outcome> outcomes = probing.send(probing.number(wanted));
    PrintWriter out = command.commandLine().getOut();
    outcomes.forEach(outcome -> out.println(line(outcome)));
    out.flush();
    return outcomes.stream().allMatch(Outcome::wasAnswered)
        ? ExitStatus.DELIVERED.code()
        : ExitStatus.NOT_DELIVERED.code();
  }

  static String line(Outcome outcome) {
    LabProbe probe = outcome.probe();
    String received =
        outcome.receivedBy().isEmpty()
            ? "received by nobody"
            : "received by " + String.join(", ", outcome.receivedBy());
    String answer =
        switch (outcome.result()) {
          case "reply" -> "answered after %.1f ms".formatted(outcome.seconds() * 1000);
          case "error:TimeoutError" -> "no answer";
          default -> "the sender was told " + outcome.result().substring("error:".length());
        };
    return "%s → %s %s port %d from %d: %s, %s"
        .formatted(
            probe.from(),
            probe.address(),
            probe.protocol(),
            probe.port(),
            probe.sourcePort(),
            received,
            answer);
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(command.commandLine(), reason);
  }
}
