package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Links;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.Cable;
import io.packetwalk.walk.topology.SwitchPortKind;
import io.packetwalk.walk.topology.UnlistedBridge;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;

/**
 * How a pod sends of which nobody listed a route: by the gateway of its subnet, which is the node's
 * own address at the pod's bridge or at an internal port of its switch.
 */
final class UnseenPod {
  private static final String POD_DEVICE = "eth0";

  /** What plugins give pods as a gateway that have no subnet in common with their node. */
  private static final IpAddress ANY_GATEWAY = IpAddress.of("169.254.1.1");

  private final World world;

  UnseenPod(World world) {
    this.world = world;
  }

  /**
   * The way out.
   *
   * @param gateway empty for a destination in the pod's own subnet
   */
  record Way(Optional<IpAddress> gateway, Assumption assumption) {}

  /** Empty when the pod isn't behind a switch or bridge that has an address in its subnet. */
  Optional<Way> wayOut(Stack pod, Ip header) {
    return world
        .attachments()
        .of(pod.id())
        .flatMap(at -> wayOut(pod, world.stack(at.host()), at.device(), header))
        .or(() -> overBridge(pod, header));
  }

  private Optional<Way> overBridge(Stack pod, Ip header) {
    if (!(world.cabling().from(pod.id(), POD_DEVICE) instanceof Cable.To to)
        || !to.namespace().isHost()) {
      return Optional.empty();
    }
    Links links = world.namespace(to.namespace()).links();
    return Bridges.bridgeOf(world.namespace(to.namespace()), to.device())
        .flatMap(bridge ->
            links
                .addressesOf(bridge)
                .filter(own -> own.subnet().contains(header.source()))
                .findFirst())
        .map(own -> way(pod.id(), header, own.subnet(), own.address(), own.source()))
        .or(() -> overUnlisted(pod, header));
  }

  private Optional<Way> overUnlisted(Stack pod, Ip header) {
    return UnlistedBridge.of(world, pod.id(), header.source())
        .filter(near -> near.gateway().isPresent())
        .map(near ->
            way(
                pod.id(),
                header,
                near.route().destination(),
                near.gateway().orElseThrow(),
                near.route().source()));
  }

  private static Way way(
      NamespaceId pod, Ip header, IpPrefix subnet, IpAddress gateway, Source evidence) {
    boolean near = subnet.contains(header.destination());
    String text =
        near
            ? header.destination() + " is in its own subnet, as the node's gateway address shows"
            : "its default route is by " + gateway + ", the node's address in its subnet";
    return new Way(
        near ? Optional.empty() : Optional.of(gateway), assumption(pod, text, List.of(evidence)));
  }

  private Optional<Way> wayOut(Stack pod, Stack host, String port, Ip header) {
    Optional<Switch> bridge = Switching.bridgeOf(host, port);
    Optional<InterfaceAddress> gateway =
        bridge.flatMap(found -> gateway(host, found, header.source()));
    if (gateway.isEmpty()) {
      return bridge
          .filter(found -> header.source().isIpv4())
          .map(found ->
              new Way(
                  Optional.of(ANY_GATEWAY),
                  assumption(
                      pod.id(), "its default gateway is answered for by the switch", List.of())));
    }
    return gateway.map(own -> way(pod.id(), header, own.subnet(), own.address(), own.source()));
  }

  private static Optional<InterfaceAddress> gateway(Stack host, Switch bridge, IpAddress source) {
    return bridge.ports().stream()
        .filter(
            port -> SwitchPortKind.of(host.namespace(), port) instanceof SwitchPortKind.Internal)
        .map(SwitchPort::device)
        .flatMap(device -> host.namespace().links().addressesOf(device))
        .filter(address -> address.subnet().contains(source) && !address.subnet().isHost())
        .findFirst();
  }

  private static Assumption assumption(NamespaceId pod, String text, List<Source> grounds) {
    return new Assumption(
        "nobody looked into " + pod + ": " + text,
        Commands.in(pod, "ip addr; ip route; ip neigh"),
        grounds);
  }
}
