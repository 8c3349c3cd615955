package io.packetwalk.model.net;

import io.packetwalk.model.Appearance;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.SwitchPort;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The devices of a namespace and what belongs to them.
 *
 * @param appearances by name, the devices that came up while somebody was looking
 * @param fdbOfDevices by name, where a device's own forwarding database was listed wholly
 */
public record Links(
    Listing<Device> devices,
    Listing<InterfaceAddress> addresses,
    Listing<BridgePort> bridgePorts,
    Listing<BridgeVlan> bridgeVlans,
    Listing<FdbEntry> fdb,
    Listing<DeviceFeature> features,
    Listing<NamespaceNumber> namespaceNumbers,
    Listing<SwitchPort> switchPorts,
    Listing<WireguardTunnel> wireguard,
    Listing<GroupMembership> groups,
    Listing<BridgeGroups> bridgeGroups,
    Map<String, Appearance> appearances,
    Map<String, Source> fdbOfDevices) {
  public Links {
    fdbOfDevices = Collections.unmodifiableMap(new TreeMap<>(fdbOfDevices));
    appearances = Collections.unmodifiableMap(new TreeMap<>(appearances));
  }

  public static Links unknown() {
    return new Links(
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Map.of(),
        Map.of());
  }

  /** The command line that showed all entries of a device's forwarding database. */
  public Optional<Source> fdbShown(String device) {
    return Optional.ofNullable(fdbOfDevices.get(device))
        .or(() -> fdb.isComplete() ? fdb.lastSeen() : Optional.empty());
  }

  /** What is known of the multicast database of a bridge; empty where nobody listed it. */
  public Optional<BridgeGroups> groupsOf(String bridge) {
    return bridgeGroups
        .first(one -> one.bridge().equals(bridge))
        .or(() -> bridgeGroups.first(one -> one.bridge().equals(BridgeGroups.OTHERS)));
  }

  public Optional<Device> device(String name) {
    return devices.first(device -> device.name().equals(name));
  }

  public Stream<InterfaceAddress> addressesOf(String device) {
    return addresses.stream().filter(address -> address.device().equals(device));
  }

  /** The devices that this bridge, bond or VRF has as members. */
  public List<Device> membersOf(String master) {
    return devices.stream()
        .filter(device -> device.master().filter(master::equals).isPresent())
        .toList();
  }
}
