package io.packetwalk.model.cluster;

import io.packetwalk.model.Appearance;
import io.packetwalk.model.Listing;
import io.packetwalk.wire.IpAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Kubernetes and Calico objects that the state shows.
 *
 * @param podAppearances the pods that came up while somebody was looking
 * @param index of the same objects
 */
public record Cluster(
    Listing<KubernetesNode> nodes,
    Listing<Pod> pods,
    List<Former<Pod>> formerPods,
    Listing<Service> services,
    Listing<Endpoints> endpoints,
    Listing<NetworkPolicy> networkPolicies,
    Listing<IpPool> ipPools,
    Listing<WorkloadEndpoint> workloadEndpoints,
    List<Former<WorkloadEndpoint>> formerWorkloadEndpoints,
    Listing<BgpPeer> bgpPeers,
    Listing<BgpSession> bgpSessions,
    ComputedPolicies computedPolicies,
    Map<ObjectName, Appearance> podAppearances,
    ClusterIndex index) {
  public Cluster {
    formerPods = List.copyOf(formerPods);
    formerWorkloadEndpoints = List.copyOf(formerWorkloadEndpoints);
    podAppearances = Collections.unmodifiableMap(new TreeMap<>(podAppearances));
  }

  public Cluster(
      Listing<KubernetesNode> nodes,
      Listing<Pod> pods,
      List<Former<Pod>> formerPods,
      Listing<Service> services,
      Listing<Endpoints> endpoints,
      Listing<NetworkPolicy> networkPolicies,
      Listing<IpPool> ipPools,
      Listing<WorkloadEndpoint> workloadEndpoints,
      List<Former<WorkloadEndpoint>> formerWorkloadEndpoints,
      Listing<BgpPeer> bgpPeers,
      Listing<BgpSession> bgpSessions,
      ComputedPolicies computedPolicies,
      Map<ObjectName, Appearance> podAppearances) {
    this(
        nodes,
        pods,
        formerPods,
        services,
        endpoints,
        networkPolicies,
        ipPools,
        workloadEndpoints,
        formerWorkloadEndpoints,
        bgpPeers,
        bgpSessions,
        computedPolicies,
        podAppearances,
        ClusterIndex.of(nodes, pods, services));
  }

  public static Cluster unknown() {
    return new Cluster(
        Listing.unknown(),
        Listing.unknown(),
        List.of(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        List.of(),
        Listing.unknown(),
        Listing.unknown(),
        ComputedPolicies.NONE,
        Map.of());
  }

  public Optional<KubernetesNode> node(String name) {
    return Optional.ofNullable(index.nodes().get(name));
  }

  public Optional<Pod> pod(ObjectName name) {
    return Optional.ofNullable(index.pods().get(name));
  }

  public Optional<Service> service(ObjectName name) {
    return Optional.ofNullable(index.services().get(name));
  }

  /** The listed pod with this address that doesn't share its node's. */
  public Optional<Pod> podAt(IpAddress address) {
    return Optional.ofNullable(index.podsByAddress().get(address));
  }
}
