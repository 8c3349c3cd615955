package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which pods that nobody looked into are behind which ports of their node's Linux bridges.
 *
 * <p>A pod is taken to be on the bridge that has an address in its subnet. The neighbour table and
 * the bridge's forwarding database together show its port; where they don't, it is behind one of
 * the ports whose other ends nobody saw, and which one is said to be taken. Where these ports treat
 * frames differently, none is taken.
 */
final class BridgedPods {
  private final World world;
  private final Map<String, List<Attachment>> byNode = new LinkedHashMap<>();

  BridgedPods(World world) {
    this.world = world;
  }

  /**
   * A pod behind a port.
   *
   * @param assumption set when the state only makes it plausible
   */
  record Attachment(
      NamespaceId pod, String port, List<Source> evidence, Optional<Assumption> assumption) {
    Attachment {
      evidence = List.copyOf(evidence);
    }
  }

  Optional<Attachment> at(NamespaceId host, String port) {
    return on(host.node()).stream().filter(found -> found.port().equals(port)).findFirst();
  }

  Optional<Attachment> of(NamespaceId pod) {
    return on(pod.node()).stream().filter(found -> found.pod().equals(pod)).findFirst();
  }

  private List<Attachment> on(String node) {
    List<Attachment> known = byNode.get(node);
    if (known == null) {
      known = List.copyOf(attachments(NamespaceId.host(node)));
      byNode.put(node, known);
    }
    return known;
  }

  private List<Attachment> attachments(NamespaceId host) {
    NetworkNamespace namespace = world.namespace(host);
    List<Attachment> found = new ArrayList<>();
    for (Device bridge : namespace.links().devices().entries()) {
      if (Bridges.isBridge(namespace, bridge.name())) {
        found.addAll(behind(namespace, bridge.name()));
      }
    }
    return found;
  }

  private List<Attachment> behind(NetworkNamespace namespace, String bridge) {
    Map<IpAddress, World.Owner> unseen = unseenPods(namespace, bridge);
    List<Attachment> found = new ArrayList<>();
    Set<String> free = new LinkedHashSet<>(freePorts(namespace, bridge));
    Set<NamespaceId> placed = new LinkedHashSet<>();
    for (Map.Entry<IpAddress, World.Owner> pod : unseen.entrySet()) {
      shown(namespace, bridge, pod.getKey(), pod.getValue())
          .filter(attachment -> free.remove(attachment.port()))
          .filter(attachment -> placed.add(attachment.pod()))
          .ifPresent(found::add);
    }
    List<String> ports = areAlike(namespace, free) ? List.copyOf(free) : List.of();
    List<World.Owner> left =
        unseen.values().stream().filter(pod -> placed.add(pod.namespace())).toList();
    for (int index = 0; index < Math.min(ports.size(), left.size()); index++) {
      found.add(taken(namespace, bridge, ports, index, left.get(index)));
    }
    return found;
  }

  private Map<IpAddress, World.Owner> unseenPods(NetworkNamespace namespace, String bridge) {
    List<InterfaceAddress> gateways = namespace.links().addressesOf(bridge).toList();
    Map<IpAddress, World.Owner> pods = new TreeMap<>(Comparator.naturalOrder());
    for (World.Owner owner : world.ownersOn(namespace.id().node())) {
      boolean unseen =
          !owner.namespace().isHost() && !areCablesShown(world.namespace(owner.namespace()));
      IpAddress address = owner.address().address();
      boolean near =
          gateways.stream()
              .anyMatch(own -> own.subnet().contains(address) && !own.address().equals(address));
      if (unseen && near) {
        pods.put(address, owner);
      }
    }
    return pods;
  }

  /** Whether its devices were listed with the indexes of both ends, which tell the other end. */
  private static boolean areCablesShown(NetworkNamespace namespace) {
    return namespace.links().devices().stream()
        .anyMatch(device -> device.index().isPresent() && device.peerIndex().isPresent());
  }

  /** Whether it makes no difference to a frame which of these ports it goes by. */
  private static boolean areAlike(NetworkNamespace namespace, Set<String> ports) {
    return ports.stream().map(port -> treatment(namespace, port)).distinct().count() <= 1;
  }

