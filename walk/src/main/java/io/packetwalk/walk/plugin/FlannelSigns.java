package io.packetwalk.walk.plugin;

import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** What Flannel leaves in a state: {@code flannel.1}, {@code cni0}, annotations of the nodes. */
final class FlannelSigns {
  private static final String BACKEND = "flannel.alpha.coreos.com/backend-type";

  private final Hosts hosts;

  FlannelSigns(Hosts hosts) {
    this.hosts = hosts;
  }

  Optional<Conclusion> conclude() {
    List<Sign> signs = new ArrayList<>();
    hosts.agent("kube-flannel-").ifPresent(signs::add);
    signs.addAll(hosts.deviceSigns(device -> isTunnel(device.name()), "Flannel's VXLAN tunnel"));
    hosts.cluster().nodes().stream()
        .filter(node -> node.annotations().containsKey(BACKEND))
        .forEach(node -> signs.add(new Sign("Flannel's backend: " + backend(node), node.source())));
    if (signs.isEmpty()) {
      return Optional.empty();
    }
    signs.addAll(
        hosts.deviceSigns(device -> device.name().equals("cni0"), "the bridge of the pods"));
    return Optional.of(new Conclusion("Flannel", modes(), false, signs, List.of()));
  }

  private static boolean isTunnel(String name) {
    return name.startsWith("flannel.") || name.startsWith("flannel-v6.");
  }

  private static String backend(KubernetesNode node) {
    return node.annotations().getOrDefault(BACKEND, "");
  }

  private List<String> modes() {
    SequencedSet<String> modes = new LinkedHashSet<>();
    hosts.cluster().nodes().stream()
        .map(FlannelSigns::backend)
        .filter(backend -> !backend.isEmpty())
        .forEach(modes::add);
    if (modes.isEmpty() && hosts.devices(device -> isTunnel(device.name())).findAny().isPresent()) {
      modes.add("vxlan");
    }
    if (modes.isEmpty() && hosts.routes(FlannelSigns::isHostGateway).findAny().isPresent()) {
      modes.add("host-gw, as its routes go");
    }
    return List.copyOf(modes);
  }

  private static boolean isHostGateway(Route route) {
    return route.type() == RouteType.UNICAST
        && Hosts.hasGateway(route)
        && !route.destination().isAll()
        && !route.destination().isHost();
  }
}
