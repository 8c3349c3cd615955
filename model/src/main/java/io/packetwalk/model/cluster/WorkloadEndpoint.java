package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;

/** A Calico WorkloadEndpoint: a pod's addresses and the device that the node has for it. */
public record WorkloadEndpoint(
    String namespace,
    String workload,
    Optional<String> node,
    List<IpPrefix> networks,
    Optional<String> device,
    Source source) {
  public WorkloadEndpoint {
    networks = List.copyOf(networks);
  }
}
