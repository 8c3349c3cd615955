package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.PeerNamespace;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the other end of virtual cables (veth pairs).
 *
 * <p>First by interface index: each end prints the other's as {@code @ifN}; the name of the peer's
 * namespace decides where it is printed. Indexes count per namespace, so several candidates may
 * remain: neighbour entries, routes and objects choose among them. Where one end was never listed,
 * routes and objects alone tell.
 */
public final class Cabling {
  private final World world;
  private final Map<Integer, List<End>> byIndex = new LinkedHashMap<>();
  private final PeerByObjects byObjects;

  Cabling(World world) {
    this.world = world;
    this.byObjects = new PeerByObjects(world);
    for (NetworkNamespace namespace : world.snapshot().namespaces().values()) {
      namespace.links().devices().stream()
          .filter(device -> device.index().isPresent() && device.peerIndex().isPresent())
          .forEach(device -> add(new End(namespace.id(), device)));
    }
  }

  private void add(End end) {
    byIndex
        .computeIfAbsent(end.device().index().orElseThrow(), index -> new ArrayList<>(1))
        .add(end);
  }

  /** The other end of this device, which may be one that nobody listed. */
  public Cable from(NamespaceId namespace, String deviceName) {
    Optional<Device> listed = world.namespace(namespace).links().device(deviceName);
    if (listed.isEmpty()) {
      return byObjects
          .find(namespace, deviceName, List.of())
          .orElseGet(
              () -> namespace.isHost() ? new Cable.Outside() : unresolved(namespace, deviceName));
    }
    Device device = listed.get();
    if (!isCable(device)) {
      boolean maybe = !device.kindShown() && isPlain(device);
      return maybe ? unshown(namespace, device) : new Cable.Outside();
    }
    return sameNamespace(namespace, device).orElseGet(() -> otherNamespace(namespace, device));
  }

  /** The other end of what may be a cable: on a node it may be a card as well. */
  private Cable unshown(NamespaceId namespace, Device device) {
    return byObjects
        .find(namespace, device.name(), List.of(device.source()))
        .orElseGet(() ->
            namespace.isHost() && !isNamedAsCable(device)
                ? new Cable.Outside()
                : unresolved(new End(namespace, device)));
  }

  /** A device of which only the name tells that it is one end of a cable to a pod. */
  static boolean isNamedAsCable(Device device) {
    return !device.kindShown() && isPlain(device) && device.name().matches("(?:veth|cali|lxc).+");
  }

  private static boolean isPlain(Device device) {
    return device.kind() instanceof DeviceKind.Ethernet;
  }

  private static boolean isCable(Device device) {
    boolean kindAllows =
        device.kind() instanceof DeviceKind.Veth
            || (!device.kindShown() && device.kind() instanceof DeviceKind.Ethernet);
    return kindAllows && (device.peerIndex().isPresent() || device.lower().isPresent());
  }

  private Optional<Cable> sameNamespace(NamespaceId namespace, Device device) {
    return device
        .lower()
        .flatMap(name -> world.namespace(namespace).links().device(name))
        .filter(peer -> peer.lower().filter(device.name()::equals).isPresent())
        .map(peer ->
            new Cable.To(
                namespace, peer.name(), List.of(device.source(), peer.source()), Optional.empty()));
  }

  private Cable otherNamespace(NamespaceId namespace, Device device) {
    End here = new End(namespace, device);
    if (isOutside(here)) {
      return new Cable.Outside();
    }
    List<End> candidates = candidates(here);
    if (candidates.size() > 1) {
      candidates = likeliest(here, candidates);
    }
    if (candidates.size() == 1) {
      return connect(here, candidates.getFirst());
    }
    return byObjects
        .find(namespace, device.name(), List.of(device.source()))
        .orElseGet(() -> unresolved(here));
  }

  /** The peer's namespace has a name, and nothing that the state shows is called so. */
  private boolean isOutside(End here) {
    Optional<String> name = here.peerName();
    return name.isPresent()
        && world.snapshot().namespaces().keySet().stream()
            .noneMatch(id -> id.name().equals(name.get()) || id.node().equals(name.get()))
        && candidates(here).isEmpty()
        && here.namespace().isHost()
        && byObjects.find(here.namespace(), here.device().name(), List.of()).isEmpty();
  }

  /** Only of a peer in another namespace an index is printed: one in the same has a name. */
  private List<End> candidates(End here) {
    return byIndex.getOrDefault(here.device().peerIndex().orElse(-1), List.of()).stream()
        .filter(end -> !end.namespace().equals(here.namespace()))
        .filter(end -> end.device().peerIndex().equals(here.device().index()))
        .filter(end -> here.mayBeWith(end) && end.mayBeWith(here))
        .toList();
  }

  private List<End> likeliest(End here, List<End> candidates) {
    int best = candidates.stream().mapToInt(end -> likelihood(here, end)).max().orElse(0);
    return candidates.stream().filter(end -> likelihood(here, end) == best).toList();
  }

  private int likelihood(End here, End there) {
    int named = here.peerName().isPresent() && here.isNamed(there) ? 4 : 0;
    return named + CableHints.weigh(world, here, there) + CableHints.weigh(world, there, here);
  }

  private Cable connect(End here, End there) {
    List<Source> evidence = List.of(here.device().source(), there.device().source());
    return new Cable.To(
        there.namespace(), there.device().name(), evidence, Optional.<Assumption>empty());
  }

  private Cable unresolved(End here) {
    boolean card = here.namespace().isHost() && here.peerName().isEmpty() && isUplink(here);
    if (card) {
      return new Cable.Outside();
    }
    return unresolved(here.namespace(), here.device().name());
  }

  private static Cable unresolved(NamespaceId namespace, String device) {
    return new Cable.Unknown(
        new Assumption(
            "the other end of " + device + " of " + namespace + " isn't in the state",
            Commands.in(namespace, "ip -d link; ip netns list-id")));
  }

  /** A device with an address that isn't a pod's: nodes in containers have veth uplinks. */
  private boolean isUplink(End here) {
    return world
        .namespace(here.namespace())
        .links()
        .addressesOf(here.device().name())
        .anyMatch(address -> !address.address().isLinkLocal());
  }

  /** One end of a cable. */
  record End(NamespaceId namespace, Device device) {
    Optional<String> peerName() {
      return device
          .peerNamespace()
          .filter(PeerNamespace.Named.class::isInstance)
          .map(peer -> ((PeerNamespace.Named) peer).name());
    }

    /** Whether what this end prints about its peer's namespace allows the other one. */
    boolean mayBeWith(End other) {
      if (peerName().isPresent()) {
        return isNamed(other) || isUnnamedOnSameNode(other);
      }
      return namespace.node().equals(other.namespace.node());
    }

    boolean isNamed(End other) {
      String name = peerName().orElse("");
      boolean sameNode = namespace.node().equals(other.namespace.node());
      return (sameNode && other.namespace.name().equals(name))
          || (other.namespace.isHost() && other.namespace.node().equals(name));
    }

    private boolean isUnnamedOnSameNode(End other) {
      return namespace.node().equals(other.namespace.node())
          && !other.namespace.isHost()
          && other.namespace.name().indexOf(':') >= 0;
    }
  }
}
