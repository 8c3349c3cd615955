package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.PeerNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which macvlan, ipvlan and 802.1Q devices stand on which device, in whatever namespace they are.
 *
 * <p>A device below in the same namespace is printed by name ({@code mv0@eth0}), one elsewhere by
 * its index there ({@code eth0@if2 … link-netnsid 0}), which is the node's own namespace unless a
 * name says otherwise.
 */
public final class Uppers {
  private final World world;
  private final Map<Place, List<Place>> above = new LinkedHashMap<>();
  private final Map<Tagged, Place> tagged = new LinkedHashMap<>();

  /** A device of a namespace. */
  public record Place(NamespaceId namespace, String device) {}

  /** A device, and the tag of frames that come in by it. */
  private record Tagged(Place below, int tag) {}

  Uppers(World world) {
    this.world = world;
    for (NetworkNamespace namespace : world.snapshot().namespaces().values()) {
      namespace.links().devices().stream()
          .filter(Uppers::isUpper)
          .forEach(device ->
              below(namespace.id(), device)
                  .ifPresent(lower ->
                      above
                          .computeIfAbsent(lower, place -> new ArrayList<>(1))
                          .add(new Place(namespace.id(), device.name()))));
      namespace.links().devices().stream()
          .filter(device -> device.kind() instanceof DeviceKind.Vlan)
          .forEach(device -> addTagged(namespace.id(), device));
    }
  }

  private void addTagged(NamespaceId namespace, Device device) {
    if (device.kind() instanceof DeviceKind.Vlan vlan) {
      below(namespace, device)
          .ifPresent(lower ->
              tagged.putIfAbsent(
                  new Tagged(lower, vlan.identifier()), new Place(namespace, device.name())));
    }
  }

  private static boolean isUpper(Device device) {
    return device.kind() instanceof DeviceKind.Macvlan
        || device.kind() instanceof DeviceKind.Ipvlan;
  }

  /** The devices that stand on this one, in the order of the listings. */
  public List<Place> above(NamespaceId namespace, String device) {
    return List.copyOf(above.getOrDefault(new Place(namespace, device), List.of()));
  }

  /**
   * The 802.1Q device that takes frames with this tag which come in by the device below; it does so
   * before a bridge or a bond gets them (vlan_do_receive). Empty for frames without a tag.
   */
  public Optional<Place> taking(NamespaceId namespace, String below, int tag) {
    return tag == VlanFilter.UNTAGGED
        ? Optional.empty()
        : Optional.ofNullable(tagged.get(new Tagged(new Place(namespace, below), tag)));
  }

  /** The device that this one stands on; empty when the state doesn't show it. */
  public Optional<Place> below(NamespaceId namespace, String device) {
    return world.namespace(namespace).links().device(device).flatMap(one -> below(namespace, one));
  }

  private Optional<Place> below(NamespaceId namespace, Device device) {
    if (device.lower().isPresent()) {
      return device.lower().map(name -> new Place(namespace, name));
    }
    if (device.peerIndex().isEmpty()) {
      return Optional.empty();
    }
    return world.snapshot().namespaces().values().stream()
        .filter(other -> mayHold(namespace, device, other.id()))
        .flatMap(other ->
            other.links().devices().stream()
                .filter(lower -> lower.index().equals(device.peerIndex()))
                .map(lower -> new Place(other.id(), lower.name())))
        .findFirst();
  }

  private static boolean mayHold(NamespaceId upper, Device device, NamespaceId lower) {
    Optional<String> name =
        device
            .peerNamespace()
            .filter(PeerNamespace.Named.class::isInstance)
            .map(peer -> ((PeerNamespace.Named) peer).name());
    boolean sameNode = upper.node().equals(lower.node()) && !upper.equals(lower);
    boolean named =
        name.map(known -> lower.name().equals(known) || lower.node().equals(known))
            .orElse(lower.isHost());
    return sameNode && (named || lower.isHost());
  }
}
