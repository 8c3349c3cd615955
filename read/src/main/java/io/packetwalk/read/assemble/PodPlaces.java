package io.packetwalk.read.assemble;

import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.Former;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the cluster's listings, past ones included, tell about where pods are. */
final class PodPlaces {
  private final Map<ObjectName, Pod> pods = new LinkedHashMap<>();
  private final Map<ObjectName, WorkloadEndpoint> workloads = new LinkedHashMap<>();
  private final Set<IpAddress> nodeAddresses;
  private final Map<String, List<ObjectName>> byName = new LinkedHashMap<>();
  private final Map<Seat, Integer> seated = new LinkedHashMap<>();

  /** What pods that share a namespace have in common. */
  private record Seat(String node, List<IpAddress> addresses) {}

  /**
   * @param ofMachines the addresses that machines listed as their own
   */
  PodPlaces(Cluster cluster, List<IpAddress> ofMachines) {
    cluster.pods().stream().forEach(pod -> pods.put(pod.name(), pod));
    for (Former<Pod> former : cluster.formerPods()) {
      pods.putIfAbsent(former.object().name(), former.object());
    }
    cluster.workloadEndpoints().stream().forEach(this::add);
    cluster.formerWorkloadEndpoints().forEach(former -> add(former.object()));
    pods.values().forEach(this::enter);
    this.nodeAddresses = new LinkedHashSet<>(ofMachines);
    cluster.nodes().stream().map(KubernetesNode::internalAddresses).forEach(nodeAddresses::addAll);
  }

  private void enter(Pod pod) {
    byName.computeIfAbsent(pod.name().name(), name -> new ArrayList<>(1)).add(pod.name());
    seat(pod).ifPresent(seat -> seated.merge(seat, 1, Integer::sum));
  }

  private static Optional<Seat> seat(Pod pod) {
    return pod.node()
        .filter(node -> !pod.addresses().isEmpty())
        .map(node -> new Seat(node, pod.addresses()));
  }

  private void add(WorkloadEndpoint workload) {
    workloads.putIfAbsent(new ObjectName(workload.namespace(), workload.workload()), workload);
  }

  List<Pod> all() {
    return List.copyOf(pods.values());
  }

  /**
   * The pod that {@code kubectl exec} means: of the named namespace, else the only one so called.
   */
  ObjectName named(String namespace, String name) {
    if (!namespace.isEmpty()) {
      return new ObjectName(namespace, name);
    }
    ObjectName usual = new ObjectName("default", name);
    List<ObjectName> same = byName.getOrDefault(name, List.of());
    return !pods.containsKey(usual) && same.size() == 1 ? same.getFirst() : usual;
  }

  /** The only pod with this name in any Kubernetes namespace. */
  Optional<ObjectName> only(String name) {
    List<ObjectName> same = byName.getOrDefault(name, List.of());
    return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
  }

  Optional<String> nodeOf(ObjectName name) {
    Optional<String> listed = Optional.ofNullable(pods.get(name)).flatMap(Pod::node);
    return listed.or(
        () -> Optional.ofNullable(workloads.get(name)).flatMap(WorkloadEndpoint::node));
  }

  List<IpAddress> addressesOf(ObjectName name) {
    List<IpAddress> addresses = new ArrayList<>();
    Optional.ofNullable(pods.get(name)).ifPresent(pod -> addresses.addAll(pod.addresses()));
    Optional.ofNullable(workloads.get(name)).stream()
        .flatMap(workload -> workload.networks().stream())
        .map(IpPrefix::address)
        .forEach(addresses::add);
    return addresses;
  }

  /** Whether the pod says that it has a namespace of its own. */
  boolean isOnItsOwn(ObjectName name) {
    return Optional.ofNullable(pods.get(name))
        .flatMap(Pod::hostNetwork)
        .filter(hostNetwork -> !hostNetwork)
        .isPresent();
  }

  /**
   * Whether a pod uses its node's namespace: it says so, or its address is a node's, or another pod
   * on its node has the same address.
   */
  boolean isHostNetwork(ObjectName name) {
    Pod pod = pods.get(name);
    if (pod == null) {
      return false;
    }
    return pod.hostNetwork()
        .orElseGet(() ->
            pod.addresses().stream().anyMatch(nodeAddresses::contains)
                || seat(pod).map(seated::get).filter(pods -> pods > 1).isPresent());
  }
}
