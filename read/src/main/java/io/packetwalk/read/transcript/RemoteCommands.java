package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commands that run another one on a machine of its own: {@code ssh} and what clouds, virtual
 * machines and system containers have in its place.
 */
final class RemoteCommands {
  private RemoteCommands() {}

  static Optional<Unwrapped> peel(Place place, String command, Arguments arguments) {
    return switch (command) {
      case "ssh" -> ssh(arguments);
      case "gcloud" -> gcloud(arguments);
      case "vagrant", "docker-machine" -> subcommand(arguments, "ssh", "c", "command");
      case "lxc", "incus" -> subcommand(arguments, "exec", "env", "user", "group", "cwd", "mode");
      case "multipass" -> multipass(arguments);
      case "limactl" -> subcommand(arguments, "shell", "workdir", "shell");
      case "pct" -> subcommand(arguments, "exec");
      case "lxc-attach" -> attach(arguments);
      case "minikube" -> minikube(place, arguments);
      default -> Optional.empty();
    };
  }

  private static Optional<Unwrapped> ssh(Arguments arguments) {
    arguments.skipOptions(
        "b", "c", "D", "E", "e", "F", "I", "i", "J", "L", "l", "m", "O", "o", "p", "Q", "R", "S",
        "W", "w");
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    String target = arguments.next();
    arguments.skipOptions("o", "i", "p", "l", "F");
    return at(target, arguments.rest());
  }

  /** {@code gcloud compute ssh NAME --zone ZONE --command "…"}, {@code … -- …}. */
  private static Optional<Unwrapped> gcloud(Arguments arguments) {
    while (!arguments.isEmpty() && !arguments.peek().equals("ssh")) {
      arguments.next();
    }
    return subcommand(arguments, "ssh", "command", "zone", "project", "ssh-key-file");
  }

  private static Optional<Unwrapped> multipass(Arguments arguments) {
    return arguments.peek().equals("shell")
        ? subcommand(arguments, "shell")
        : subcommand(arguments, "exec", "d", "working-directory");
  }

  /** {@code lxc-attach -n NAME -- …}. */
  private static Optional<Unwrapped> attach(Arguments arguments) {
    Options options = Options.of(arguments, List.of("n", "name", "P", "u", "g"));
    Optional<String> name = options.value("n").or(() -> options.value("name"));
    return name.flatMap(found -> at(found, options.words()));
  }

  /** {@code minikube ssh -n NODE …}, {@code minikube kubectl -- …}. */
  private static Optional<Unwrapped> minikube(Place place, Arguments arguments) {
    Options options = Options.of(arguments, List.of("p", "profile", "n", "node"));
    List<String> words = options.words();
    if (words.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "kubectl" -> Optional.of(new Unwrapped(place, words, false));
      case "ssh" ->
          at(options.value("n").or(() -> options.value("node")).orElse("minikube"), command);
      default -> Optional.empty();
    };
  }

  /**
   * {@code SUBCOMMAND [OPTIONS] NAME [OPTIONS] [--] COMMAND}; the command may be an option's value.
   *
   * @param valued the options that have a value
   */
  private static Optional<Unwrapped> subcommand(
      Arguments arguments, String subcommand, String... valued) {
    if (!arguments.next().equals(subcommand)) {
      return Optional.empty();
    }
    Options options = Options.of(arguments, List.of(valued));
    List<String> words = options.words();
    if (words.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> command = options.value("c").or(() -> options.value("command"));
    return at(
        words.getFirst(), command.map(List::of).orElseGet(() -> words.subList(1, words.size())));
  }

  private static Optional<Unwrapped> at(String target, List<String> command) {
    String host = target.substring(target.indexOf('@') + 1);
    List<String> remote = Wrappers.firstCommand(String.join(" ", command));
    return host.isEmpty()
        ? Optional.empty()
        : Optional.of(new Unwrapped(new Place.Host(host), remote, true));
  }

  /**
   * A command's options with values, and its other words; options behind {@code --} and behind a
   * second word are the inner command's.
   */
  private record Options(List<String> names, List<String> values, List<String> words) {
    private static final int OWN_WORDS = 2;

    static Options of(Arguments arguments, List<String> valued) {
      Options options = new Options(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      while (!arguments.isEmpty()) {
        if (arguments.peek().equals("--")) {
          arguments.next();
          options.words.addAll(arguments.rest());
          break;
        }
        if (options.words.size() >= OWN_WORDS) {
          options.words.addAll(arguments.rest());
          break;
        }
        if (arguments.nextIsOption()) {
          options.option(arguments, valued);
        } else {
          options.words.add(arguments.next());
        }
      }
      return options;
    }

    private void option(Arguments arguments, List<String> valued) {
      String option = arguments.next();
      int equals = option.indexOf('=');
      String name = (equals > 0 ? option.substring(0, equals) : option).replaceFirst("^--?", "");
      if (equals > 0) {
        names.add(name);
        values.add(option.substring(equals + 1));
      } else if (valued.contains(name)) {
        names.add(name);
        values.add(arguments.next());
      }
    }

    Optional<String> value(String name) {
      int index = names.indexOf(name);
      return index < 0 ? Optional.empty() : Optional.of(values.get(index));
    }
  }
}
