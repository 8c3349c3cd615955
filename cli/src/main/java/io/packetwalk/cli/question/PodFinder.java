package io.packetwalk.cli.question;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.Former;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * Finds pods: as Kubernetes lists them, as Calico's workload endpoints have them, as namespaces
 * that somebody looked into, or as an earlier listing had them.
 */
final class PodFinder {
  private final Snapshot snapshot;

  PodFinder(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Found find(ObjectName name) throws QuestionFault {
    Optional<Former<Pod>> formerPod =
        cluster().formerPods().stream()
            .filter(former -> former.object().name().equals(name))
            .findFirst();
    Optional<Former<WorkloadEndpoint>> formerEndpoint =
        cluster().formerWorkloadEndpoints().stream()
            .filter(former -> nameOf(former.object()).equals(name))
            .findFirst();
    Optional<Pod> pod = cluster().pod(name);
    Optional<WorkloadEndpoint> endpoint =
        cluster().workloadEndpoints().first(known -> nameOf(known).equals(name));
    if (pod.isPresent() || endpoint.isPresent() || snapshot.podNamespaces().containsKey(name)) {
      return found(
          name,
          pod.or(() -> formerPod.map(Former::object)),
          endpoint.or(() -> formerEndpoint.map(Former::object)),
          List.of());
    }
    Optional<Source> missingFrom =
        formerPod.map(Former::missingFrom).or(() -> formerEndpoint.map(Former::missingFrom));
    if (missingFrom.isEmpty()) {
      throw Suggestions.unknown("pod", name.toString(), names());
    }
    return found(
        name,
        formerPod.map(Former::object),
        formerEndpoint.map(Former::object),
        List.of(stillThere(name, missingFrom.get())));
  }

  /** The namespace of the pod that has this address of its own. */
  Optional<NamespaceId> at(IpAddress address) {
    Optional<Pod> pod = cluster().podAt(address);
    Optional<WorkloadEndpoint> endpoint =
        cluster().workloadEndpoints().first(known -> networks(known).contains(address));
    return pod.map(Pod::name)
        .or(() -> endpoint.map(PodFinder::nameOf))
        .flatMap(name -> found(name, pod, endpoint, List.of()).namespace());
  }

  private Found found(
      ObjectName name,
      Optional<Pod> pod,
      Optional<WorkloadEndpoint> endpoint,
      List<Assumption> premises) {
    Optional<String> node =
        pod.flatMap(Pod::node).or(() -> endpoint.flatMap(WorkloadEndpoint::node));
    boolean onHost = pod.filter(this::usesItsNodesNamespace).isPresent();
    Optional<NamespaceId> namespace =
        Optional.ofNullable(snapshot.podNamespaces().get(name))
            .or(() -> node.map(known -> namespace(known, name, onHost)));
    SequencedSet<IpAddress> addresses = new LinkedHashSet<>();
    pod.ifPresent(known -> addresses.addAll(known.addresses()));
    endpoint.ifPresent(known -> addresses.addAll(networks(known)));
    namespace
        .filter(id -> !id.isHost())
        .ifPresent(id -> addresses.addAll(Finder.ownAddresses(snapshot, id)));
    return new Found(namespace, new ArrayList<>(addresses), premises);
  }

  private static NamespaceId namespace(String node, ObjectName pod, boolean onHost) {
    return onHost ? NamespaceId.host(node) : new NamespaceId(node, "pod:" + pod);
  }

  /** As it says, or as its address says, which then is one of its node's. */
  private boolean usesItsNodesNamespace(Pod pod) {
    return pod.hostNetwork()
        .orElseGet(() ->
            pod.node().stream().flatMap(this::addressesOfNode).anyMatch(pod.addresses()::contains));
  }

  private Stream<IpAddress> addressesOfNode(String node) {
    return Stream.concat(
        cluster().node(node).stream().flatMap(known -> known.internalAddresses().stream()),
        Finder.ownAddresses(snapshot, NamespaceId.host(node)).stream());
  }

  private Cluster cluster() {
    return snapshot.cluster();
  }

  private List<String> names() {
    return Stream.of(
            cluster().pods().stream().map(Pod::name),
            cluster().workloadEndpoints().stream().map(PodFinder::nameOf),
            snapshot.podNamespaces().keySet().stream())
        .flatMap(names -> names)
        .distinct()
        .map(ObjectName::toString)
        .toList();
  }

  /** The pods that a word may mean: those of that name, and those that a workload of it made. */
  List<String> called(String word) {
    return names().stream()
        .filter(name -> {
          String own = name.substring(name.indexOf('/') + 1);
          return own.equals(word) || own.startsWith(word + "-");
        })
        .toList();
  }

  private static Assumption stillThere(ObjectName name, Source missingFrom) {
    return new Assumption(
        "pod %s, which a later listing doesn't show any more, is still there".formatted(name),
        "kubectl get pod -n %s %s -o wide".formatted(name.namespace(), name.name()),
        List.of(missingFrom));
  }

  private static ObjectName nameOf(WorkloadEndpoint endpoint) {
    return new ObjectName(endpoint.namespace(), endpoint.workload());
  }

  private static List<IpAddress> networks(WorkloadEndpoint endpoint) {
    return endpoint.networks().stream().filter(IpPrefix::isHost).map(IpPrefix::address).toList();
  }
}
