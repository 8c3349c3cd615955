package io.packetwalk.walk.gap;

import io.packetwalk.model.FailedCommand;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands that somebody ran to show what is missing, and that failed. */
public final class Attempts {
  private static final String CLUSTER = "kubectl ";

  private final List<FailedCommand> failed;

  public Attempts(List<FailedCommand> failed) {
    this.failed = List.copyOf(failed);
  }

  /** The line by which a command like this one said, at its place, that it failed. */
  public Optional<Source> at(String command) {
    return failed.stream()
        .filter(attempt -> isLike(attempt, command))
        .map(FailedCommand::said)
        .findFirst();
  }

  private static boolean isLike(FailedCommand attempt, String command) {
    String place = Commands.in(attempt.place(), "").strip();
    boolean ofCluster = attempt.name().startsWith(CLUSTER) && command.startsWith(CLUSTER);
    if (!ofCluster && !command.startsWith(place)) {
      return false;
    }
    String rest = ofCluster ? command : command.substring(place.length());
    List<String> words = List.of(rest.split("[^\\w/-]+", -1));
    return List.of(attempt.name().split(" ", -1)).stream()
        .allMatch(word ->
            words.stream().anyMatch(each -> each.equals(word) || each.startsWith(word + "-")));
  }

  /** The branch, what it takes for granted resting on the commands that failed to show it. */
  public Branch explain(Branch branch) {
    return failed.isEmpty()
        ? branch
        : new Branch(
            branch.weight(),
            branch.verdict(),
            branch.reason(),
            branch.steps(),
            branch.assumptions().stream().map(this::explain).toList());
  }

  private Assumption explain(Assumption assumption) {
    Optional<Source> said = at(assumption.command());
    if (said.isEmpty() || assumption.grounds().contains(said.get())) {
      return assumption;
    }
    List<Source> grounds = new ArrayList<>(assumption.grounds());
    grounds.add(said.get());
    return new Assumption(assumption.text(), assumption.command(), grounds);
  }
}
