package io.packetwalk.read.assemble;

import io.packetwalk.model.Appearance;
import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.BgpPeer;
import io.packetwalk.model.cluster.BgpSession;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.ComputedGroup;
import io.packetwalk.model.cluster.ComputedPolicies;
import io.packetwalk.model.cluster.ComputedPolicy;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.read.Fact;
import io.packetwalk.read.transcript.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster's objects as they become known. */
final class ClusterFold {
  private final ObjectFold<KubernetesNode> nodes =
      new ObjectFold<>(KubernetesNode::name, node -> false, ObjectMerge::node);
  private final ObjectFold<Pod> pods = new ObjectFold<>(Pod::name, Pod::declared, ObjectMerge::pod);
  private final ObjectFold<Service> services =
      new ObjectFold<>(Service::name, Service::declared, ObjectMerge::service);
  private final ObjectFold<Endpoints> endpoints =
      new ObjectFold<>(Endpoints::name, entry -> false, (decisive, filling) -> decisive);
  private final ObjectFold<NetworkPolicy> policies =
      new ObjectFold<>(NetworkPolicy::name, NetworkPolicy::declared, ObjectMerge::policy);
  private final ObjectFold<IpPool> pools =
      new ObjectFold<>(IpPool::name, IpPool::declared, ObjectMerge::pool);
  private final ObjectFold<WorkloadEndpoint> workloads =
      new ObjectFold<>(
          entry -> new ObjectName(entry.namespace(), entry.workload()),
          entry -> false,
          ObjectMerge::workload);
  private final ObjectFold<BgpPeer> peers =
      new ObjectFold<>(BgpPeer::name, BgpPeer::declared, ObjectMerge::peer);
  private final Map<Place, Listing<BgpSession>> sessions = new LinkedHashMap<>();
  private final Map<String, ComputedPolicy> computed = new LinkedHashMap<>();
  private final Map<String, ComputedGroup> addressGroups = new LinkedHashMap<>();
  private final Map<String, ComputedGroup> appliedToGroups = new LinkedHashMap<>();

  void fold(Place place, Fact.OfCluster fact) {
    switch (fact) {
      case Fact.Nodes shown -> nodes.fold(shown.listing(), node -> true, true);
      case Fact.Pods shown ->
          pods.fold(
              shown.listing(),
              pod -> isIn(pod.name(), shown.namespace()),
              shown.namespace().isEmpty());
      case Fact.Services shown ->
          services.fold(
              shown.listing(),
              service -> isIn(service.name(), shown.namespace()),
              shown.namespace().isEmpty());
      case Fact.EndpointLists shown ->
          endpoints.fold(
              shown.listing(),
              entry -> isIn(entry.name(), shown.namespace()),
              shown.namespace().isEmpty());
      case Fact.NetworkPolicies shown ->
          policies.fold(
              shown.listing(),
              policy -> isIn(policy.name(), shown.namespace()),
              shown.namespace().isEmpty());
      case Fact.IpPools shown -> pools.fold(shown.listing(), pool -> true, true);
      case Fact.WorkloadEndpoints shown ->
          workloads.fold(
              shown.listing(),
              entry -> shown.namespace().filter(name -> !name.equals(entry.namespace())).isEmpty(),
              shown.namespace().isEmpty());
      case Fact.BgpPeers shown -> peers.fold(shown.listing(), peer -> true, true);
      case Fact.ComputedPolicies shown ->
          shown.policies().forEach(policy -> computed.put(policy.identity(), policy));
      case Fact.ComputedGroups shown -> {
        Map<String, ComputedGroup> groups = shown.addresses() ? addressGroups : appliedToGroups;
        shown.groups().forEach(group -> groups.merge(group.name(), group, ComputedGroup::with));
      }
      case Fact.BgpSessions shown -> sessions.put(place, shown.listing());
    }
  }

  private static boolean isIn(ObjectName name, Optional<String> namespace) {
    return namespace.filter(only -> !only.equals(name.namespace())).isEmpty();
  }

  /** The objects, with sessions still named by their prompts. */
  Cluster cluster() {
    return cluster(Listing.unknown());
  }

  /** The objects, once it is known which node each place is. */
  Cluster named(PlaceResolver resolver) {
    List<BgpSession> named = new ArrayList<>();
    List<Source> seenAt = new ArrayList<>();
    sessions.forEach((place, listing) -> {
      String node = resolver.resolve(place).node();
      listing.entries().forEach(session -> named.add(at(node, session)));
      seenAt.addAll(listing.seenAt());
    });
    return cluster(
        sessions.isEmpty() ? Listing.unknown() : new Listing<>(Coverage.PARTIAL, named, seenAt));
  }

  private static BgpSession at(String node, BgpSession session) {
    return new BgpSession(
        node,
        session.peer(),
        session.peerType(),
        session.state(),
        session.since(),
        session.info(),
        session.source());
  }

  private Map<ObjectName, Appearance> podAppearances() {
    Map<ObjectName, Appearance> appearances = new LinkedHashMap<>();
    for (Pod pod : pods.listing().entries()) {
      pods.appearance(pod.name()).ifPresent(seen -> appearances.put(pod.name(), seen));
    }
    return appearances;
  }

  private Cluster cluster(Listing<BgpSession> bgpSessions) {
    return new Cluster(
        nodes.listing(),
        pods.listing(),
        pods.former(),
        services.listing(),
        endpoints.listing(),
        policies.listing(),
        pools.listing(),
        workloads.listing(),
        workloads.former(),
        peers.listing(),
        bgpSessions,
        new ComputedPolicies(List.copyOf(computed.values()), addressGroups, appliedToGroups),
        podAppearances());
  }
}
