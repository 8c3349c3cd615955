package io.packetwalk.read.assemble;

import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.BridgeGroups;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.BridgeVlan;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.GroupMembership;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Links;
import io.packetwalk.model.net.NamespaceNumber;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.model.net.WireguardTunnel;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One namespace as it becomes known, fact by fact. */
final class NamespaceFold {
  private final DeviceFold devices = new DeviceFold();
  private final RoutingFold routing = new RoutingFold();
  private final Map<String, Sysctl> settings = new TreeMap<>();
  private Listing<BridgePort> bridgePorts = Listing.unknown();
  private Listing<BridgeVlan> bridgeVlans = Listing.unknown();
  private final FdbFold fdb = new FdbFold();
  private Listing<DeviceFeature> features = Listing.unknown();
  private Listing<NamespaceNumber> numbers = Listing.unknown();
  private Listing<SwitchPort> switchPorts = Listing.unknown();
  private Listing<WireguardTunnel> wireguard = Listing.unknown();
  private Listing<GroupMembership> groups = Listing.unknown();
  private Listing<BridgeGroups> bridgeGroups = Listing.unknown();
  private final FilterFold filter = new FilterFold();
  private final SwitchesFold switches = new SwitchesFold();

  void fold(Fact.OfNamespace fact) {
    switch (fact) {
      case Fact.Devices shown -> devices.devices(shown);
      case Fact.Addresses shown -> devices.addresses(shown);
      case Fact.AddressesOfDevices shown -> devices.addresses(shown);
      case Fact.Rules shown -> routing.rules(shown);
      case Fact.Routes shown -> routing.routes(shown);
      case Fact.AllRoutes shown -> routing.allRoutes(shown);
      case Fact.Neighbours shown -> routing.neighbours(shown);
      case Fact.MulticastRoutes shown -> routing.multicast(shown);
      case Fact.Fdb shown -> fdb.fold(shown);
      case Fact.BridgePorts shown -> bridgePorts = ports(bridgePorts, shown.listing());
      case Fact.BridgeVlans shown -> bridgeVlans = plain(bridgeVlans, shown.listing(), VlanKey::of);
      case Fact.Settings shown ->
          shown.settings().forEach(setting -> settings.put(setting.key(), setting));
      case Fact.Features shown -> features = plain(features, shown.listing(), FeatureKey::of);
      case Fact.Wireguard shown ->
          wireguard = plain(wireguard, shown.listing(), WireguardTunnel::device);
      case Fact.Groups shown -> groups = plain(groups, shown.listing(), GroupKey::of);
      case Fact.BridgeDatabases shown ->
          bridgeGroups = plain(bridgeGroups, shown.listing(), BridgeGroups::bridge);
      case Fact.NamespaceNumbers shown ->
          numbers = plain(numbers, shown.listing(), NamespaceNumber::name);
      case Fact.SwitchPorts shown -> {
        switchPorts = SwitchPortFold.over(switchPorts, shown);
        switches.ports(shown);
      }
      case Fact.OfSwitch shown -> switches.fold(shown);
      case Fact.DatapathConnections shown -> switches.connections(shown);
      case Fact.DatapathFlows shown -> switches.datapathFlows(shown);
      case Fact.FlowRestoreWait shown -> switches.restoring(shown);
      case Fact.Filter shown -> filter.rules(shown);
      case Fact.AddressSets shown -> filter.sets(shown);
      case Fact.Connections shown -> filter.connections(shown);
      case Fact.VirtualServers shown -> filter.virtualServers(shown);
      case Fact.VirtualConnections shown -> filter.virtualConnections(shown);
      case Fact.Sockets shown -> filter.sockets(shown);
      case Fact.Seen ignored -> {
        // A sighting belongs to the snapshot, not to the namespace.
      }
    }
  }

  /** Each command shows some settings of ports that others leave out. */
  private static Listing<BridgePort> ports(Listing<BridgePort> earlier, Listing<BridgePort> later) {
    return ListingFold.covering(
        ListingFold.over(
            earlier, later, BridgePort::device, port -> true, (old, shown) -> shown.over(old)),
        earlier.isComplete() || later.isComplete());
  }

  private record VlanKey(String device, int first, int last) {
    static Object of(BridgeVlan vlan) {
      return new VlanKey(vlan.device(), vlan.first(), vlan.last());
    }
  }

  private record GroupKey(String device, IpAddress group) {
    static Object of(GroupMembership membership) {
      return new GroupKey(membership.device(), membership.group());
    }
  }

  private record FeatureKey(String device, DeviceFeature.Topic topic, String name) {
    static Object of(DeviceFeature feature) {
      return new FeatureKey(feature.device(), feature.topic(), feature.name());
    }
  }

  private static <T> Listing<T> plain(
      Listing<T> earlier, Listing<T> later, java.util.function.Function<T, Object> key) {
    return ListingFold.covering(
        ListingFold.over(earlier, later, key), earlier.isComplete() || later.isComplete());
  }

  List<IpAddress> ownAddresses() {
    Stream<IpAddress> listed = devices.addresses().stream().map(InterfaceAddress::address);
    return Stream.concat(listed, routing.ownAddresses())
        .filter(address -> !address.isLoopback())
        .distinct()
        .toList();
  }

  /** Whether Open vSwitch was asked here. */
  boolean hasSwitches() {
    return switches.isAny() || !switchPorts.isUnknown();
  }

  OpenVswitch openVswitch() {
    return switches.openVswitch(switchPorts);
  }

  List<Device> ownDevices() {
    return devices.devices().entries();
  }

  NetworkNamespace namespace(NamespaceId id) {
    return new NetworkNamespace(
        id,
        new Links(
            devices.devices(),
            devices.addresses(),
            bridgePorts,
            bridgeVlans,
            fdb.listing(),
            features,
            numbers,
            switchPorts,
            wireguard,
            groups,
            bridgeGroups,
            devices.appearances(),
            fdb.ofDevices()),
        routing.routing(),
        settings,
        filter.netfilter(),
        filter.sockets(),
        openVswitch());
  }
}
