package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What {@code sos report} writes: under {@code sos_commands} a file for each command, called as the
 * command was typed, with underscores for spaces and dots for slashes.
 */
final class SosBundle implements Bundle {
  private static final String COMMANDS = "sos_commands";
  private static final String REPORT = "sosreport-";
  private static final Set<String> PLUGINS =
      Set.of(
          "networking",
          "openvswitch",
          "ovn_host",
          "ovn_central",
          "firewall_tables",
          "firewalld",
          "kernel",
          "kubernetes",
          "host",
          "general");

  private final Function<String, Optional<String>> texts;

  SosBundle(Function<String, Optional<String>> texts) {
    this.texts = texts;
  }

  @Override
  public Optional<BundledFile> file(BundlePath path) {
    int commands = path.parts().subList(0, path.parts().size() - 1).indexOf(COMMANDS);
    if (commands < 0) {
      return path.indexOf(REPORT) < 0
          ? Optional.empty()
          : Optional.of(new BundledFile.Other("not a command's output"));
    }
    boolean ofNetwork =
        path.parts().size() > commands + 2 && PLUGINS.contains(path.parts().get(commands + 1));
    return ofNetwork
        ? output(path, commands)
        : Optional.of(new BundledFile.Other("an output of another area"));
  }

  private Optional<BundledFile> output(BundlePath path, int commands) {
    String host = host(path, path.upTo(commands));
    Optional<List<String>> typed = FileNames.command(path.name());
    return Optional.of(
        inNamespace(path, host)
            .or(() ->
                typed
                    .map(SosBundle::withSlashes)
                    .map(words -> BundledFile.output(place(host, path), words)))
            .orElseGet(() -> new BundledFile.Other("not a command's output")));
  }

  private static Place place(String host, BundlePath path) {
    return host.isEmpty()
        ? new Place.Unnamed(String.join("/", path.parts()))
        : new Place.Host(host);
  }

  /** A namespace's name may have underscores itself: the folder tells it. */
  private static Optional<BundledFile> inNamespace(BundlePath path, String host) {
    String namespace = path.folder(1);
    String prefix = "ip_netns_exec_" + namespace + "_";
    return path.folder(2).equals("namespaces") && path.name().startsWith(prefix)
        ? FileNames.command(path.name().substring(prefix.length()))
            .map(words ->
                BundledFile.output(new Place.Netns(host, namespace), words.toArray(String[]::new)))
        : Optional.empty();
  }

  /** {@code ovs-appctl_fdb.show} stands for {@code ovs-appctl fdb/show}. */
  private static String[] withSlashes(List<String> words) {
    List<String> typed = new ArrayList<>(words);
    if (words.getFirst().equals("ovs-appctl")) {
      typed.replaceAll(word -> word.matches("[a-z-]+\\.[a-z-]+") ? word.replace('.', '/') : word);
    }
    return typed.toArray(String[]::new);
  }

  private String host(BundlePath path, String root) {
    String before = root.isEmpty() ? "" : root + "/";
    return texts
        .apply(before + "hostname")
        .or(() -> texts.apply(before + "sos_commands/host/hostname"))
        .or(() -> texts.apply(before + "etc/hostname"))
        .map(String::strip)
        .filter(name -> !name.isEmpty() && name.indexOf('\n') < 0)
        .orElseGet(() -> ofFolder(path));
  }

  /** {@code sosreport-HOST-2024-05-01-abcdefg}. */
  private static String ofFolder(BundlePath path) {
    int index = path.indexOf(REPORT);
    if (index < 0) {
      return "";
    }
    String name = path.parts().get(index).substring(REPORT.length());
    return name.replaceFirst("-(?:[0-9]++-)?[0-9]{4}-[0-9]{2}-[0-9]{2}-\\w++.*+$", "");
  }
}
