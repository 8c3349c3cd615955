package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Optional;

/**
 * What {@code calicoctl cluster diags} writes: a folder for each node under {@code nodes}, and
 * objects under {@code cluster}.
 */
final class CalicoClusterBundle implements Bundle {
  private static final String ROOT = "calico-diagnostics-";

  @Override
  public Optional<BundledFile> file(BundlePath path) {
    int root = path.indexOf(ROOT);
    if (root < 0) {
      return Optional.empty();
    }
    List<String> inside = path.parts().subList(root + 1, path.parts().size());
    boolean log = path.name().endsWith(".log") || inside.getFirst().equals("links");
    if (log || inside.size() < 3) {
      return Optional.of(new BundledFile.Other(log ? "a log" : "not a table"));
    }
    return switch (inside.getFirst()) {
      case "nodes" -> ofNode(new Place.Host(inside.get(1)), inside.subList(2, inside.size()));
      case "cluster" -> ofCluster(path, inside.get(1));
      default -> Optional.of(new BundledFile.Other("not a table"));
    };
  }

  private static Optional<BundledFile> ofNode(Place node, List<String> inside) {
    if (inside.size() == 2) {
      return ofPod(node, inside.getFirst(), inside.getLast());
    }
    return switch (inside.getFirst()) {
      case "iptables-legacy-save.txt" -> output(node, "iptables-legacy-save", "-c");
      case "iptables-nft-save.txt" -> output(node, "iptables-nft-save", "-c");
      case "nft-ruleset.txt" -> output(node, "nft", "-n", "-a", "list", "ruleset");
      case "ip-route.txt" -> output(node, "ip", "route", "show", "table", "all");
      case "ip-route-v6.txt" -> output(node, "ip", "-6", "route", "show", "table", "all");
      case "ip-rule.txt" -> output(node, "ip", "rule");
      case "ip-addr.txt" -> output(node, "ip", "address");
      case "ip-link.txt" -> output(node, "ip", "link");
      case "ip-neigh.txt" -> output(node, "ip", "neigh");
      case "ipset-list.txt" -> output(node, "ipset", "list");
      case "conntrack-list.txt" -> output(node, "conntrack", "-L");
      case "tc-qdisc.txt" -> output(node, "tc", "qdisc", "show");
      case "bpf-prog.txt" -> output(node, "bpftool", "prog", "list");
      case "bpf-maps.txt" -> output(node, "bpftool", "map", "list");
      default -> Optional.of(new BundledFile.Other("a table of eBPF"));
    };
  }

  /** The pods of Calico's own namespaces, described. */
  private static Optional<BundledFile> ofPod(Place node, String namespace, String file) {
    boolean described = file.endsWith(".txt") && !namespace.equals("bpf-maps");
    String name = file.substring(0, Math.max(0, file.lastIndexOf('.')));
    return described
        ? output(node, "kubectl", "-n", namespace, "describe", "pods", name)
        : Optional.of(new BundledFile.Other("a table of eBPF"));
  }

  private static Optional<BundledFile> ofCluster(BundlePath path, String folder) {
    String name = path.name();
    Place place = new Place.Unnamed(String.join("/", path.parts()));
    boolean listed = folder.equals("kubernetes") || folder.equals("crd");
    if (listed && name.endsWith(".yaml")) {
      String kind = name.substring(0, name.length() - ".yaml".length());
      return output(place, "kubectl", "get", kind, "-A", "-o", "yaml");
    }
    return Optional.of(new BundledFile.Other(listed ? "a table that its YAML has" : "not a table"));
  }

  private static Optional<BundledFile> output(Place place, String... words) {
    return Optional.of(BundledFile.output(place, words));
  }
}
