package io.packetwalk.read.kubernetes;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of object that the model has, with the names that commands know it by. */
enum ResourceKind {
  POD("Pod", "pods", "po"),
  SERVICE("Service", "services", "svc"),
  ENDPOINTS("Endpoints", "endpoints", "ep"),
  ENDPOINT_SLICE("EndpointSlice", "endpointslices", "endpointslice"),
  NODE("Node", "nodes", "no"),
  NETWORK_POLICY("NetworkPolicy", "networkpolicies", "netpol"),
  IP_POOL("IPPool", "ippools", "ipp"),
  WORKLOAD_ENDPOINT("WorkloadEndpoint", "workloadendpoints", "wep"),
  BGP_PEER("BGPPeer", "bgppeers", "bgpp");

  private final String kind;
  private final String plural;
  private final String abbreviation;

  ResourceKind(String kind, String plural, String abbreviation) {
    this.kind = kind;
    this.plural = plural;
    this.abbreviation = abbreviation;
  }

  /** The kind as objects name it: {@code Pod}. */
  String kind() {
    return kind;
  }

  /** The kind as commands name it: {@code pods}. */
  String plural() {
    return plural;
  }

  boolean isNamespaced() {
    return switch (this) {
      case NODE, IP_POOL, BGP_PEER -> false;
      default -> true;
    };
  }

  /** The kind of a word on a command line: {@code po}, {@code pod}, {@code pods.v1}, … */
  static Optional<ResourceKind> named(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    int dot = lower.indexOf('.');
    String name = dot > 0 ? lower.substring(0, dot) : lower;
    String group = dot > 0 ? lower.substring(dot + 1) : "";
    return List.of(values()).stream()
        .filter(resource -> resource.answers(name) && !resource.isNamesake(group))
        .findFirst();
  }

  /** Whether the group's kind of this name is another one: plugins have policies of their own. */
  private boolean isNamesake(String group) {
    boolean calico = group.contains("projectcalico");
    boolean antrea = group.contains("antrea");
    return (this == NETWORK_POLICY && (calico || antrea)) || (this == IP_POOL && antrea);
  }

  private boolean answers(String name) {
    return name.equals(plural)
        || name.equals(abbreviation)
        || name.equals(kind.toLowerCase(Locale.ROOT))
        || (this == ENDPOINTS && name.equals("endpoint"))
        || (this == WORKLOAD_ENDPOINT && name.equals("weps"));
  }
}
