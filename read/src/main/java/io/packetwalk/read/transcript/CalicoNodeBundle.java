package io.packetwalk.read.transcript;

import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code calicoctl node diags} writes: a folder {@code diagnostics} of one node, which a file
 * {@code hostname} names.
 */
final class CalicoNodeBundle implements Bundle {
  private static final String FOLDER = "diagnostics";

  private final Function<String, Optional<String>> texts;

  CalicoNodeBundle(Function<String, Optional<String>> texts) {
    this.texts = texts;
  }

  @Override
  public Optional<BundledFile> file(BundlePath path) {
    int folder = path.indexOf(FOLDER);
    if (folder < 0 || !path.parts().get(folder).equals(FOLDER)) {
      return Optional.empty();
    }
    String root = path.upTo(folder + 1);
    boolean ours = texts.apply(root + "/ipv4_tables").isPresent();
    if (!ours) {
      return Optional.empty();
    }
    return path.parent().equals(root)
        ? member(path.name(), node(path, root))
        : Optional.of(new BundledFile.Other("a log"));
  }

  private Place node(BundlePath path, String root) {
    return texts
        .apply(root + "/hostname")
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .<Place>map(Place.Host::new)
        .orElseGet(() -> new Place.Unnamed(String.join("/", path.parts())));
  }

  private static Optional<BundledFile> member(String name, Place node) {
    return switch (name) {
      case "date" -> output(node, "date");
      case "hostname" -> output(node, "hostname");
      case "netstat" -> output(node, "netstat", "-a", "-n");
      case "ipv4_route" -> output(node, "ip", "-4", "route");
      case "ipv6_route" -> output(node, "ip", "-6", "route");
      case "ipv4_addr" -> output(node, "ip", "-4", "address");
      case "ipv6_addr" -> output(node, "ip", "-6", "address");
      case "ipv4_tables" -> output(node, "iptables-save", "-c");
      case "ipv6_tables" -> output(node, "ip6tables-save", "-c");
      case "nft_ruleset" -> output(node, "nft", "list", "ruleset");
      case "ipsets", "ipset_container" -> output(node, "ipset", "list");
      default ->
          name.startsWith("journalctl") || name.endsWith(".log")
              ? Optional.of(new BundledFile.Other("a log"))
              : Optional.empty();
    };
  }

  private static Optional<BundledFile> output(Place place, String... words) {
    return Optional.of(BundledFile.output(place, words));
  }
}
