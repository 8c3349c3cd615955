package io.packetwalk.walk.plugin;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The nodes' own namespaces, asked for what plugins leave there. */
final class Hosts {
  private final Snapshot snapshot;
  private final List<NetworkNamespace> namespaces;

  Hosts(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.namespaces =
        snapshot.namespaces().values().stream()
            .filter(namespace -> namespace.id().isHost())
            .toList();
  }

  Cluster cluster() {
    return snapshot.cluster();
  }

  /** A device or route of one node. */
  record At<T>(String node, T value) {}

  Stream<At<Device>> devices(Predicate<Device> condition) {
    return namespaces.stream()
        .flatMap(namespace ->
            namespace.links().devices().stream()
                .filter(condition)
                .map(device -> new At<>(namespace.id().node(), device)));
  }

  Stream<At<Device>> devicesNamed(String name) {
    return devices(device -> device.name().equals(name));
  }

  /** The routes of every table that was shown. */
  Stream<At<Route>> routes(Predicate<Route> condition) {
    return namespaces.stream()
        .flatMap(namespace ->
            namespace.routing().tables().tables().values().stream()
                .flatMap(Listing::stream)
                .filter(condition)
                .map(route -> new At<>(namespace.id().node(), route)));
  }

  /** One sign for each node that has such devices. */
  List<Sign> deviceSigns(Predicate<Device> condition, String meaning) {
    Map<String, List<Device>> byNode = new LinkedHashMap<>();
    devices(condition)
        .forEach(
            at -> byNode.computeIfAbsent(at.node(), node -> new ArrayList<>()).add(at.value()));
    List<Sign> signs = new ArrayList<>();
    byNode.forEach((node, devices) -> {
      String count = devices.size() == 1 ? "" : ", one of " + devices.size();
      String text = node + " has " + devices.getFirst().name() + ", " + meaning + count;
      signs.add(new Sign(text, devices.getFirst().source()));
    });
    return signs;
  }

  /** One sign for each node that has such routes. */
  List<Sign> routeSigns(Predicate<Route> condition, String meaning) {
    Map<String, List<Route>> byNode = new LinkedHashMap<>();
    routes(condition)
        .forEach(
            at -> byNode.computeIfAbsent(at.node(), node -> new ArrayList<>()).add(at.value()));
    List<Sign> signs = new ArrayList<>();
    byNode.forEach((node, routes) -> {
      String count = routes.size() == 1 ? "a route" : routes.size() + " routes";
      signs.add(new Sign(node + " has " + count + " " + meaning, routes.getFirst().source()));
    });
    return signs;
  }

  /** The sign that a plugin's agent runs, by the beginning of its pods' names. */
  Optional<Sign> agent(String... prefixes) {
    Predicate<Pod> named =
        pod -> Stream.of(prefixes).anyMatch(prefix -> pod.name().name().startsWith(prefix));
    return cluster()
        .pods()
        .first(named)
        .map(pod -> new Sign("the pod " + pod.name() + " runs its agent", pod.source()));
  }

  static Stream<String> devicesOf(Route route) {
    return route.nextHops().stream().map(NextHop::device).flatMap(Optional::stream);
  }

  static boolean isThrough(Route route, String device) {
    return devicesOf(route).anyMatch(device::equals);
  }

  static boolean hasGateway(Route route) {
    return route.nextHops().stream().anyMatch(hop -> hop.gateway().isPresent());
  }
}
