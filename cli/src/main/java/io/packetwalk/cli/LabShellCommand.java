package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabException;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedPod;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
      "  sudo packetwalk lab shell web -- curl -s http://10.96.0.20/",
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
    Optional<List<String>> shell = lab.shell(netns);
    if (shell.isPresent()) {
      List<String> words = new ArrayList<>(shell.get());
      if (!line.isEmpty()) {
        words = new ArrayList<>(words.subList(0, words.indexOf("exec") + 2));
        words.addAll(line);
      }
      return new ProcessBuilder(words).inheritIO().start().waitFor();
    }
    if (line.isEmpty()) {
      throw new LabException(
          "no terminal can be attached to a kernel of its own; 'packetwalk lab shell "
              + place
              + " COMMAND' runs a command there");
    }
    return relay(lab.inside(netns).start(line));
  }

  /** A command's output as it comes. */
  private int relay(Process process) throws IOException, InterruptedException {
    Thread errors = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), System.err));
    copy(process.getInputStream(), System.out);
    errors.join();
    return process.waitFor();
  }

  private static void copy(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
      to.flush();
    } catch (IOException ended) {
      // Nobody listens any more.
    }
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
