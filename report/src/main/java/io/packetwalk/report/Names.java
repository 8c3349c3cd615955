package io.packetwalk.report;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people call the addresses and namespaces of a state: pods, Services, nodes. */
public final class Names {
  private final Map<IpAddress, String> byAddress = new LinkedHashMap<>();
  private final Map<IpAddress, String> ofNodes = new LinkedHashMap<>();
  private final Map<NamespaceId, ObjectName> pods = new LinkedHashMap<>();

  /** The names that the objects of this state give; of several for an address, pods come first. */
  public Names(Snapshot snapshot) {
    addNodes(snapshot);
    snapshot.podNamespaces().forEach((pod, namespace) -> pods.putIfAbsent(namespace, pod));
    snapshot.cluster().pods().stream().forEach(this::add);
    snapshot.cluster().workloadEndpoints().stream()
        .forEach(endpoint ->
            endpoint.networks().stream()
                .filter(IpPrefix::isHost)
                .forEach(network ->
                    byAddress.putIfAbsent(
                        network.address(),
                        "pod " + endpoint.namespace() + "/" + endpoint.workload())));
    snapshot.cluster().services().stream()
        .forEach(service -> {
          String name = "service " + service.name();
          service.clusterAddresses().forEach(address -> byAddress.putIfAbsent(address, name));
          service.externalAddresses().forEach(address -> byAddress.putIfAbsent(address, name));
        });
    ofNodes.forEach(byAddress::putIfAbsent);
    snapshot.cluster().formerPods().forEach(former -> addFormer(former.object()));
  }

  private void addNodes(Snapshot snapshot) {
    snapshot.cluster().nodes().stream()
        .forEach(node -> {
          String name = "node " + node.name();
          node.internalAddresses().forEach(address -> ofNodes.putIfAbsent(address, name));
          node.externalAddresses().forEach(address -> ofNodes.putIfAbsent(address, name));
        });
    snapshot.namespaces().values().stream()
        .filter(namespace -> namespace.id().isHost())
        .forEach(namespace ->
            namespace.links().addresses().stream()
                .filter(address -> !address.address().isLoopback())
                .filter(address -> !address.address().isLinkLocal())
                .forEach(address ->
                    ofNodes.putIfAbsent(address.address(), "node " + namespace.id().node())));
  }

  private void add(Pod pod) {
    own(pod).forEach(address -> byAddress.putIfAbsent(address, "pod " + pod.name()));
  }

  private void addFormer(Pod pod) {
    own(pod).forEach(address -> byAddress.putIfAbsent(address, "former pod " + pod.name()));
  }

  /** The addresses that a pod doesn't share with its node. */
  private List<IpAddress> own(Pod pod) {
    return pod.hostNetwork().orElse(false)
        ? List.of()
        : pod.addresses().stream().filter(address -> !ofNodes.containsKey(address)).toList();
  }

  /** Whose address this is: {@code pod shop/cart}, {@code service shop/cart}, {@code node w1}. */
  public Optional<String> of(IpAddress address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** The pod whose namespace this is, by what the state shows or by the namespace's own name. */
  public Optional<String> podOf(NamespaceId namespace) {
    return Optional.ofNullable(pods.get(namespace))
        .map(ObjectName::toString)
        .or(() ->
            namespace.name().startsWith("pod:")
                ? Optional.of(namespace.name().substring("pod:".length()))
                : Optional.empty());
  }

  /** The namespace's part of a place's name: empty for a node's own. */
  public Optional<String> inNode(NamespaceId namespace) {
    if (namespace.isHost()) {
      return Optional.empty();
    }
    return podOf(namespace)
        .map(pod -> "pod " + pod)
        .or(() -> Optional.of("namespace " + namespace.name()));
  }
}
