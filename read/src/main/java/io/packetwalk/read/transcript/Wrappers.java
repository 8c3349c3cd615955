package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a command out of the commands that run it somewhere else or as somebody else: {@code sudo},
 * {@code ip netns exec}, {@code nsenter}, {@code kubectl exec}, {@code docker exec}, … ({@link
 * RemoteCommands} has those that go to another machine).
 */
final class Wrappers {
  private static final int MOST_NESTED = 12;
  private static final Set<String> CONTAINER_RUNTIMES =
      Set.of("docker", "podman", "nerdctl", "crictl", "ctr");
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "zsh", "dash");

  private Wrappers() {}

  /**
   * A command without its wrappers.
   *
   * @param words none when only the place changed
   * @param interactive whether it starts a shell, so that what is typed next runs at its place
   */
  record Unwrapped(Place place, List<String> words, boolean interactive) {
    Unwrapped {
      words = List.copyOf(words);
    }
  }

  static Unwrapped unwrap(Place place, List<String> words) {
    boolean quoted = words.size() == 1 && words.getFirst().indexOf(' ') > 0;
    List<String> typed = quoted ? firstCommand(words.getFirst()) : words;
    Unwrapped current = new Unwrapped(place, typed, false);
    for (int depth = 0; depth < MOST_NESTED && !current.words().isEmpty(); depth++) {
      Optional<Unwrapped> inner = peel(current);
      if (inner.isEmpty()) {
        break;
      }
      current = inner.get();
    }
    current = byUsualName(current);
    boolean shell = current.words().size() == 1 && isShell(current.words().getFirst());
    boolean login = current.words().isEmpty() && current.interactive();
    return new Unwrapped(current.place(), current.words(), shell || login);
  }

  /** A program by its name without its folder, and {@code kubectl} by that name. */
  private static Unwrapped byUsualName(Unwrapped command) {
    if (command.words().isEmpty()) {
      return command;
    }
    List<String> words = new ArrayList<>(command.words());
    String name = name(words.getFirst());
    boolean kubectl = name.equals("k") || name.equals("oc") || name.equals("microk8s.kubectl");
    words.set(0, kubectl ? "kubectl" : name);
    return new Unwrapped(command.place(), words, command.interactive());
  }

  static boolean isShell(String word) {
    return SHELLS.contains(name(word));
  }

  static List<String> firstCommand(String text) {
    List<CommandLine.Stage> stages = CommandLine.parse(text).stages();
    return stages.isEmpty() ? List.of() : stages.getFirst().words();
  }

  private static String name(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }

  private static Optional<Unwrapped> peel(Unwrapped outer) {
    Place place = outer.place();
    Arguments arguments = new Arguments(outer.words());
    String command = name(arguments.next());
    if (command.indexOf('=') > 0) {
      return inside(place, arguments);
    }
    if (CONTAINER_RUNTIMES.contains(command)) {
      return containerExec(place, arguments);
    }
    return switch (command) {
      case "sudo", "doas" -> sudo(place, arguments);
      case "su" -> Optional.of(new Unwrapped(place, List.of(), true));
      case "env", "nohup", "stdbuf", "unbuffer", "command", "exec", "builtin", "nice", "ionice" ->
          inside(place, arguments.skipOptions("n", "c"));
      case "time", "watch" -> inside(place, arguments.skipOptions("n", "interval", "f", "o"));
      case "timeout" -> inside(place, arguments.skipOptions("s", "k").skip(1));
      case "chroot" -> inside(place, arguments.skipOptions().skip(1));
      case "sh", "bash", "ash", "zsh", "dash" -> shell(place, arguments);
      case "ip" -> NamespaceWrappers.ip(place, arguments);
      case "nsenter" -> NamespaceWrappers.nsenter(place, arguments);
      case "kubectl", "k", "oc" -> KubectlExec.peel(place, arguments);
      case "microk8s", "k3s" -> distribution(place, arguments);
      case "microk8s.kubectl" -> KubectlExec.peel(place, arguments);
      default -> RemoteCommands.peel(place, command, arguments);
    };
  }

  static Optional<Unwrapped> inside(Place place, Arguments arguments) {
    return Optional.of(new Unwrapped(place, arguments.rest(), true));
  }

  private static Optional<Unwrapped> sudo(Place place, Arguments arguments) {
    return inside(place, arguments.skipOptions("u", "g", "h", "p", "C", "r", "t", "U", "user"));
  }

  /** {@code sh -c "command"}; a shell without a command is left as it is. */
  private static Optional<Unwrapped> shell(Place place, Arguments arguments) {
    while (arguments.nextIsOption()) {
      String option = arguments.next();
      if (!option.startsWith("--") && option.indexOf('c') > 0 && !arguments.isEmpty()) {
        return Optional.of(new Unwrapped(place, firstCommand(arguments.next()), false));
      }
    }
    return Optional.empty();
  }

  private static Optional<Unwrapped> distribution(Place place, Arguments arguments) {
    return switch (arguments.peek()) {
      case "kubectl", "crictl", "ctr" -> Optional.of(new Unwrapped(place, arguments.rest(), false));
      default -> Optional.empty();
    };
  }

  private static Optional<Unwrapped> containerExec(Place place, Arguments arguments) {
    arguments.skipOptions("H", "host", "n", "namespace", "r", "runtime-endpoint", "l", "context");
    if (arguments.peek().equals("t") || arguments.peek().startsWith("task")) {
      arguments.next();
    }
    if (!arguments.peek().equals("exec")) {
      return Optional.empty();
    }
    arguments.next();
    arguments.skipOptions(
        "u", "user", "e", "env", "w", "workdir", "exec-id", "detach-keys", "env-file", "timeout");
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    Place inside = new Place.Container(Machine.of(place), arguments.next());
    return inside(inside, arguments);
  }
}
