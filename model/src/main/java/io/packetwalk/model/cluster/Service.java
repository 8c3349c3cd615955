package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A Kubernetes Service.
 *
 * @param type {@code ClusterIP}, {@code NodePort}, {@code LoadBalancer} or {@code ExternalName}
 * @param clusterAddresses none for a headless Service
 * @param externalAddresses external and load balancer addresses
 * @param externalName what a Service of type ExternalName stands for
 * @param selector the labels that its pods have; empty when not shown or there is none
 */
public record Service(
    ObjectName name,
    String type,
    List<IpAddress> clusterAddresses,
    List<IpAddress> externalAddresses,
    Optional<String> externalName,
    List<Port> ports,
    Map<String, String> selector,
    Optional<String> externalTrafficPolicy,
    Optional<String> internalTrafficPolicy,
    Optional<String> sessionAffinity,
    boolean declared,
    Source source) {
  public Service {
    clusterAddresses = List.copyOf(clusterAddresses);
    externalAddresses = List.copyOf(externalAddresses);
    ports = List.copyOf(ports);
    selector = java.util.Collections.unmodifiableMap(new TreeMap<>(selector));
  }

  /**
   * One port of a Service.
   *
   * @param protocol in capitals, as Kubernetes writes it
   * @param target a number or a container port's name, when shown
   */
  public record Port(
      Optional<String> name,
      int number,
      String protocol,
      Optional<String> target,
      OptionalInt nodePort) {}
}
