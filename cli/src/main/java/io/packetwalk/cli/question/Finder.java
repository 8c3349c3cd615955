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
  private final ClusterDns dns;
  private final SequencedSet<String> nodeNames;
  private final Map<IpAddress, NamespaceId> owners = new LinkedHashMap<>();

  Finder(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.pods = new PodFinder(snapshot);
    this.dns = new ClusterDns(snapshot);
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

  /** Reads who sends; a single word is a node's name when the state has such a node. */
  Endpoint sender(String text) throws QuestionFault {
    Endpoint sender = known(text).orElseThrow(() -> Endpoint.fault(text, pods.called(text)));
    if (sender instanceof Endpoint.Service) {
      throw new QuestionFault("a Service sends nothing: FROM is a pod, a node or an address");
    }
    return sender;
  }

  /** Reads who is sent to: an end, or a name that cluster DNS answers. */
  ClusterDns.Answer receiver(String text, Endpoint sender) throws QuestionFault {
    Optional<Endpoint> known = known(text);
    Optional<DnsName> name = DnsName.parse(text).filter(DnsName::isClear);
    if (name.isPresent() && known.filter(this::isThere).isEmpty()) {
      return named(name.get(), sender);
    }
    Endpoint end = known.orElseThrow(() -> Endpoint.fault(text, pods.called(text)));
    return end instanceof Endpoint.Service service
        ? dns.service(service)
        : ClusterDns.Answer.plain(end);
  }

  private ClusterDns.Answer named(DnsName name, Endpoint sender) throws QuestionFault {
    try {
      return dns.lookUp(name, sender);
    } catch (QuestionFault fault) {
      List<String> alike =
          name.labels().size() == 1 ? pods.called(name.labels().getFirst()) : List.of();
      throw alike.isEmpty()
          ? fault
          : new QuestionFault(
              "%s; is it pod %s?".formatted(fault.getMessage(), Suggestions.some(alike)));
    }
  }

  private Optional<Endpoint> known(String text) {
    return nodeNames.contains(text)
        ? Optional.of(new Endpoint.Node(text, Optional.empty()))
        : EndpointText.parse(text).map(this::orPortOfNode);
  }

  /** A number behind a node's name is a port, where the node has no namespace of that name. */
  private Endpoint orPortOfNode(Endpoint end) {
    return end instanceof Endpoint.Namespace(NamespaceId id)
            && nodeNames.contains(id.node())
            && !snapshot.namespaces().containsKey(id)
            && id.name().chars().allMatch(Character::isDigit)
        ? new Endpoint.Node(id.node(), Optional.of(id.name()))
        : end;
  }

  /** What is written {@code NAME:PORT} may be a namespace of a node. */
  private boolean isThere(Endpoint end) {
    return !(end instanceof Endpoint.Namespace namespace)
        || snapshot.namespaces().containsKey(namespace.id())
        || nodeNames.contains(namespace.id().node());
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

  /** A Service that the state has. */
  Service service(Endpoint.Service endpoint) {
    return snapshot.cluster().service(endpoint.name()).orElseThrow();
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
