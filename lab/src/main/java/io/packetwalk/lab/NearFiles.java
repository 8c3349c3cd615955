package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs that a cluster is built and looked at with, and their libraries: an emulated machine
 * has them in its memory. To open one of the host's files, or to follow a link of the host's, is a
 * question to the host, and a program that starts opens a dozen.
 *
 * @param files their places among the near files, and where the host has them
 * @param links further names of programs, and the file of the same folder that each stands for
 */
record NearFiles(SortedMap<String, Path> files, SortedMap<String, String> links) {
  private static final List<String> FOLDERS =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private static final List<String> PROGRAMS =
      List.of(
          "bash",
          "bridge",
          "cat",
          "conntrack",
          "env",
          "ethtool",
          "ip",
          "ipset",
          "mkdir",
          "mv",
          "nft",
          "ovs-appctl",
          "ovs-ofctl",
          "ovs-vsctl",
          "ovs-vswitchd",
          "ovsdb-server",
          "rm",
          "setpriv",
          "sh",
          "sleep",
          "ss",
          "sysctl",
          "tc",
          "tcpdump",
          "true",
          "uname");

  /** A packet filter's program goes by many names. */
  private static final List<String> FILTERS = List.of("", "-nft", "-legacy");

  /** As {@code ldd} shows a library; the loader itself is named by each program. */
  private static final Pattern LIBRARY = Pattern.compile("(?m)^\\s+(\\S+) => (/\\S+) \\(0x");

  NearFiles {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
  }

  /** Those that this machine has. */
  static NearFiles find() throws IOException, InterruptedException {
    SortedMap<String, Path> files = new TreeMap<>();
    SortedMap<String, String> links = new TreeMap<>();
    List<String> command = new ArrayList<>(List.of("ldd"));
    for (String name : names()) {
      Optional<Path> place = installed(name);
      if (place.isPresent()) {
        Path file = place.get().toRealPath();
        String own = file.getFileName().toString();
        if (files.put("bin/" + own, file) == null) {
          command.add(file.toString());
        }
        if (!own.equals(name)) {
          links.put("bin/" + name, own);
        }
      }
    }
    Output linked = CommandRun.of(Reach.local(), command, Limits.SHORT);
    LIBRARY
        .matcher(linked.printed())
        .results()
        .forEach(found -> files.put("lib/" + found.group(1), Path.of(found.group(2))));
    return new NearFiles(files, links);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(PROGRAMS);
    for (String family : List.of("iptables", "ip6tables")) {
      for (String kind : FILTERS) {
        Stream.of("", "-save", "-restore").forEach(verb -> names.add(family + kind + verb));
      }
    }
    return names;
  }

  private static Optional<Path> installed(String program) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
