package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code antctl supportbundle} writes: an archive {@code agent_NODE.tar.gz} for each node, one
 * or several of the controller, and a file {@code clusterinfo} of objects (Antrea's pkg/support and
 * pkg/antctl/raw/supportbundle).
 */
final class AntreaBundle implements Bundle {
  private static final String AGENT = "agent_";
  private static final Set<String> PROFILES =
      Set.of("goroutinestacks", "memprofile", "failed_nodes");
  private static final Pattern NODE =
      Pattern.compile("(?is)\\bnoderef:.{0,300}?\\bname: *+\"?([\\w.-]++)");
  private static final Pattern BRIDGE = Pattern.compile("(?i)bridgename: *+\"?([\\w.-]++)");
  private static final Pattern HEADING = Pattern.compile("#([a-z]++)");

  private final Function<String, Optional<String>> texts;

  /**
   * With the other files of the state.
   *
   * @param texts the text of a path
   */
  AntreaBundle(Function<String, Optional<String>> texts) {
    this.texts = texts;
  }

  /** Whether an archive's own name says whose it is. */
  static boolean namesNode(String archive) {
    return archive.startsWith(AGENT);
  }

  @Override
  public Optional<BundledFile> file(BundlePath path) {
    if (path.name().equals("clusterinfo")) {
      return Optional.of(objects(path));
    }
    Optional<String> root = root(path);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    boolean inside = path.parent().equals(root.get());
    if (!inside || PROFILES.contains(path.name())) {
      return Optional.of(new BundledFile.Other(inside ? "a profile" : "a log"));
    }
    return member(path, root.get());
  }

  private Optional<BundledFile> member(BundlePath path, String root) {
    Place node = new Place.Host(node(path, root));
    return switch (path.name()) {
      case "iptables" -> Optional.of(filters(node));
      case "ipset" -> output(node, "ipset", "save");
      case "nftables" -> output(node, "nft", "list", "ruleset");
      case "rule" -> output(node, "ip", "rule");
      case "route-table-all" -> output(node, "ip", "route", "show", "table", "all");
      case "route" -> output(node, routes(root));
      case "link" -> output(node, "ip", "link");
      case "address" -> output(node, "ip", "address");
      case "flows" ->
          output(node, "ovs-ofctl", "dump-flows", bridge(root), "--names", "-O", "OpenFlow15");
      case "groups" -> output(node, "ovs-ofctl", "dump-groups", bridge(root), "-O", "OpenFlow15");
      case "ovsports" -> output(node, "ovs-ofctl", "dump-ports-desc", bridge(root));
      case "interface-config" -> output(node, "antrea-agent", "interface-config");
      case "networkpolicies",
          "addressgroups",
          "appliedtogroups",
          "agentinfo",
          "controllerinfo",
          "memberlist" ->
          output(node, "antctl", "get", path.name(), "-o", "yaml");
      default -> Optional.empty();
    };
  }

  private static Optional<BundledFile> output(Place place, String... words) {
    return Optional.of(BundledFile.output(place, words));
  }

  /** The folder that an agent's or the controller's archive unpacks to. */
  private Optional<String> root(BundlePath path) {
    for (int end = path.parts().size() - 1; end > 0; end--) {
      String folder = path.parts().get(end - 1);
      if (folder.startsWith(AGENT) || isController(folder)) {
        return Optional.of(path.upTo(end));
      }
    }
    return texts
        .apply(sibling(path.parent(), "agentinfo"))
        .filter(info -> texts.apply(sibling(path.parent(), "flows")).isPresent())
        .map(info -> path.parent());
  }

  private static boolean isController(String folder) {
    return folder.startsWith("controller") && folder.endsWith(".tar");
  }

  private static String sibling(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private String node(BundlePath path, String root) {
    String folder = path.folder(1);
    if (folder.startsWith(AGENT)) {
      return folder.substring(AGENT.length());
    }
    return texts
        .apply(sibling(root, "agentinfo"))
        .flatMap(info -> found(NODE, info))
        .orElse(folder.isEmpty() ? "agent" : folder);
  }

  private String bridge(String root) {
    return texts
        .apply(sibling(root, "agentinfo"))
        .flatMap(info -> found(BRIDGE, info))
        .orElse("br-int");
  }

  private static Optional<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Releases differ in whether the file has one table or all. */
  private String[] routes(String root) {
    boolean all =
        texts.apply(sibling(root, "route")).filter(text -> text.contains(" table ")).isPresent();
    return all
        ? new String[] {"ip", "route", "show", "table", "all"}
        : new String[] {"ip", "route"};
  }

  /** Both families' rules, one behind the other. */
  private static BundledFile filters(Place node) {
    return new BundledFile.Outputs(
        node,
        List.of("iptables-save", "-c"),
        line ->
            line.startsWith("# Generated by ip6tables")
                ? Optional.of(List.of("ip6tables-save", "-c"))
                : line.startsWith("# Generated by iptables")
                    ? Optional.of(List.of("iptables-save", "-c"))
                    : Optional.empty(),
        false);
  }

  /** Lists of objects, each behind a comment with its kind: the lists themselves don't say it. */
  private static BundledFile objects(BundlePath path) {
    return new BundledFile.Outputs(
        new Place.Unnamed(String.join("/", path.parts())),
        List.of("kubectl", "get", "-A", "-o", "yaml"),
        line -> {
          Matcher heading = HEADING.matcher(line);
          return heading.matches()
              ? Optional.of(List.of("kubectl", "get", heading.group(1), "-A", "-o", "yaml"))
              : Optional.empty();
        },
        true);
  }
}
