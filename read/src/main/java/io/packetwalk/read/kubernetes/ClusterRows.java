package io.packetwalk.read.kubernetes;

import io.packetwalk.model.Listing;
import io.packetwalk.model.cluster.BgpPeer;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Rows;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects that one output shows, by kind, and the lines of it that couldn't be read. */
final class ClusterRows {
  private final Rows<Pod> pods = Rows.headed();
  private final Rows<Service> services = Rows.headed();
  private final Rows<Endpoints> endpoints = Rows.headed();
  private final Rows<Endpoints> slices = Rows.headed();
  private final Rows<KubernetesNode> nodes = Rows.headed();
  private final Rows<NetworkPolicy> policies = Rows.headed();
  private final Rows<IpPool> pools = Rows.headed();
  private final Rows<WorkloadEndpoint> workloads = Rows.headed();
  private final Rows<BgpPeer> peers = Rows.headed();
  private final List<Reading.Unread> skipped = new ArrayList<>();

  /** How much of a kind the output shows, and of which namespace. */
  interface Extent {
    boolean isAll(ResourceKind kind);

    Optional<String> namespace(ResourceKind kind);
  }

  void add(Pod pod) {
    pods.add(pod);
  }

  void add(Service service) {
    services.add(service);
  }

  void addEndpoints(Endpoints object) {
    endpoints.add(object);
  }

  void addSlice(Endpoints object) {
    slices.add(object);
  }

  void add(KubernetesNode node) {
    nodes.add(node);
  }

  void add(NetworkPolicy policy) {
    policies.add(policy);
  }

  void add(IpPool pool) {
    pools.add(pool);
  }

  void add(WorkloadEndpoint workload) {
    workloads.add(workload);
  }

  void add(BgpPeer peer) {
    peers.add(peer);
  }

  /** Takes over what another document of the same output has. */
  void addAll(ClusterRows others) {
    pods.addAll(others.pods);
    services.addAll(others.services);
    endpoints.addAll(others.endpoints);
    slices.addAll(others.slices);
    nodes.addAll(others.nodes);
    policies.addAll(others.policies);
    pools.addAll(others.pools);
    workloads.addAll(others.workloads);
    peers.addAll(others.peers);
    skipped.addAll(others.skipped);
  }

  /** The output shows objects of this kind, be there any or none. */
  void header(ResourceKind kind) {
    rows(kind).header();
  }

  void damage(ResourceKind kind, Line line, String reason) {
    rows(kind).damage(line, reason);
  }

  void skip(Line line, String reason) {
    skipped.add(new Reading.Unread(line, reason));
  }

  private Rows<?> rows(ResourceKind kind) {
    return switch (kind) {
      case POD -> pods;
      case SERVICE -> services;
      case ENDPOINTS -> endpoints;
      case ENDPOINT_SLICE -> slices;
      case NODE -> nodes;
      case NETWORK_POLICY -> policies;
      case IP_POOL -> pools;
      case WORKLOAD_ENDPOINT -> workloads;
      case BGP_PEER -> peers;
    };
  }

  Reading reading(CommandRun run, Extent extent) {
    List<Fact> facts = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>(skipped);
    for (ResourceKind kind : ResourceKind.values()) {
      fact(kind, run, extent).ifPresent(facts::add);
      unread.addAll(rows(kind).unread());
    }
    return new Reading(facts, unread);
  }

  private Optional<Fact> fact(ResourceKind kind, CommandRun run, Extent extent) {
    boolean all = extent.isAll(kind);
    Optional<String> of = extent.namespace(kind);
    return switch (kind) {
      case POD -> pods.listing(run, all).map(listing -> new Fact.Pods(of, listing));
      case SERVICE -> services.listing(run, all).map(listing -> new Fact.Services(of, listing));
      case ENDPOINTS -> endpoints.listing(run, all).map(listing -> endpoints(of, listing));
      case ENDPOINT_SLICE -> slices.listing(run, all).map(listing -> endpoints(of, listing));
      case NODE -> nodes.listing(run, all).map(Fact.Nodes::new);
      case NETWORK_POLICY ->
          policies.listing(run, all).map(listing -> new Fact.NetworkPolicies(of, listing));
      case IP_POOL -> pools.listing(run, all).map(Fact.IpPools::new);
      case WORKLOAD_ENDPOINT ->
          workloads.listing(run, all).map(listing -> new Fact.WorkloadEndpoints(of, listing));
      case BGP_PEER -> peers.listing(run, all).map(Fact.BgpPeers::new);
    };
  }

  private static Fact endpoints(Optional<String> namespace, Listing<Endpoints> listing) {
    return new Fact.EndpointLists(namespace, listing);
  }
}
