package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kubectl exec}: options may stand before and behind the pod's name, and old versions need
 * no {@code --} before the command.
 */
final class KubectlExec {
  private static final List<String> WITH_VALUE =
      List.of(
          "n",
          "namespace",
          "c",
          "container",
          "context",
          "kubeconfig",
          "cluster",
          "user",
          "s",
          "server",
          "token",
          "as",
          "v",
          "f",
          "filename",
          "pod-running-timeout",
          "request-timeout",
          "image",
          "target",
          "profile");

  private String namespace = "";
  private String container = "";
  private String subcommand = "";
  private String target = "";
  private final List<String> command = new ArrayList<>();

  private KubectlExec() {}

  static Optional<Unwrapped> peel(Place place, Arguments arguments) {
    KubectlExec exec = new KubectlExec();
    exec.take(arguments);
    if (exec.target.isEmpty()) {
      return Optional.empty();
    }
    boolean node = exec.target.startsWith("node/") || exec.target.startsWith("nodes/");
    if (exec.subcommand.equals("debug") && node) {
      return Optional.of(
          new Unwrapped(new Place.Host(afterSlash(exec.target)), exec.command, true));
    }
    if (exec.subcommand.equals("node-shell") || exec.subcommand.equals("node_shell")) {
      return Optional.of(
          new Unwrapped(new Place.Host(afterSlash(exec.target)), exec.command, true));
    }
    if (!exec.subcommand.equals("exec") && !exec.subcommand.equals("rsh")) {
      return Optional.empty();
    }
    boolean pod =
        exec.target.startsWith("pod/")
            || exec.target.startsWith("pods/")
            || exec.target.startsWith("po/");
    String name = pod ? afterSlash(exec.target) : exec.target;
    return Optional.of(
        new Unwrapped(new Place.Pod(exec.namespace, name, exec.container), exec.command, true));
  }

  private static String afterSlash(String target) {
    return target.substring(target.indexOf('/') + 1);
  }

  private void take(Arguments arguments) {
    while (!arguments.isEmpty()) {
      if (arguments.peek().equals("--")) {
        arguments.next();
        command.addAll(arguments.rest());
        return;
      }
      if (arguments.nextIsOption()) {
        option(arguments);
      } else if (subcommand.isEmpty()) {
        subcommand = arguments.next();
      } else if (target.isEmpty()) {
        target = arguments.next();
      } else {
        withoutDashes(arguments);
        return;
      }
    }
  }

  private void option(Arguments arguments) {
    String option = arguments.next();
    int equals = option.indexOf('=');
    String name = equals > 0 ? option.substring(0, equals) : option;
    String value = "";
    if (equals > 0) {
      value = option.substring(equals + 1);
    } else if (Arguments.takesNext(option, WITH_VALUE)) {
      value = arguments.next();
    } else if (option.startsWith("-n") && option.length() > 2) {
      name = "-n";
      value = option.substring(2);
    }
    keep(name, value);
  }

  private void keep(String name, String value) {
    switch (name) {
      case "-n", "--namespace" -> namespace = value;
      case "-c", "--container" -> container = value;
      default -> {
        // Decides nothing about the place.
      }
    }
  }

  /** {@code kubectl exec POD ip addr -n NAMESPACE}: the last option is kubectl's. */
  private void withoutDashes(Arguments arguments) {
    List<String> rest = arguments.rest();
    List<String> words = new ArrayList<>(rest);
    int dashes = words.indexOf("--");
    if (dashes >= 0) {
      words.remove(dashes);
    }
    int size = words.size();
    boolean ownNamespace =
        namespace.isEmpty()
            && dashes < 0
            && size >= 3
            && words.get(size - 2).equals("-n")
            && !words.getLast().startsWith("-");
    if (ownNamespace) {
      namespace = words.getLast();
      words = words.subList(0, size - 2);
    }
    command.addAll(words);
  }
}
