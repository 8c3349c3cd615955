package io.packetwalk.model;

import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.net.NetworkNamespace;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster's network at one moment, as far as a state shows it.
 *
 * @param namespaces every network namespace that the state has anything about, nodes' own included
 * @param podNamespaces which namespace a pod has; pods without an entry have one that nobody looked
 *     into
 */
public record Snapshot(
    Map<NamespaceId, NetworkNamespace> namespaces,
    Map<ObjectName, NamespaceId> podNamespaces,
    Cluster cluster,
    List<Sighting> sightings,
    Inventory inventory) {
  public Snapshot {
    namespaces = Collections.unmodifiableMap(new TreeMap<>(namespaces));
    podNamespaces = Collections.unmodifiableMap(new TreeMap<>(podNamespaces));
    sightings = List.copyOf(sightings);
  }

  /** The namespace with this name; one that nothing is known about when the state hasn't got it. */
  public NetworkNamespace namespace(NamespaceId id) {
    return Optional.ofNullable(namespaces.get(id)).orElseGet(() -> NetworkNamespace.unknown(id));
  }

  /** The nodes by name, in order. */
  public List<String> nodes() {
    return namespaces.keySet().stream().map(NamespaceId::node).distinct().toList();
  }

  /** The pod that has this namespace. */
  public Optional<ObjectName> podOf(NamespaceId id) {
    return podNamespaces.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
