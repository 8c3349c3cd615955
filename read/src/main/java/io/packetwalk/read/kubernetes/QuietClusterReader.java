package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Arguments;
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

  /** Objects that say how a cluster is set up, not where packets go. */
  private static final Set<String> SETTINGS =
      Set.of(
          "bgpconfig",
          "bgpconfiguration",
          "bgpconfigurations",
          "felixconfig",
          "felixconfiguration",
          "felixconfigurations",
          "clusterinfo",
          "events",
          "namespaces",
          "ns",
          "namespace",
          "componentstatuses",
          "cs",
          "sa",
          "serviceaccounts",
          "secrets",
          "crd",
          "crds");

  @Override
  public Optional<String> recognise(CommandRun run) {
    if (run.word(0).equals("antctl")) {
      return Optional.of("antctl");
    }
    boolean cluster = Kubectl.is(run) || run.word(0).equals("calicoctl");
    if (!cluster) {
      return Optional.empty();
    }
    Arguments arguments = ObjectScope.kubectl(run);
    String verb = arguments.operand(0);
    if (verb.equals("get") && SETTINGS.contains(arguments.operand(1))) {
      return Optional.of(run.word(0) + " get " + arguments.operand(1));
    }
    return VERBS.contains(verb) ? Optional.of(run.word(0) + " " + verb) : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    return Reading.of();
  }
}
