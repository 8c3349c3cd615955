package io.packetwalk.walk.plugin;

import io.packetwalk.model.cluster.BgpSession;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;

/**
 * What Calico leaves in a state: devices {@code cali…}, {@code tunl0} and {@code vxlan.calico},
 * BIRD's routes, address pools, BGP sessions.
 */
final class CalicoSigns {
  private static final String IPIP_DEVICE = "tunl0";
  private static final List<String> VXLAN_DEVICES = List.of("vxlan.calico", "vxlan-v6.calico");

  private final Hosts hosts;

  CalicoSigns(Hosts hosts) {
    this.hosts = hosts;
  }

  Optional<Conclusion> conclude() {
    List<Sign> signs = new ArrayList<>();
    hosts.agent("calico-node-", "calico-typha-").ifPresent(signs::add);
    signs.addAll(
        hosts.deviceSigns(
            device -> isPodDevice(device.name()), "a pod's device as Calico names it"));
    hosts.cluster().ipPools().stream().forEach(pool -> signs.add(pool(pool)));
    hosts.cluster().workloadEndpoints().stream()
        .findFirst()
        .ifPresent(
            endpoint -> signs.add(new Sign("Calico has workload endpoints", endpoint.source())));
    signs.addAll(
        hosts.deviceSigns(
            device -> VXLAN_DEVICES.contains(device.name()), "Calico's VXLAN tunnel"));
    signs.addAll(hosts.routeSigns(CalicoSigns::isBlockThroughIpip, "to pods through tunl0"));
    signs.addAll(hosts.routeSigns(CalicoSigns::isBlockThroughVxlan, "to pods through VXLAN"));
    signs.addAll(hosts.routeSigns(CalicoSigns::isPlainBlock, "from BGP without a tunnel"));
    signs.addAll(sessions(true));
    return signs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Conclusion("Calico", modes(), false, signs, contradictions()));
  }

  private static boolean isPodDevice(String name) {
    return name.startsWith("cali") && name.length() == 15;
  }

  private static Sign pool(IpPool pool) {
    return new Sign("address pool " + pool.name() + ": " + mode(pool), pool.source());
  }

  private static String mode(IpPool pool) {
    String nat =
        pool.natOutgoing().map(on -> on ? ", natOutgoing on" : ", natOutgoing off").orElse("");
    return pool.cidr() + " " + encapsulation(pool) + nat;
  }

  private static String encapsulation(IpPool pool) {
    String ipip = pool.ipipMode().orElse("Never");
    String vxlan = pool.vxlanMode().orElse("Never");
    if (!ipip.equalsIgnoreCase("Never")) {
      return isCrossSubnet(ipip) ? "IP-in-IP across subnets" : "IP-in-IP";
    }
    if (!vxlan.equalsIgnoreCase("Never")) {
      return isCrossSubnet(vxlan) ? "VXLAN across subnets" : "VXLAN";
    }
    boolean told = pool.ipipMode().isPresent() || pool.vxlanMode().isPresent();
    return told ? "no encapsulation" : "encapsulation not shown";
  }

  private static boolean isCrossSubnet(String mode) {
    return mode.equalsIgnoreCase("CrossSubnet");
  }

  /** By the pools where they are known, else by the routes. */
  private List<String> modes() {
    SequencedSet<String> modes = new LinkedHashSet<>();
    hosts.cluster().ipPools().stream()
        .filter(pool -> !pool.disabled().orElse(false))
        .forEach(pool -> modes.add(encapsulation(pool) + " for " + pool.cidr()));
    return modes.isEmpty() ? routed() : List.copyOf(modes);
  }

  private List<String> routed() {
    List<String> tunnels = new ArrayList<>();
    if (has(CalicoSigns::isBlockThroughIpip)) {
      tunnels.add("IP-in-IP");
    }
    if (has(CalicoSigns::isBlockThroughVxlan)) {
      tunnels.add("VXLAN");
    }
    boolean plain = has(CalicoSigns::isPlainBlock);
    if (tunnels.isEmpty()) {
      return plain ? List.of("no encapsulation, as its routes go") : List.of();
    }
    String where = plain ? " across subnets" : "";
    return tunnels.stream().map(tunnel -> tunnel + where + ", as its routes go").toList();
  }

  private boolean has(Predicate<Route> routes) {
    return hosts.routes(routes).findAny().isPresent();
  }

  private List<Sign> contradictions() {
    List<Sign> against = new ArrayList<>();
    for (IpPool pool : hosts.cluster().ipPools().entries()) {
      switch (encapsulation(pool)) {
        case "no encapsulation" -> {
          against.addAll(within(pool, CalicoSigns::isBlockThroughIpip, "through tunl0"));
          against.addAll(within(pool, CalicoSigns::isBlockThroughVxlan, "through VXLAN"));
        }
        case "IP-in-IP", "VXLAN" ->
            against.addAll(within(pool, CalicoSigns::isPlainBlock, "without a tunnel"));
        default -> {}
      }
    }
    against.addAll(sessions(false));
    return against;
  }

  /** Routes to blocks of a pool that don't go as the pool wants it. */
  private List<Sign> within(IpPool pool, Predicate<Route> condition, String how) {
    return hosts.routeSigns(
        route -> condition.test(route) && pool.cidr().contains(route.destination()),
        how + " to addresses of " + pool.name() + ", which wants " + encapsulation(pool));
  }

  private List<Sign> sessions(boolean established) {
    List<Sign> signs = new ArrayList<>();
    for (BgpSession session : hosts.cluster().bgpSessions().entries()) {
      if (session.isEstablished() == established) {
        String state =
            established
                ? "established"
                : session.info().isEmpty() ? "not established" : session.info();
        signs.add(
            new Sign(
                session.node() + "'s BGP session with " + session.peer() + " is " + state,
                session.source()));
      }
    }
    return signs;
  }

  private static boolean isBlockThroughIpip(Route route) {
    return isBlock(route) && Hosts.isThrough(route, IPIP_DEVICE);
  }

  private static boolean isBlockThroughVxlan(Route route) {
    return isBlock(route) && VXLAN_DEVICES.stream().anyMatch(name -> Hosts.isThrough(route, name));
  }

  private static boolean isPlainBlock(Route route) {
    boolean bird = route.protocol().filter("bird"::equals).isPresent();
    return bird && isBlock(route) && !isBlockThroughIpip(route) && !isBlockThroughVxlan(route);
  }

  /** A route to another node's block of addresses. */
  private static boolean isBlock(Route route) {
    IpPrefix destination = route.destination();
    return route.type() == RouteType.UNICAST
        && !destination.isAll()
        && !destination.isHost()
        && Hosts.hasGateway(route);
  }
}
