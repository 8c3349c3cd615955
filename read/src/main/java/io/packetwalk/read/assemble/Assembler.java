package io.packetwalk.read.assemble;

import io.packetwalk.model.FailedCommand;
import io.packetwalk.model.Inventory;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Sighting;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.read.Fact;
import io.packetwalk.read.transcript.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects facts with their places, and makes one snapshot of them.
 *
 * <p>Which namespace a place is can be told only when everything has been seen (a pod's node may be
 * listed at the end), so facts are folded twice: by place, to learn the addresses there, and by
 * namespace.
 */
public final class Assembler {
  private final List<Placed> facts = new ArrayList<>();
  private final Set<Place> visited = new LinkedHashSet<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final ClusterFold cluster = new ClusterFold();

  /** A command that failed, and where. */
  private record Attempt(Place place, String name, Source said) {}

  /** A fact and where it was shown. */
  record Placed(Place place, Fact.OfNamespace fact) {}

  /** Takes what one command told. */
  public void add(Place place, List<Fact> told) {
    for (Fact fact : told) {
      switch (fact) {
        case Fact.OfNamespace ofNamespace -> facts.add(new Placed(place, ofNamespace));
        case Fact.OfCluster ofCluster -> cluster.fold(place, ofCluster);
      }
    }
  }

  /** Takes note that somebody looked into a machine's network there, without a fact. */
  public void visited(Place place) {
    visited.add(place);
  }

  /** Takes note that a command failed there, with the line by which it said so. */
  public void failed(Place place, String name, Source said) {
    attempts.add(new Attempt(place, name, said));
  }

  /** Everything so far, as one snapshot. */
  public Snapshot snapshot(Inventory inventory) {
    Cluster listed = cluster.cluster();
    PlaceResolver resolver = PlaceResolver.of(listed, byPlace());
    Map<NamespaceId, NamespaceFold> folds = new TreeMap<>();
    List<Sighting> sightings = new ArrayList<>();
    for (Placed placed : facts) {
      NamespaceId id = resolver.resolve(placed.place());
      folds.computeIfAbsent(id, ignored -> new NamespaceFold()).fold(placed.fact());
      if (placed.fact() instanceof Fact.Seen seen) {
        sightings.add(seen.at(id));
      }
    }
    Map<NamespaceId, NetworkNamespace> namespaces = new TreeMap<>();
    folds.forEach((id, fold) -> namespaces.put(id, fold.namespace(id)));
    visited.forEach(place -> addUnknown(namespaces, resolver.resolve(place)));
    for (KubernetesNode node : listed.nodes().entries()) {
      addUnknown(namespaces, NamespaceId.host(node.name()));
    }
    List<FailedCommand> failed =
        attempts.stream()
            .map(
                each -> new FailedCommand(resolver.resolve(each.place()), each.name(), each.said()))
            .toList();
    return new Snapshot(
        namespaces,
        resolver.podNamespaces(),
        cluster.named(resolver),
        sightings,
        inventory.withFailed(failed));
  }

  private static void addUnknown(Map<NamespaceId, NetworkNamespace> namespaces, NamespaceId id) {
    namespaces.computeIfAbsent(id, NetworkNamespace::unknown);
  }

  private Map<Place, NamespaceFold> byPlace() {
    Map<Place, NamespaceFold> folds = new LinkedHashMap<>();
    for (Placed placed : facts) {
      folds.computeIfAbsent(placed.place(), ignored -> new NamespaceFold()).fold(placed.fact());
    }
    visited.forEach(place -> folds.computeIfAbsent(place, ignored -> new NamespaceFold()));
    return folds;
  }
}
