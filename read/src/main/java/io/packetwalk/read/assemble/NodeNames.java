package io.packetwalk.read.assemble;

import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which node a machine's name in a prompt stands for. */
final class NodeNames {
  private final List<KubernetesNode> nodes;
  private final Map<String, List<IpAddress>> addresses;
  private final Map<String, String> known = new LinkedHashMap<>();

  /**
   * With what is known of the machines.
   *
   * @param addresses those that a machine's own namespace has, by the name in its prompts
   */
  NodeNames(Cluster cluster, Map<String, List<IpAddress>> addresses) {
    this.nodes = cluster.nodes().entries();
    this.addresses = addresses;
  }

  /** The node's name: Kubernetes' when it lists the machine, otherwise the prompt's. */
  String of(String host) {
    return known.computeIfAbsent(host, name -> listed(name).orElse(name));
  }

  Optional<String> listed(String host) {
    return exact(host).or(() -> byFirstLabel(host)).or(() -> byAddress(host));
  }

  private Optional<String> exact(String host) {
    return names().stream().filter(host::equals).findFirst();
  }

  private Optional<String> byFirstLabel(String host) {
    List<String> same =
        names().stream().filter(name -> firstLabel(name).equals(firstLabel(host))).toList();
    return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
  }

  private static String firstLabel(String name) {
    int dot = name.indexOf('.');
    return dot > 0 && !Character.isDigit(name.charAt(0)) ? name.substring(0, dot) : name;
  }

  private Optional<String> byAddress(String host) {
    return listedWith(addresses.getOrDefault(host, List.of()));
  }

  /** The only node that is listed with one of these addresses. */
  Optional<String> listedWith(List<IpAddress> own) {
    List<String> same =
        nodes.stream()
            .filter(node -> node.internalAddresses().stream().anyMatch(own::contains))
            .map(KubernetesNode::name)
            .distinct()
            .toList();
    return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
  }

  private List<String> names() {
    return nodes.stream().map(KubernetesNode::name).toList();
  }
}
