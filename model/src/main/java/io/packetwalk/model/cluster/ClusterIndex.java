package io.packetwalk.model.cluster;

import io.packetwalk.model.Listing;
import io.packetwalk.wire.IpAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A cluster's objects by what they are looked up by; of several with one key the one that is listed
 * first.
 *
 * @param podsByAddress the pods that don't share their node's address
 */
public record ClusterIndex(
    Map<String, KubernetesNode> nodes,
    Map<ObjectName, Pod> pods,
    Map<IpAddress, Pod> podsByAddress,
    Map<ObjectName, Service> services) {
  public ClusterIndex {
    nodes = Collections.unmodifiableMap(nodes);
    pods = Collections.unmodifiableMap(pods);
    podsByAddress = Collections.unmodifiableMap(podsByAddress);
    services = Collections.unmodifiableMap(services);
  }

  static ClusterIndex of(
      Listing<KubernetesNode> nodes, Listing<Pod> pods, Listing<Service> services) {
    return new ClusterIndex(
        by(nodes, KubernetesNode::name),
        by(pods, Pod::name),
        byAddress(pods),
        by(services, Service::name));
  }

  private static <K, V> Map<K, V> by(Listing<V> objects, Function<V, K> key) {
    Map<K, V> found = new LinkedHashMap<>();
    objects.stream().forEach(object -> found.putIfAbsent(key.apply(object), object));
    return found;
  }

  private static Map<IpAddress, Pod> byAddress(Listing<Pod> pods) {
    Map<IpAddress, Pod> found = new LinkedHashMap<>();
    pods.stream()
        .filter(pod -> !pod.hostNetwork().orElse(false))
        .forEach(pod -> pod.addresses().forEach(address -> found.putIfAbsent(address, pod)));
    return found;
  }
}
