package io.packetwalk.cli.question;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Finds in a state what the end of a question names. */
final class Finder {
  private final Snapshot snapshot;
  private final PodFinder pods;
  private final SequencedSet<String> nodeNames;
  private final Map<IpAddress, NamespaceId> owners = new LinkedHashMap<>();

  Finder(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.pods = new PodFinder(snapshot);
    this.nodeNames = new LinkedHashSet<>(snapshot.nodes());
    snapshot.cluster().nodes().stream().map(KubernetesNode::name).forEach(nodeNames::add);
    for (NamespaceId id : snapshot.namespaces().keySet()) {
      ownAddresses(snapshot, id).forEach(address -> owners.putIfAbsent(address, id));
    }
    snapshot.cluster().nodes().stream().forEach(this::enter);
  }

  private void enter(KubernetesNode node) {
    NamespaceId host = NamespaceId.host(node.name());
    node.internalAddresses().forEach(address -> owners.putIfAbsent(address, host));
  }

  /** Reads an end; a single word is a node's name when the state has such a node. */
  Endpoint parse(String text) throws QuestionFault {
    return nodeNames.contains(text)
        ? new Endpoint.Node(text, Optional.empty())
        : Endpoint.parse(text);
  }

  Found find(Endpoint endpoint) throws QuestionFault {
    return switch (endpoint) {
      case Endpoint.Pod pod -> pods.find(pod.name());
      case Endpoint.Service service ->
          new Found(Optional.empty(), service(service).clusterAddresses(), List.of());
      case Endpoint.Node node -> node(node.name());
      case Endpoint.Namespace namespace -> namespace(namespace.id());
      case Endpoint.Address address -> address(address.address());
    };
  }

  Service service(Endpoint.Service endpoint) throws QuestionFault {
    Optional<Service> service = snapshot.cluster().service(endpoint.name());
    if (service.isEmpty()) {
      throw Suggestions.unknown(
          "service",
          endpoint.name().toString(),
          snapshot.cluster().services().stream().map(known -> known.name().toString()).toList());
    }
    if (service.get().clusterAddresses().isEmpty()) {
      throw new QuestionFault(
          "service %s has no address of its own; name one of its pods".formatted(endpoint.name()));
    }
    return service.get();
  }

  private Found node(String name) throws QuestionFault {
    Optional<KubernetesNode> node = snapshot.cluster().node(name);
    if (!nodeNames.contains(name)) {
      throw Suggestions.unknown("node", name, List.copyOf(nodeNames));
    }
    NamespaceId host = NamespaceId.host(name);
    List<IpAddress> addresses =
        new ArrayList<>(node.map(KubernetesNode::internalAddresses).orElse(List.of()));
    addresses.addAll(ownAddresses(snapshot, host));
    return new Found(Optional.of(host), addresses, List.of());
  }

  private Found namespace(NamespaceId id) throws QuestionFault {
    if (!snapshot.namespaces().containsKey(id)) {
      throw Suggestions.unknown(
          "network namespace",
          id.toString(),
          snapshot.namespaces().keySet().stream().map(NamespaceId::toString).toList());
    }
    return new Found(Optional.of(id), ownAddresses(snapshot, id), List.of());
  }

  private Found address(IpAddress address) {
    Optional<NamespaceId> owner =
        Optional.ofNullable(owners.get(address)).or(() -> pods.at(address));
    return new Found(owner, List.of(address), List.of());
  }

  /** The addresses that others can send to. */
  static List<IpAddress> ownAddresses(Snapshot snapshot, NamespaceId id) {
    return snapshot.namespace(id).links().addresses().stream()
        .map(own -> own.address())
        .filter(address -> !address.isLoopback() && !address.isLinkLocal())
        .distinct()
        .toList();
  }
}
