package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Former;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which addresses Kubernetes' and Calico's objects give to which namespace. */
final class ObjectAddresses {
  private final Snapshot snapshot;
  private final Map<NamespaceId, List<LocalAddress>> addresses = new LinkedHashMap<>();

  ObjectAddresses(Snapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.cluster().nodes().entries().forEach(this::addNode);
    snapshot.cluster().pods().entries().forEach(this::addPod);
    snapshot.cluster().workloadEndpoints().entries().forEach(this::addEndpoint);
    snapshot.cluster().formerPods().stream().map(Former::object).forEach(this::addPod);
    snapshot.cluster().formerWorkloadEndpoints().stream()
        .map(Former::object)
        .forEach(this::addEndpoint);
  }

  Set<NamespaceId> namespaces() {
    return addresses.keySet();
  }

  List<LocalAddress> of(NamespaceId id) {
    return addresses.getOrDefault(id, List.of());
  }

  private void addNode(KubernetesNode node) {
    node.internalAddresses()
        .forEach(address -> add(NamespaceId.host(node.name()), address, node.source()));
  }

  private void addPod(Pod pod) {
    boolean own = !pod.hostNetwork().orElse(false);
    if (own) {
      Optional<NamespaceId> namespace = PodNamespaces.of(snapshot, pod.name(), pod.node());
      namespace
          .filter(id -> !id.isHost())
          .ifPresent(id -> pod.addresses().forEach(address -> add(id, address, pod.source())));
    }
  }

  private void addEndpoint(WorkloadEndpoint endpoint) {
    ObjectName pod = new ObjectName(endpoint.namespace(), endpoint.workload());
    Optional<NamespaceId> namespace = PodNamespaces.of(snapshot, pod, endpoint.node());
    namespace.ifPresent(id ->
        endpoint.networks().forEach(network -> add(id, network.address(), endpoint.source())));
  }

  private void add(NamespaceId namespace, IpAddress address, Source source) {
    addresses
        .computeIfAbsent(namespace, id -> new ArrayList<>(1))
        .add(
            new LocalAddress(
                address,
                Optional.empty(),
                OptionalInt.empty(),
                LocalAddress.Origin.OBJECT,
                source));
  }
}
