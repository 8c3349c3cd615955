package io.packetwalk.read.assemble;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.read.transcript.Place;
import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which namespace of which node a place is, once everything has been seen. */
final class PlaceResolver {
  private final NodeNames nodes;
  private final PodPlaces pods;
  private final Map<NamespaceId, List<IpAddress>> addresses = new TreeMap<>();
  private final Map<IpAddress, Set<NamespaceId>> byAddress = new LinkedHashMap<>();
  private final Map<Place, NamespaceId> known = new LinkedHashMap<>();
  private final Map<ObjectName, NamespaceId> podNamespaces = new TreeMap<>();

  private final Map<ObjectName, String> nodeByEvidence = new TreeMap<>();
  private final Set<ObjectName> switching = new TreeSet<>();
  private final NodeContainers nodeContainers = new NodeContainers();

  private PlaceResolver(NodeNames nodes, PodPlaces pods) {
    this.nodes = nodes;
    this.pods = pods;
  }

  static PlaceResolver of(Cluster cluster, Map<Place, NamespaceFold> byPlace) {
    Map<String, List<IpAddress>> machines = new LinkedHashMap<>();
    byPlace.forEach((place, fold) -> {
      if (place instanceof Place.Host(String name)) {
        machines.put(name, fold.ownAddresses());
      }
      if (place instanceof Place.Unnamed unnamed) {
        machines.put(unnamed.machine(), fold.ownAddresses());
      }
    });
    List<IpAddress> own = machines.values().stream().flatMap(List::stream).toList();
    PlaceResolver resolver =
        new PlaceResolver(new NodeNames(cluster, machines), new PodPlaces(cluster, own));
    resolver.learn(byPlace);
    return resolver;
  }

  /** Namespaces that have a name of their own come first: pods' are found among them by address. */
  private void learn(Map<Place, NamespaceFold> byPlace) {
    pods.all().forEach(pod -> pods.nodeOf(pod.name()).ifPresent(nodeContainers::seeNode));
    byPlace.forEach((place, fold) -> {
      if (place instanceof Place.Container(String ignored, String name)) {
        nodeContainers.see(name);
      }
      if (place instanceof Place.Pod(String namespace, String name, String ignored)
          && fold.hasSwitches()) {
        switching.add(pods.named(namespace, name));
      }
    });
    byPlace.forEach((place, fold) -> {
      if (!(place instanceof Place.Pod)) {
        addresses.putIfAbsent(resolve(place), fold.ownAddresses());
      }
    });
    addresses.forEach(this::enter);
    for (Pod pod : pods.all()) {
      ObjectName name = pod.name();
      if (isHostNetwork(name)) {
        pods.nodeOf(name)
            .ifPresent(node -> podNamespaces.put(name, NamespaceId.host(nodes.of(node))));
      } else {
        ownNamespace(name).ifPresent(found -> podNamespaces.put(name, found));
      }
    }
    CableEnds ends = CableEnds.of(byPlace);
    SwitchHosts hosts = SwitchHosts.of(byPlace, pods, nodes);
    byPlace.forEach((place, fold) -> {
      if (place instanceof Place.Pod(String namespace, String name, String ignored)) {
        ObjectName pod = pods.named(namespace, name);
        ends.hostOf(fold)
            .or(() -> fold.hasSwitches() ? hosts.hostOf(fold) : Optional.empty())
            .ifPresent(host -> nodeByEvidence.put(pod, nodes.of(host)));
        onItsNode(pod, fold);
      }
    });
    byPlace.keySet().stream().filter(Place.Pod.class::isInstance).forEach(this::resolve);
  }

  private void enter(NamespaceId namespace, List<IpAddress> own) {
    if (!namespace.isHost()) {
      own.forEach(
          address -> byAddress.computeIfAbsent(address, key -> new TreeSet<>()).add(namespace));
    }
  }

  /** A pod that nobody listed and that has its node's address uses its node's namespace. */
  private void onItsNode(ObjectName pod, NamespaceFold fold) {
    if (!podNamespaces.containsKey(pod) && !pods.isOnItsOwn(pod)) {
      nodes
          .listedWith(fold.ownAddresses())
          .ifPresent(node -> podNamespaces.put(pod, NamespaceId.host(node)));
    }
  }

  /** What runs a node's switches runs in the node's own namespace, unless it says otherwise. */
  private boolean isHostNetwork(ObjectName name) {
    return pods.isHostNetwork(name) || (switching.contains(name) && !pods.isOnItsOwn(name));
  }

  /** The namespace that has a pod's address, on its node when that is known. */
  private Optional<NamespaceId> ownNamespace(ObjectName name) {
    List<IpAddress> own = pods.addressesOf(name);
    Optional<String> node = pods.nodeOf(name).map(nodes::of);
    List<NamespaceId> having =
        own.stream()
            .flatMap(address -> byAddress.getOrDefault(address, Set.of()).stream())
            .filter(namespace -> node.filter(other -> !other.equals(namespace.node())).isEmpty())
            .distinct()
            .sorted()
            .toList();
    return having.size() == 1 || (node.isPresent() && !having.isEmpty())
        ? Optional.of(having.getFirst())
        : Optional.empty();
  }

  /** The namespace that a place is. */
  NamespaceId resolve(Place place) {
    NamespaceId found = known.get(place);
    if (found == null) {
      found = find(place);
      known.put(place, found);
    }
    return found;
  }

  private NamespaceId find(Place place) {
    return switch (place) {
      case Place.Host(String name) -> host(name);
      case Place.Netns(String host, String name) -> new NamespaceId(machine(host), name);
      case Place.ProcessId(String host, String pid) -> new NamespaceId(machine(host), "pid:" + pid);
      case Place.Container(String host, String name) -> container(host, name);
      case Place.Pod(String namespace, String name, String ignored) ->
          pod(pods.named(namespace, name));
      case Place.Unnamed unnamed -> NamespaceId.host(nodes.of(unnamed.machine()));
    };
  }

  private NamespaceId host(String name) {
    boolean pod = nodes.listed(name).isEmpty();
    Optional<ObjectName> called = pod ? pods.only(name) : Optional.empty();
    return called.map(this::pod).orElseGet(() -> NamespaceId.host(nodes.of(name)));
  }

  /** A machine's name; inside a pod it is the pod's node. */
  private String machine(String host) {
    if (!host.startsWith("pod/")) {
      return nodes.of(host);
    }
    String[] parts = host.split("/", 3);
    return pod(new ObjectName(parts[1], parts[parts.length - 1])).node();
  }

  private NamespaceId container(String host, String name) {
    if (nodes.listed(name).isPresent() || nodeContainers.isNode(name)) {
      return NamespaceId.host(nodes.of(name));
    }
    String[] kubelet = name.split("_", 6);
    if (kubelet.length >= 4 && kubelet[0].equals("k8s")) {
      return pod(new ObjectName(kubelet[3], kubelet[2]));
    }
    return new NamespaceId(machine(host), "container:" + name);
  }

  private NamespaceId pod(ObjectName name) {
    NamespaceId listed = podNamespaces.get(name);
    if (listed != null) {
      return listed;
    }
    String node =
        pods.nodeOf(name)
            .map(nodes::of)
            .or(() -> Optional.ofNullable(nodeByEvidence.get(name)))
            .orElse("node of pod " + name);
    NamespaceId own =
        isHostNetwork(name) ? NamespaceId.host(node) : new NamespaceId(node, "pod:" + name);
    podNamespaces.put(name, own);
    return own;
  }

  Map<ObjectName, NamespaceId> podNamespaces() {
    return podNamespaces;
  }
}
