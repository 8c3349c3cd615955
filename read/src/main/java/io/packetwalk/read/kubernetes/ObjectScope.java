package io.packetwalk.read.kubernetes;

import io.packetwalk.read.command.Arguments;
import io.packetwalk.read.transcript.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a command asked for: kinds of objects, in one Kubernetes namespace or all, every object or
 * some.
 *
 * @param kinds the kinds that the model has, in order
 * @param others kinds that it hasn't
 * @param names the objects that were asked for by name; none for all of a kind
 * @param namespace empty for all; {@code default} when the command names none
 * @param selected whether a selector left objects out
 * @param output {@code wide}, {@code yaml}, {@code json}, … or empty
 */
record ObjectScope(
    List<ResourceKind> kinds,
    List<String> others,
    List<String> names,
    Optional<String> namespace,
    boolean selected,
    String output) {
  static final String DEFAULT_NAMESPACE = "default";

  private static final Set<String> VALUED =
      Set.of(
          "-n",
          "--namespace",
          "-o",
          "--output",
          "-l",
          "--selector",
          "--field-selector",
          "--context",
          "--kubeconfig",
          "--cluster",
          "--user",
          "-s",
          "--server",
          "--sort-by",
          "-L",
          "--label-columns",
          "-c",
          "--config",
          "-f",
          "--filename",
          "--template",
          "--chunk-size",
          "--request-timeout",
          "--as",
          "--token");
  private static final Set<String> CALICO_VALUED =
      Set.of(
          "-n", "--namespace", "-o", "--output", "-c", "--config", "-f", "--filename", "--context");

  ObjectScope {
    kinds = List.copyOf(kinds);
    others = List.copyOf(others);
    names = List.copyOf(names);
  }

  /** The words of {@code kubectl}. */
  static Arguments kubectl(CommandRun run) {
    return Arguments.of(run.words(), VALUED);
  }

  /** The words of {@code calicoctl}, whose {@code -a} means all namespaces. */
  static Arguments calicoctl(CommandRun run) {
    return Arguments.of(run.words(), CALICO_VALUED);
  }

  /** The scope of {@code kubectl get …} or {@code kubectl describe …}. */
  static ObjectScope of(Arguments arguments) {
    List<ResourceKind> kinds = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> operands = arguments.operands();
    for (int index = 1; index < operands.size(); index++) {
      String operand = operands.get(index);
      int slash = operand.indexOf('/');
      if (slash > 0) {
        kinds(operand.substring(0, slash), kinds, others);
        names.add(operand.substring(slash + 1));
      } else if (index == 1) {
        kinds(operand, kinds, others);
      } else {
        names.add(operand);
      }
    }
    boolean all = arguments.has("-A", "--all-namespaces", "-a");
    String namespace = arguments.value("-n", "--namespace").orElse(DEFAULT_NAMESPACE);
    return new ObjectScope(
        kinds,
        others,
        names,
        all ? Optional.empty() : Optional.of(namespace),
        arguments.has("-l", "--selector", "--field-selector"),
        arguments.value("-o", "--output").orElse(""));
  }

  private static void kinds(String words, List<ResourceKind> kinds, List<String> others) {
    List<String> named =
        words.equals("all") ? List.of("pods", "services") : List.of(words.split(",", -1));
    for (String word : named) {
      Optional<ResourceKind> kind = ResourceKind.named(word);
      if (kind.isEmpty()) {
        others.add(word);
      } else if (!kinds.contains(kind.get())) {
        kinds.add(kind.get());
      }
    }
  }

  /** Whether every object of the kinds was asked for. */
  boolean isAll() {
    return names.isEmpty() && !selected;
  }

  /** The namespace of an object that doesn't say. */
  String namespaceOr(String shown) {
    return shown.isEmpty() ? namespace.orElse(DEFAULT_NAMESPACE) : shown;
  }

  boolean isObjects() {
    return output.equals("yaml") || output.equals("json");
  }

  boolean isTable() {
    return output.isEmpty() || output.equals("wide");
  }
}