  private static Treatment treatment(NetworkNamespace namespace, String port) {
    Optional<BridgePort> known = Bridges.port(namespace, port);
    return new Treatment(
        known.flatMap(BridgePort::state),
        known.map(BridgePort::settings).orElse(Map.of()),
        Bridges.vlans(namespace, port)
            .map(vlan ->
                new Membership(vlan.first(), vlan.last(), vlan.portVlan(), vlan.untaggedOut()))
            .toList(),
        namespace.links().device(port).filter(Segment::isClosed).isPresent());
  }

  private record Membership(int first, int last, boolean portVlan, boolean untaggedOut) {}

  private record Treatment(
      Optional<String> state,
      Map<String, Boolean> settings,
      List<Membership> vlans,
      boolean closed) {}

  /** Ports whose other ends weren't listed. */
  private List<String> freePorts(NetworkNamespace namespace, String bridge) {
    return Bridges.portsOf(namespace, bridge).stream()
        .filter(port ->
            namespace
                .links()
                .device(port)
                .map(device ->
                    (device.isWithPeer() && !isSeen(namespace.id(), device))
                        || Cabling.isNamedAsCable(device))
                .orElse(true))
        .toList();
  }

  private boolean isSeen(NamespaceId host, Device port) {
    return world.snapshot().namespaces().values().stream()
        .filter(other -> other.id().node().equals(host.node()) && !other.id().isHost())
        .flatMap(other -> other.links().devices().stream())
        .anyMatch(end ->
            end.index().isPresent()
                && end.index().equals(port.peerIndex())
                && end.peerIndex().equals(port.index()));
  }

  private Optional<Attachment> shown(
      NetworkNamespace namespace, String bridge, IpAddress address, World.Owner pod) {
    return byNeighbour(namespace, bridge, address, pod).or(() -> byMac(namespace, bridge, pod));
  }

  /** The bridge has learned the address that the pod's own device has. */
  private Optional<Attachment> byMac(NetworkNamespace namespace, String bridge, World.Owner pod) {
    return world.namespace(pod.namespace()).links().devices().stream()
        .flatMap(device ->
            device.mac().stream()
                .flatMap(mac -> Bridges.entries(namespace, bridge, mac))
                .map(entry ->
                    new Attachment(
                        pod.namespace(),
                        entry.device(),
                        List.of(device.source(), entry.source()),
                        Optional.empty())))
        .findFirst();
  }

  private static Optional<Attachment> byNeighbour(
      NetworkNamespace namespace, String bridge, IpAddress address, World.Owner pod) {
    Optional<Neighbour> neighbour =
        namespace
            .routing()
            .neighbours(address.family())
            .first(entry ->
                entry.device().equals(bridge)
                    && entry.address().equals(address)
                    && entry.mac().isPresent());
    Optional<FdbEntry> entry =
        neighbour.flatMap(
            known -> Bridges.entries(namespace, bridge, known.mac().orElseThrow()).findFirst());
    return entry.map(known ->
        new Attachment(
            pod.namespace(),
            known.device(),
            List.of(neighbour.orElseThrow().source(), known.source()),
            Optional.empty()));
  }

  private static Attachment taken(
      NetworkNamespace namespace, String bridge, List<String> ports, int index, World.Owner pod) {
    String port = ports.get(index);
    String text =
        ports.size() == 1
            ? port + " of " + namespace.id() + " leads to " + pod.namespace()
            : "which port of "
                + bridge
                + " of "
                + namespace.id()
                + " leads to "
                + pod.namespace()
                + " isn't in the state; the walk takes "
                + port
                + ", one of "
                + ports.size();
    Assumption assumption =
        new Assumption(
            text,
            Commands.in(
                namespace.id(),
                "ip neigh show to " + pod.address().address() + "; bridge fdb show br " + bridge),
            List.of(pod.address().source()));
    List<Source> evidence =
        namespace.links().device(port).map(Device::source).map(List::of).orElse(List.of());
    return new Attachment(pod.namespace(), port, evidence, Optional.of(assumption));
  }
}
