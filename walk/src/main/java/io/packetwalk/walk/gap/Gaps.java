package io.packetwalk.walk.gap;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.walk.Commands;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The search for gaps in a state. */
public final class Gaps {
  private static final String CLUSTER = "cluster";

  private final Snapshot snapshot;
  private final List<Gap> found = new ArrayList<>();

  private Gaps(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The cluster's gaps, then each node's with its namespaces, then those of pods. */
  public static List<Gap> of(Snapshot snapshot) {
    Gaps gaps = new Gaps(snapshot);
    gaps.cluster();
    gaps.nodes();
    gaps.pods();
    return List.copyOf(gaps.found);
  }

  private void cluster() {
    Cluster cluster = snapshot.cluster();
    if (cluster.nodes().isUnknown()) {
      add("nodes and their addresses", "kubectl get nodes -o wide");
    }
    if (cluster.pods().isUnknown()) {
      add("pods and their addresses", "kubectl get pods -A -o wide");
    }
    if (cluster.services().isUnknown()) {
      add("Services", "kubectl get services -A -o yaml");
    }
    if (cluster.endpoints().isUnknown()) {
      add("what is behind the Services", "kubectl get endpointslices -A -o yaml");
    }
    if (cluster.networkPolicies().isUnknown()) {
      add("network policies", "kubectl get networkpolicies -A -o yaml");
    }
  }

  private void add(String fact, String command) {
    found.add(new Gap(CLUSTER, fact, command));
  }

  private void nodes() {
    SequencedSet<NamespaceId> places = new LinkedHashSet<>();
    for (String node : allNodes()) {
      places.add(NamespaceId.host(node));
      snapshot.namespaces().keySet().stream()
          .filter(id -> id.node().equals(node))
          .forEach(places::add);
    }
    for (NamespaceId place : places) {
      NetworkNamespace namespace = snapshot.namespace(place);
      for (NamespaceGaps.Missing missing : NamespaceGaps.of(namespace)) {
        found.add(new Gap(name(place), missing.fact(), Commands.in(place, missing.command())));
      }
    }
  }

  private String name(NamespaceId place) {
    return place.isHost()
        ? place.node()
        : snapshot
            .podOf(place)
            .map(pod -> "pod " + pod + " on " + place.node())
            .orElse("namespace " + place.name() + " on " + place.node());
  }

  private SequencedSet<String> allNodes() {
    SequencedSet<String> nodes = new LinkedHashSet<>(snapshot.nodes());
    snapshot.cluster().nodes().stream().map(KubernetesNode::name).forEach(nodes::add);
    return nodes;
  }

  /** The pods that nobody looked into. */
  private void pods() {
    for (Pod pod : snapshot.cluster().pods().entries()) {
      boolean own = !pod.hostNetwork().orElseGet(() -> hasAddressOfNode(pod));
      if (own && !snapshot.podNamespaces().containsKey(pod.name())) {
        String command =
            "kubectl exec -n %s %s -- sh -c 'ip -d addr; ip route; ip neigh'"
                .formatted(pod.name().namespace(), pod.name().name());
        found.add(new Gap("pod " + pod.name(), "devices, routes and neighbours inside", command));
      }
    }
  }

  private boolean hasAddressOfNode(Pod pod) {
    return pod.node().flatMap(snapshot.cluster()::node).stream()
        .flatMap(node -> node.internalAddresses().stream())
        .anyMatch(pod.addresses()::contains);
  }
}
