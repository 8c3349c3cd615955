package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A node as Kubernetes lists it. */
public record KubernetesNode(
    String name,
    List<IpAddress> internalAddresses,
    List<IpAddress> externalAddresses,
    List<IpPrefix> podCidrs,
    Optional<String> status,
    Map<String, String> annotations,
    Source source) {
  public KubernetesNode {
    internalAddresses = List.copyOf(internalAddresses);
    externalAddresses = List.copyOf(externalAddresses);
    podCidrs = List.copyOf(podCidrs);
    annotations = java.util.Collections.unmodifiableMap(new TreeMap<>(annotations));
  }
}
