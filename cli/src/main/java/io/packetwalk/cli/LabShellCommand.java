package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.Session;
import io.packetwalk.lab.TerminalSize;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedPod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab shell}: a shell on a node or in a pod. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = "Opens a shell on a node or in a pod, or runs a command there.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab shell worker1",
      "  sudo packetwalk lab shell shop/web-6d4b75cb6d-hx7kq",
      "  sudo packetwalk lab shell web -- curl -s http://api.shop/",
      "  echo 'ip route; ip neigh' | sudo packetwalk lab shell worker2",
    })
final class LabShellCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private LabChoice choice;

  @Parameters(
      index = "0",
      paramLabel = "NODE|POD",
      description = "A node, the client, or a pod by its name or app.")
  private String place;

  @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run there.")
  private List<String> line = new ArrayList<>();

  LabShellCommand() {}

  /** What stands behind the place belongs to the command that runs there, options too. */
  @Spec
  void leaveOptions(CommandSpec spec) {
    spec.parser().stopAtPositional(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Lab lab = choice.lab();
    String netns =
        netns(lab.plan(), place)
            .orElseThrow(() ->
                new ParameterException(
                    command.commandLine(), "no node or pod is called '%s'".formatted(place)));
    Optional<TerminalSize> size = RawTerminal.size();
    Session session = lab.use(netns, place, line, size);
    return session.relay().isPresent()
        ? new SessionRelay(session, session.relay().get(), size).run()
        : session.process().waitFor();
  }

  /** The namespace of a node, a pod or the client. */
  static Optional<String> netns(Plan plan, String place) {
    if (place.equals(Plan.CLIENT) || place.equals(Plan.FABRIC)) {
      return Optional.of(place);
    }
    return plan.node(place)
        .map(node -> node.name())
        .or(() -> plan.pod(place).map(PlannedPod::netns));
  }
}
