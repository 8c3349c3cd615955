package io.packetwalk.lab.plan;

import java.util.List;

/**
 * A Service.
 *
 * @param app the label of the pods behind it
 * @param loadBalancer its external address; empty when it has none
 * @param endpoints the pods behind it
 */
public record PlannedService(
    String namespace,
    String name,
    String app,
    Type type,
    boolean localOnly,
    Addresses clusterIp,
    String loadBalancer,
    List<Port> ports,
    List<PlannedPod> endpoints) {
  public PlannedService {
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }

  /** How it can be reached from outside. */
  public enum Type {
    CLUSTER_IP("ClusterIP"),
    NODE_PORT("NodePort"),
    LOAD_BALANCER("LoadBalancer");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** As Kubernetes writes it. */
    public String word() {
      return word;
    }
  }

  /**
   * A port of it.
   *
   * @param protocol in lower case
   * @param nodePort 0 when it has none
   */
  public record Port(String name, String protocol, int port, int target, int nodePort) {}

  public String fullName() {
    return namespace + "/" + name;
  }
}
