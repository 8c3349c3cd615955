package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file's path tells about the single output in it: the command, and the machine. */
final class FileNames {
  private static final Set<String> ENDINGS =
      Set.of("txt", "log", "out", "json", "yaml", "yml", "cmd", "raw", "conf", "sample", "md");
  private static final Set<String> COMMAND_PARTS =
      Set.of(
          "ip",
          "addr",
          "address",
          "addresses",
          "link",
          "links",
          "route",
          "routes",
          "rule",
          "rules",
          "neigh",
          "neighbors",
          "neighbours",
          "netns",
          "iptables",
          "ip6tables",
          "save",
          "nft",
          "ruleset",
          "ipset",
          "conntrack",
          "bridge",
          "fdb",
          "vlan",
          "sysctl",
          "arp",
          "ifconfig",
          "brctl",
          "ss",
          "netstat",
          "show",
          "list",
          "all",
          "table",
          "d",
          "o",
          "4",
          "6",
          "n",
          "l",
          "a",
          "br",
          "j",
          "s",
          "nat",
          "filter",
          "flows",
          "ovs",
          "ovsports",
          "ofctl",
          "vsctl",
          "dump",
          "kubectl",
          "get",
          "pods",
          "nodes",
          "services",
          "endpoints",
          "calicoctl",
          "legacy",
          "ipvsadm",
          "ln",
          "tcpdump",
          "ethtool",
          "v4",
          "v6",
          "ipv4",
          "ipv6",
          "output");
  private static final Set<String> GENERAL_FOLDERS =
      Set.of(
          "state",
          "network",
          "networking",
          "sos_commands",
          "commands",
          "output",
          "outputs",
          "logs",
          "nodes",
          "hosts",
          "data",
          "dump",
          "diags",
          "info",
          "net",
          "tmp",
          "var",
          "cluster");

  private FileNames() {}

  /**
   * The command of a file that is called as the command was typed, with underscores for spaces:
   * {@code ip_-d_address}, {@code sysctl_-a}.
   */
  static Optional<List<String>> command(String file) {
    String name = stem(file);
    if (name.indexOf('_') < 0) {
      return Optional.empty();
    }
    List<String> words = List.of(name.replaceFirst("^[._]+", "").split("_+", 0));
    boolean typed = words.size() > 1 && KnownCommands.contains(words.getFirst());
    return typed ? Optional.of(words) : Optional.empty();
  }

  /** The place that a path suggests: {@code worker1/ip-addr.txt}, {@code ip-addr.worker1.txt}. */
  static Place place(String file) {
    List<String> rest = new ArrayList<>();
    String[] parts = stem(file).split("[-_. ]+", 0);
    for (String part : parts) {
      if (!COMMAND_PARTS.contains(part.toLowerCase(Locale.ROOT))) {
        rest.add(part);
      }
    }
    if (rest.size() == parts.length) {
      return new Place.Unnamed(file);
    }
    if (!rest.isEmpty() && !(rest.size() == 1 && isNumber(rest.getFirst()))) {
      return new Place.Host(machine(stem(file), parts, rest));
    }
    return folder(file).<Place>map(Place.Host::new).orElse(new Place.Unnamed(file));
  }

  /** The part of the name that isn't the command's, with its own separators. */
  private static String machine(String stem, String[] parts, List<String> rest) {
    int start = stem.indexOf(rest.getFirst());
    int end = stem.lastIndexOf(rest.getLast()) + rest.getLast().length();
    return parts.length > 0 && end > start ? stem.substring(start, end) : stem;
  }

  private static Optional<String> folder(String file) {
    String[] folders = file.split("/", -1);
    for (int index = folders.length - 2; index >= 0; index--) {
      String name = folders[index];
      if (!name.isEmpty() && !GENERAL_FOLDERS.contains(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private static String stem(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    boolean ending = dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    return ending ? name.substring(0, dot) : name;
  }

  /** Numbers that enumerate files are no machine's name. */
  private static boolean isNumber(String text) {
    return text.chars().allMatch(Character::isDigit);
  }
}
