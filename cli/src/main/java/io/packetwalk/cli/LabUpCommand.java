package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab up}: builds a cluster. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Builds a cluster: in namespaces of this kernel where that can carry it, else in a kernel of "
          + "its own. It stays up until 'packetwalk lab down'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab up flannel-vxlan",
      "  sudo packetwalk lab up calico-bgp --dual",
      "  packetwalk lab up calico-ipip       # without root: in User Mode Linux",
    })
final class LabUpCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "NAME", description = "One that 'packetwalk lab list' lists.")
  private String name;

  @Option(names = "--dual", description = "With IPv6 beside IPv4.")
  private boolean dualStack;

  @Option(
      names = "--box",
      description = "In a kernel of its own (User Mode Linux), though this one would do.")
  private boolean box;

  LabUpCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    PrintWriter out = command.commandLine().getOut();
    Lab lab;
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      lab = Lab.up(kind(command, name), dualStack, box, notice::at);
    }
    out.println(
        "%s is up after %.1f s, in %s"
            .formatted(lab.name(), (System.nanoTime() - begin) / 1e9, lab.where()));
    LabView.show(lab, out);
    out.flush();
    return 0;
  }

  static ClusterKind kind(CommandSpec command, String name) {
    return ClusterKind.of(name)
        .orElseThrow(() ->
            new ParameterException(
                command.commandLine(),
                "no cluster is called '%s'; there are %s"
                    .formatted(
                        name,
                        Stream.of(ClusterKind.values())
                            .map(ClusterKind::label)
                            .collect(Collectors.joining(", ")))));
  }
}
