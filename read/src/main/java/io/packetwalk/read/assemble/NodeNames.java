package io.packetwalk.read.assemble;

import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which node a machine's name in a prompt stands for. */
final class NodeNames {
  private final Set<String> listed = new LinkedHashSet<>();
  private final Map<String, Set<String>> byFirstLabel = new LinkedHashMap<>();
  private final Map<IpAddress, Set<String>> byAddress = new LinkedHashMap<>();
  private final Map<String, List<IpAddress>> addresses;
  private final Map<String, String> known = new LinkedHashMap<>();

  /**
   * With what is known of the machines.
   *
   * @param addresses those that a machine's own namespace has, by the name in its prompts
   */
  NodeNames(Cluster cluster, Map<String, List<IpAddress>> addresses) {
    this.addresses = addresses;
    cluster.nodes().stream().forEach(this::enter);
  }

  private void enter(KubernetesNode node) {
    String name = node.name();
    listed.add(name);
    byFirstLabel.computeIfAbsent(firstLabel(name), label -> new LinkedHashSet<>()).add(name);
    for (IpAddress address : node.internalAddresses()) {
      byAddress.computeIfAbsent(address, key -> new LinkedHashSet<>()).add(name);
    }
  }

  /** The node's name: Kubernetes' when it lists the machine, otherwise the prompt's. */
  String of(String host) {
    return known.computeIfAbsent(host, name -> listed(name).orElse(name));
  }

  Optional<String> listed(String host) {
    return exact(host).or(() -> byFirstLabel(host)).or(() -> byAddress(host));
  }

  private Optional<String> exact(String host) {
    return Optional.of(host).filter(listed::contains);
  }

  private Optional<String> byFirstLabel(String host) {
    return only(byFirstLabel.getOrDefault(firstLabel(host), Set.of()));
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
    Set<String> having = new LinkedHashSet<>();
    own.forEach(address -> having.addAll(byAddress.getOrDefault(address, Set.of())));
    return only(having);
  }

  private static Optional<String> only(Set<String> names) {
    return names.size() == 1 ? Optional.of(names.iterator().next()) : Optional.empty();
  }
}
