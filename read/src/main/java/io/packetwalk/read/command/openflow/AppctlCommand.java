package io.packetwalk.read.command.openflow;

import io.packetwalk.read.transcript.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command of {@code ovs-appctl}, or of {@code ovs-dpctl}, which knows those about data paths
 * itself.
 *
 * @param name such as {@code fdb/show} or {@code dpctl/dump-flows}
 * @param arguments without options
 */
record AppctlCommand(String name, List<String> arguments) {
  private static final Set<String> WITH_VALUE = Set.of("-t", "--target", "-T", "--timeout");

  AppctlCommand {
    arguments = List.copyOf(arguments);
  }

  static Optional<AppctlCommand> of(CommandRun run) {
    boolean datapath = run.word(0).equals("ovs-dpctl");
    if (!datapath && !run.word(0).equals("ovs-appctl")) {
      return Optional.empty();
    }
    List<String> plain = new ArrayList<>();
    for (int index = 1; index < run.words().size(); index++) {
      String word = run.words().get(index);
      if (WITH_VALUE.contains(word)) {
        index++;
      } else if (!word.startsWith("-")) {
        plain.add(word);
      }
    }
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    String name = datapath ? "dpctl/" + plain.getFirst() : plain.getFirst();
    return Optional.of(new AppctlCommand(name, plain.subList(1, plain.size())));
  }

  String first() {
    return arguments.isEmpty() ? "" : arguments.getFirst();
  }
}
