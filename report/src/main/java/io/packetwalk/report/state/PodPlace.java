package io.packetwalk.report.state;

import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A pod and where it is.
 *
 * @param namespace the network namespace; empty when nobody looked into it
 * @param device the node's device for it: by its workload endpoint, else by the route to it
 * @param former whether a later listing no longer has it
 */
record PodPlace(
    ObjectName name,
    List<IpAddress> addresses,
    Optional<String> node,
    Optional<NamespaceId> namespace,
    Optional<String> device,
    boolean former) {
  PodPlace {
    addresses = List.copyOf(addresses);
  }

  /** Listed pods, then those that only endpoints or namespaces tell of, then former ones. */
  static List<PodPlace> of(Snapshot snapshot) {
    return new Search(snapshot).all();
  }

  private static final class Search {
    private final Snapshot snapshot;
    private final Map<ObjectName, WorkloadEndpoint> endpoints = new LinkedHashMap<>();
    private final SequencedMap<ObjectName, PodPlace> found = new LinkedHashMap<>();
    private final Map<IpAddress, String> routed = new LinkedHashMap<>();

    Search(Snapshot snapshot) {
      this.snapshot = snapshot;
      snapshot.cluster().workloadEndpoints().stream()
          .forEach(endpoint ->
              endpoints.put(new ObjectName(endpoint.namespace(), endpoint.workload()), endpoint));
      snapshot.namespaces().values().stream()
          .filter(namespace -> namespace.id().isHost())
          .flatMap(namespace -> namespace.routing().tables().tables().values().stream())
          .flatMap(Listing::stream)
          .filter(route -> route.type() == RouteType.UNICAST && route.destination().isHost())
          .forEach(this::remember);
    }

    private void remember(Route route) {
      route.nextHops().stream()
          .filter(hop -> hop.gateway().isEmpty())
          .map(NextHop::device)
          .flatMap(Optional::stream)
          .forEach(device -> routed.putIfAbsent(route.destination().address(), device));
    }

    List<PodPlace> all() {
      snapshot.cluster().pods().stream().forEach(pod -> add(pod, false));
      endpoints.keySet().forEach(this::addUnlisted);
      snapshot.podNamespaces().keySet().forEach(this::addUnlisted);
      snapshot.cluster().formerPods().forEach(former -> add(former.object(), true));
      return new ArrayList<>(found.values());
    }

    private void add(Pod pod, boolean former) {
      found.putIfAbsent(pod.name(), place(pod.name(), Optional.of(pod), former));
    }

    private void addUnlisted(ObjectName name) {
      boolean former =
          snapshot.cluster().formerPods().stream()
              .anyMatch(known -> known.object().name().equals(name));
      if (!former) {
        found.putIfAbsent(name, place(name, Optional.empty(), false));
      }
    }

    private PodPlace place(ObjectName name, Optional<Pod> pod, boolean former) {
      Optional<WorkloadEndpoint> endpoint = Optional.ofNullable(endpoints.get(name));
      Optional<NamespaceId> namespace = Optional.ofNullable(snapshot.podNamespaces().get(name));
      SequencedSet<IpAddress> addresses = new LinkedHashSet<>();
      pod.ifPresent(known -> addresses.addAll(known.addresses()));
      endpoint.ifPresent(known ->
          known.networks().stream()
              .filter(IpPrefix::isHost)
              .forEach(network -> addresses.add(network.address())));
      Optional<String> node =
          pod.flatMap(Pod::node)
              .or(() -> endpoint.flatMap(WorkloadEndpoint::node))
              .or(() -> namespace.map(NamespaceId::node));
      boolean onHost = pod.flatMap(Pod::hostNetwork).orElse(false);
      Optional<String> device =
          endpoint
              .flatMap(WorkloadEndpoint::device)
              .or(() ->
                  onHost
                      ? Optional.empty()
                      : addresses.stream()
                          .map(routed::get)
                          .filter(java.util.Objects::nonNull)
                          .findFirst());
      return new PodPlace(name, new ArrayList<>(addresses), node, namespace, device, former);
    }
  }
}
