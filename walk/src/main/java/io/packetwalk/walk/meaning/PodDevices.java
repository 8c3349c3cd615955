package io.packetwalk.walk.meaning;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.net.Route;
import java.util.Optional;

/** Which pod's end of a cable a node's device is. */
final class PodDevices {
  private static final int HASH_LENGTH = 11;

  private final Snapshot snapshot;

  PodDevices(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The pod behind a device: by the node's route to its address, by Calico's own objects, or by the
   * hash that Calico names devices with.
   */
  Optional<ObjectName> pod(NamespaceId place, String device) {
    return byRoute(place, device).or(() -> byEndpoint(place, device)).or(() -> byName(device));
  }

  private Optional<ObjectName> byRoute(NamespaceId place, String device) {
    return snapshot.namespace(place).routing().tables().tables().values().stream()
        .flatMap(table -> table.stream())
        .filter(route -> route.destination().isHost() && leadsTo(route, device))
        .map(route -> snapshot.cluster().podAt(route.destination().address()))
        .flatMap(Optional::stream)
        .map(pod -> pod.name())
        .findFirst();
  }

  private static boolean leadsTo(Route route, String device) {
    return route.nextHops().stream()
        .anyMatch(hop -> hop.gateway().isEmpty() && hop.device().equals(Optional.of(device)));
  }

  private Optional<ObjectName> byEndpoint(NamespaceId place, String device) {
    return snapshot.cluster().workloadEndpoints().stream()
        .filter(endpoint -> endpoint.device().equals(Optional.of(device)))
        .filter(endpoint -> endpoint.node().equals(Optional.of(place.node())))
        .map(endpoint -> new ObjectName(endpoint.namespace(), endpoint.workload()))
        .findFirst();
  }

  private Optional<ObjectName> byName(String device) {
    if (!device.startsWith("cali")) {
      return Optional.empty();
    }
    String hash = device.substring("cali".length());
    return snapshot.cluster().pods().stream()
        .map(pod -> pod.name())
        .filter(name -> Digest.hex(name.namespace() + "." + name.name(), HASH_LENGTH).equals(hash))
        .findFirst();
  }
}
