package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pod as Kubernetes lists it.
 *
 * @param addresses none when the listing didn't show them or there are none yet
 * @param hostNetwork whether it uses its node's namespace; empty when not shown
 * @param declared whether this is what somebody wrote to be created rather than what the API server
 *     returned
 */
public record Pod(
    ObjectName name,
    List<IpAddress> addresses,
    Optional<String> node,
    Optional<String> status,
    Optional<Boolean> ready,
    Optional<Boolean> hostNetwork,
    Map<String, String> labels,
    List<ContainerPort> ports,
    boolean declared,
    Source source) {
  public Pod {
    addresses = List.copyOf(addresses);
    labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    ports = List.copyOf(ports);
  }

  /** A port that a container says it serves. */
  public record ContainerPort(Optional<String> name, int number, String protocol) {}
}
