package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab list}: the clusters that can be built. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Lists the clusters that can be built, which of them are up, and where each would stand on "
            + "this machine.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab list",
      "  sudo packetwalk lab up calico-vxlan",
      "  sudo packetwalk lab tour calico-vxlan",
    })
final class LabListCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  LabListCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> up = Lab.all().stream().map(Lab::name).toList();
    PrintWriter out = command.commandLine().getOut();
    for (ClusterKind kind : ClusterKind.values()) {
      out.println("%-26s %s%s".formatted(kind.label(), kind.description(), running(up, kind)));
    }
    out.println();
    out.println("With IPv6 beside IPv4 (--dual): all but " + onlyIpv4());
    out.flush();
    for (Map.Entry<String, List<String>> place : places().entrySet()) {
      out.println();
      out.println(place.getKey() + ":");
      out.println("  " + String.join(", ", place.getValue()));
    }
    out.flush();
    return 0;
  }

  /** The names under which a kind is up, which may be two. */
  private static String running(List<String> up, ClusterKind kind) {
    String names =
        Stream.of(false, true)
            .map(dual -> Lab.name(kind, dual))
            .filter(up::contains)
            .map(name -> name + " is up")
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "  (" + names + ")";
  }

  private static String onlyIpv4() {
    return Stream.of(ClusterKind.values())
        .filter(kind -> kind.onlyIpv4().isPresent())
        .map(ClusterKind::label)
        .collect(Collectors.joining(" and "));
  }

  /** The kinds by where they would stand here and why. */
  private static Map<String, List<String>> places() throws IOException, InterruptedException {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (ClusterKind kind : ClusterKind.values()) {
      String place = Lab.place(kind).replace("can't carry " + kind.label(), "can't carry these");
      places.computeIfAbsent(place, _ -> new ArrayList<>()).add(kind.label());
    }
    return places;
  }
}
