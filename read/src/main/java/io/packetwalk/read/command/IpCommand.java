package io.packetwalk.read.command;

import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A call of iproute2's {@code ip}, with its abbreviations resolved as {@code ip} resolves them: a
 * prefix stands for the first object or action in its table that begins with it.
 *
 * @param family the only family that was asked for ({@code -4}, {@code -6}, {@code -f})
 * @param objectName as in {@link #OBJECTS}
 * @param arguments what follows the object, the action included
 */
record IpCommand(
    Optional<IpFamily> family,
    boolean brief,
    boolean oneLine,
    boolean json,
    String objectName,
    List<String> arguments) {

  /** In the order of iproute2's own table, which decides what an abbreviation means. */
  private static final List<String> OBJECTS =
      List.of(
          "address",
          "addrlabel",
          "maddress",
          "route",
          "rule",
          "neighbor",
          "neighbour",
          "ntable",
          "ntbl",
          "link",
          "l2tp",
          "fou",
          "ila",
          "macsec",
          "tunnel",
          "tunl",
          "tuntap",
          "tap",
          "token",
          "tcpmetrics",
          "tcp_metrics",
          "monitor",
          "xfrm",
          "mroute",
          "mrule",
          "netns",
          "netconf",
          "vrf",
          "sr",
          "nexthop",
          "mptcp",
          "ioam",
          "help",
          "stats");

  private static final List<String> SHOWING = List.of("show", "list", "lst", "ls");

  private static final List<String> OTHER_ACTIONS =
      List.of(
          "add",
          "change",
          "chg",
          "replace",
          "prepend",
          "append",
          "test",
          "delete",
          "del",
          "get",
          "flush",
          "save",
          "restore",
          "showdump",
          "set",
          "up",
          "down",
          "exec",
          "identify",
          "pids",
          "list-id",
          "attach",
          "monitor",
          "help",
          "property",
          "afstats",
          "xstats");

  IpCommand {
    arguments = List.copyOf(arguments);
  }

  static Optional<IpCommand> parse(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("ip")) {
      return Optional.empty();
    }
    Optional<IpFamily> family = Optional.empty();
    boolean brief = false;
    boolean oneLine = false;
    boolean json = false;
    int index = 1;
    while (index < words.size() && words.get(index).startsWith("-")) {
      String given = words.get(index++).replaceFirst("^-+", "");
      if (given.equals("N") || given.equals("Numeric")) {
        continue;
      }
      String option = given.toLowerCase(Locale.ROOT);
      if (isOption(option, "family", 1)) {
        family = index < words.size() ? familyOf(words.get(index++)) : family;
      } else if (takesValue(option)) {
        index++;
      } else {
        family = familyOf(option).or(optionalOf(family));
        brief |= isOption(option, "brief", 2);
        oneLine |= isOption(option, "oneline", 1);
        json |= isOption(option, "json", 1);
      }
    }
    String object = index < words.size() ? words.get(index) : "";
    List<String> rest = words.subList(Math.min(words.size(), index + 1), words.size());
    boolean shortBrief = brief;
    Optional<IpFamily> shown = family;
    boolean singleLines = oneLine;
    boolean asJson = json;
    return resolve(object)
        .map(name -> new IpCommand(shown, shortBrief, singleLines, asJson, name, rest));
  }

  private static java.util.function.Supplier<Optional<IpFamily>> optionalOf(
      Optional<IpFamily> family) {
    return () -> family;
  }

  private static boolean isOption(String given, String name, int shortest) {
    return given.length() >= shortest && name.startsWith(given);
  }

  private static boolean takesValue(String option) {
    return isOption(option, "rcvbuf", 2)
        || isOption(option, "batch", 5)
        || option.equals("b")
        || isOption(option, "loops", 1)
        || option.equals("n")
        || isOption(option, "netns", 3);
  }

  private static Optional<IpFamily> familyOf(String name) {
    return switch (name) {
      case "4", "inet" -> Optional.of(IpFamily.IPV4);
      case "6", "inet6" -> Optional.of(IpFamily.IPV6);
      default -> Optional.empty();
    };
  }

  private static Optional<String> resolve(String object) {
    if (object.isEmpty()) {
      return Optional.empty();
    }
    return OBJECTS.stream()
        .filter(name -> name.startsWith(object))
        .findFirst()
        .map(name -> name.equals("neighbour") ? "neighbor" : name);
  }

  boolean isObject(String name) {
    return objectName.equals(name);
  }

  /** Whether it lists, rather than changes or asks for one answer. */
  boolean isShow() {
    if (arguments.isEmpty()) {
      return true;
    }
    String action = arguments.getFirst();
    return SHOWING.stream().anyMatch(name -> name.startsWith(action));
  }

  /** The action as typed when it isn't a listing; empty otherwise. */
  String action() {
    return isShow() ? "" : arguments.getFirst();
  }

  /** Whether the first argument is an action at all, other than showing. */
  boolean isOtherAction() {
    return !isShow()
        && OTHER_ACTIONS.stream().anyMatch(name -> name.startsWith(arguments.getFirst()));
  }

  /** What restricts the listing: the arguments behind the action. */
  List<String> filter() {
    return arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
  }

  /** The word behind a keyword of the filter; empty when the keyword isn't there. */
  Optional<String> filterValue(String... keywords) {
    List<String> words = filter();
    List<String> names = new ArrayList<>(List.of(keywords));
    for (int index = 0; index + 1 < words.size(); index++) {
      if (names.contains(words.get(index))) {
        return Optional.of(words.get(index + 1));
      }
    }
    return Optional.empty();
  }
}
