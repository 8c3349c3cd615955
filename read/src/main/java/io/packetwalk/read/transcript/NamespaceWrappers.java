package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The wrappers that enter a network namespace of the same machine. */
final class NamespaceWrappers {
  private NamespaceWrappers() {}

  /** {@code ip netns exec NAME …}, {@code ip vrf exec NAME …} and {@code ip -n NAME …}. */
  static Optional<Unwrapped> ip(Place place, Arguments arguments) {
    List<String> kept = new ArrayList<>();
    kept.add("ip");
    Optional<String> namespace = Optional.empty();
    while (arguments.nextIsOption()) {
      String option = arguments.next();
      boolean names = option.equals("-n") || (option.length() > 3 && "-netns".startsWith(option));
      if (names && !arguments.isEmpty()) {
        namespace = Optional.of(arguments.next());
      } else {
        kept.add(option);
      }
    }
    List<String> rest = arguments.rest();
    if (namespace.isPresent()) {
      kept.addAll(rest);
      return Optional.of(new Unwrapped(netns(place, namespace.get()), kept, false));
    }
    return exec(place, rest);
  }

  private static Optional<Unwrapped> exec(Place place, List<String> rest) {
    boolean exec = rest.size() >= 4 && rest.get(1).length() >= 1 && "exec".startsWith(rest.get(1));
    if (!exec) {
      return Optional.empty();
    }
    String object = rest.get(0);
    List<String> command = rest.subList(3, rest.size());
    if (object.length() >= 3 && "netns".startsWith(object)) {
      return Optional.of(new Unwrapped(netns(place, rest.get(2)), command, true));
    }
    return "vrf".startsWith(object)
        ? Optional.of(new Unwrapped(place, command, true))
        : Optional.empty();
  }

  private static Place netns(Place place, String name) {
    return new Place.Netns(Machine.of(place), name);
  }

  /** {@code nsenter -t PID -n …}, {@code nsenter --net=FILE …}; without -n the network stays. */
  static Optional<Unwrapped> nsenter(Place place, Arguments arguments) {
    String process = "";
    String file = "";
    boolean entersNetwork = false;
    while (arguments.nextIsOption()) {
      String option = arguments.next();
      if (option.equals("--")) {
        break;
      }
      if (option.equals("-t") || option.equals("--target")) {
        process = arguments.next();
      } else if (option.startsWith("--target=")) {
        process = option.substring(9);
      } else if (option.startsWith("--net=")) {
        file = option.substring(6);
      } else if (option.startsWith("-n") && !fileOf(option).isEmpty()) {
        file = fileOf(option);
      } else if (option.startsWith("--")) {
        entersNetwork |= option.equals("--net") || option.equals("--all");
      } else {
        int target = option.indexOf('t');
        process =
            target > 0 && target + 1 < option.length() ? option.substring(target + 1) : process;
        process = target > 0 && target + 1 == option.length() ? arguments.next() : process;
        entersNetwork |= option.indexOf('n') > 0 || option.indexOf('a') > 0;
      }
    }
    if (!file.isEmpty()) {
      return Wrappers.inside(ofFile(place, file), arguments);
    }
    boolean elsewhere = entersNetwork && !process.isEmpty() && !process.equals("1");
    Place inside = elsewhere ? new Place.ProcessId(Machine.of(place), process) : place;
    return Wrappers.inside(inside, arguments);
  }

  private static String fileOf(String option) {
    String file = option.substring(2);
    return file.startsWith("=") ? file.substring(1) : file.startsWith("/") ? file : "";
  }

  private static Place ofFile(Place place, String file) {
    if (file.startsWith("/proc/")) {
      String process = file.substring(6, Math.max(6, file.indexOf('/', 6)));
      return process.equals("1") ? place : new Place.ProcessId(Machine.of(place), process);
    }
    return netns(place, file.substring(file.lastIndexOf('/') + 1));
  }
}
