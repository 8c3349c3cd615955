package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the commands of {@code kubectl} and {@code calicoctl} that change things or tell others.
 */
public final class QuietClusterReader implements CommandReader {
  private static final Set<String> VERBS =
      Set.of(
          "apply",
          "create",
          "delete",
          "replace",
          "patch",
          "edit",
          "run",
          "expose",
          "scale",
          "label",
          "annotate",
          "rollout",
          "logs",
          "version",
          "config",
          "cluster-info",
          "top",
          "cordon",
          "uncordon",
          "drain",
          "taint",
          "wait",
          "exec",
          "attach",
          "cp",
          "port-forward",
          "api-resources",
          "api-versions",
          "explain",
          "completion",
          "set",
          "ipam",
          "convert",
          "auth",
          "debug");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean cluster = Kubectl.is(run) || run.word(0).equals("calicoctl");
    if (!cluster) {
      return Optional.empty();
    }
    String verb = ObjectScope.kubectl(run).operand(0);
    return VERBS.contains(verb) ? Optional.of(run.word(0) + " " + verb) : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    return Reading.of();
  }
}
