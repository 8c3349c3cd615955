package io.packetwalk.lab.plan;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All of a practice cluster before it is built.
 *
 * @param clientAddress of the machine outside of the cluster
 */
public record Plan(
    ClusterKind kind,
    boolean dualStack,
    int mtu,
    List<PlannedNode> nodes,
    List<PlannedPod> pods,
    List<PlannedService> services,
    List<PlannedAlias> aliases,
    List<PlannedPolicy> policies,
    List<PlannedEgress> egresses,
    Addresses clientAddress) {
  /** The machine outside of the cluster. */
  public static final String CLIENT = "client";

  /** The network between the machines: switches, and the router. */
  public static final String FABRIC = "fabric";

  /** Where the outer packet is of the inner one's family, as Antrea's is. */
  private static final int IPV6_IS_LONGER = 20;

  public Plan {
    nodes = List.copyOf(nodes);
    pods = List.copyOf(pods);
    services = List.copyOf(services);
    aliases = List.copyOf(aliases);
    policies = List.copyOf(policies);
    egresses = List.copyOf(egresses);
  }

  /** The families that pods have addresses of: IPv4, and IPv6 in a dual-stack cluster. */
  public List<Boolean> families() {
    return dualStack ? List.of(false, true) : List.of(false);
  }

  /** The largest packet of a pod. */
  public int podMtu() {
    boolean longer = dualStack && kind.pods() == ClusterKind.Pods.SWITCHED && kind.overhead() > 0;
    return mtu - kind.overhead() - (longer ? IPV6_IS_LONGER : 0);
  }

  public List<PlannedPod> podsOf(PlannedNode node) {
    return pods.stream().filter(pod -> pod.node().equals(node)).toList();
  }

  public List<PlannedPod> podsOfApp(String app) {
    return pods.stream().filter(pod -> pod.app().equals(app)).toList();
  }

  /** The pod of this name, or the first whose name or app is meant without its namespace. */
  public Optional<PlannedPod> pod(String name) {
    return pods.stream()
        .filter(pod -> pod.fullName().equals(name) || pod.name().equals(name))
        .findFirst()
        .or(() -> pods.stream().filter(pod -> pod.app().equals(name)).findFirst());
  }

  public Optional<PlannedNode> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  public Optional<PlannedService> service(String name) {
    return services.stream()
        .filter(service -> service.fullName().equals(name) || service.name().equals(name))
        .findFirst();
  }

  /**
   * What a name of cluster DNS stands for: {@code NAME.NS}, with or without {@code svc} and the
   * domain, is a Service or, of type ExternalName, the client; anything else is as it is written.
   */
  public String meant(String name) {
    String plain =
        name.replaceFirst("(\\.svc(\\." + Pattern.quote(Planning.DOMAIN) + ")?)?\\.?$", "");
    boolean alias =
        aliases.stream()
            .anyMatch(one ->
                plain.equals(one.name() + "." + one.namespace())
                    || name.equals("svc/" + one.fullName()));
    if (alias || name.equals(Planning.CLIENT_NAME)) {
      return CLIENT;
    }
    return services.stream()
        .filter(service -> plain.equals(service.name() + "." + service.namespace()))
        .map(service -> "svc/" + service.fullName())
        .findFirst()
        .orElse(name);
  }

  /** Whether packets between these nodes go through the tunnel. */
  public boolean tunnels(PlannedNode from, PlannedNode to) {
    return !kind.tunnelDevice().isEmpty() && (!kind.twoSubnets() || from.subnet() != to.subnet());
  }
}
