package io.packetwalk.walk.plugin;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What Antrea leaves in a state: the gateway device of its Open vSwitch bridge, the tunnel device
 * of the data path, routes to the other nodes' pods.
 */
final class AntreaSigns {
  private static final String GATEWAY = "antrea-gw0";
  private static final String OLD_GATEWAY = "gw0";

  private final Hosts hosts;

  AntreaSigns(Hosts hosts) {
    this.hosts = hosts;
  }

  Optional<Conclusion> conclude() {
    List<Sign> signs = new ArrayList<>();
    hosts.agent("antrea-agent-", "antrea-controller-").ifPresent(signs::add);
    signs.addAll(
        hosts.deviceSigns(device -> isGateway(device.name()), "the gateway of Antrea's bridge"));
    if (signs.isEmpty()) {
      return Optional.empty();
    }
    signs.addAll(
        hosts.deviceSigns(device -> device.name().equals("antrea-tun0"), "Antrea's tunnel port"));
    signs.addAll(
        hosts.deviceSigns(
            device -> tunnel(device).isPresent(), "the tunnel device of Open vSwitch"));
    signs.addAll(hosts.routeSigns(AntreaSigns::isTunnelled, "to pods through the gateway"));
    signs.addAll(hosts.routeSigns(AntreaSigns::isSinglePod, "to a single pod by the gateway"));
    return Optional.of(new Conclusion("Antrea", modes(), false, signs, List.of()));
  }

  private static boolean isGateway(String name) {
    return name.equals(GATEWAY) || name.equals(OLD_GATEWAY);
  }

  /** The encapsulation, by the name that Open vSwitch gives its device. */
  private static Optional<String> tunnel(Device device) {
    String name = device.name();
    return name.startsWith("genev_sys")
        ? Optional.of("Geneve")
        : name.startsWith("vxlan_sys")
            ? Optional.of("VXLAN")
            : name.startsWith("gre_sys")
                ? Optional.of("GRE")
                : name.startsWith("stt_sys") ? Optional.of("STT") : Optional.empty();
  }

  private List<String> modes() {
    SequencedSet<String> modes = new LinkedHashSet<>();
    boolean tunnelled = hosts.routes(AntreaSigns::isTunnelled).findAny().isPresent();
    boolean single = hosts.routes(AntreaSigns::isSinglePod).findAny().isPresent();
    hosts
        .devices(device -> tunnel(device).isPresent())
        .map(at -> tunnel(at.value()).orElseThrow())
        .forEach(name -> modes.add("encap with " + name));
    if (modes.isEmpty() && tunnelled) {
      modes.add("encap, as its routes go; with what isn't shown");
    }
    if (modes.isEmpty() && single) {
      modes.add("networkPolicyOnly, as its routes to single pods say");
    }
    return List.copyOf(modes);
  }

  /** To another node's pods: the gateway's bridge puts the packet into the tunnel. */
  private static boolean isTunnelled(Route route) {
    return throughGateway(route) && Hosts.hasGateway(route);
  }

  private static boolean isSinglePod(Route route) {
    return throughGateway(route)
        && !Hosts.hasGateway(route)
        && route.type() == RouteType.UNICAST
        && route.destination().isHost()
        && route.protocol().filter("kernel"::equals).isEmpty();
  }

  private static boolean throughGateway(Route route) {
    return Hosts.devicesOf(route).anyMatch(AntreaSigns::isGateway);
  }
}
