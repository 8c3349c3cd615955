package io.packetwalk.read;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Sighting;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.BgpPeer;
import io.packetwalk.model.cluster.BgpSession;
import io.packetwalk.model.cluster.ComputedGroup;
import io.packetwalk.model.cluster.ComputedPolicy;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.model.net.BridgeGroups;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.BridgeVlan;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.GroupMembership;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.MulticastRoute;
import io.packetwalk.model.net.NamespaceNumber;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.model.net.Socket;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.model.net.WireguardTunnel;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.VirtualConnection;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.openflow.DatapathFlow;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.wire.IpFamily;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that one command's output tells. A complete listing replaces what was known of its
 * table before; a partial one is laid over it.
 */
public sealed interface Fact {
  /** Something about the network namespace that the command ran in. */
  sealed interface OfNamespace extends Fact {}

  /** Something about the cluster, wherever the command ran. */
  sealed interface OfCluster extends Fact {}

  /**
   * The devices; details that this output doesn't show are kept from earlier ones.
   *
   * @param everyAttribute whether the output names the master, the lower device and the peer of
   *     every device that has one, as {@code ip link} does: one that isn't named isn't there
   */
  record Devices(Listing<Device> listing, boolean everyAttribute) implements OfNamespace {
    /** Devices of an output that may have left out any attribute. */
    public Devices(Listing<Device> listing) {
      this(listing, false);
    }
  }

  /**
   * The addresses, of one family when the command asked for one.
   *
   * @param ofDevice the only device that was asked for
   */
  record Addresses(
      Optional<IpFamily> family, Optional<String> ofDevice, Listing<InterfaceAddress> listing)
      implements OfNamespace {}

  /** The addresses of some devices: complete for each of them. */
  record AddressesOfDevices(
      Optional<IpFamily> family, Set<String> devices, Listing<InterfaceAddress> listing)
      implements OfNamespace {
    public AddressesOfDevices {
      devices = Collections.unmodifiableSet(new TreeSet<>(devices));
    }
  }

  record Rules(IpFamily family, Listing<RoutingRule> listing) implements OfNamespace {}

  /** One routing table. */
  record Routes(IpFamily family, String table, Listing<Route> listing) implements OfNamespace {}

  /** Every routing table of a family was shown: those that this output didn't have are empty. */
  record AllRoutes(IpFamily family, Source seenAt) implements OfNamespace {}

  /**
   * The neighbours.
   *
   * @param ofDevice the only device that was asked for: complete for it alone
   */
  record Neighbours(IpFamily family, Optional<String> ofDevice, Listing<Neighbour> listing)
      implements OfNamespace {}

  /**
   * The forwarding databases of bridges and VXLAN devices.
   *
   * @param ofDevice the only device that was asked for: complete for it alone
   */
  record Fdb(Optional<String> ofDevice, Listing<FdbEntry> listing) implements OfNamespace {}

  record BridgePorts(Listing<BridgePort> listing) implements OfNamespace {}

  record BridgeVlans(Listing<BridgeVlan> listing) implements OfNamespace {}

  record Settings(List<Sysctl> settings) implements OfNamespace {}

  /** What a command showed of the packet filter. */
  record Filter(FilterDump dump) implements OfNamespace {}

  /** The sets of {@code ipset}. */
  record AddressSets(Listing<ElementSet> listing) implements OfNamespace {}

  /** The tracked connections. */
  record Connections(Listing<Connection> listing) implements OfNamespace {}

  /** The virtual servers of IPVS. */
  record VirtualServers(Listing<VirtualServer> listing) implements OfNamespace {}

  /** What IPVS has sent where. */
  record VirtualConnections(Listing<VirtualConnection> listing) implements OfNamespace {}

  /** The sockets that wait for packets. */
  record Sockets(Listing<Socket> listing) implements OfNamespace {}

  /** WireGuard devices with their peers. */
  record Wireguard(Listing<WireguardTunnel> listing) implements OfNamespace {}

  /** The cache of multicast routing. */
  record MulticastRoutes(IpFamily family, Listing<MulticastRoute> listing) implements OfNamespace {}

  /** The multicast groups that devices are in. */
  record Groups(Listing<GroupMembership> listing) implements OfNamespace {}

  /** The multicast databases of bridges. */
  record BridgeDatabases(Listing<BridgeGroups> listing) implements OfNamespace {}

  record Features(Listing<DeviceFeature> listing) implements OfNamespace {}

  /**
   * Ports of Open vSwitch.
   *
   * @param ofBridge the only bridge that was asked for
   */
  record SwitchPorts(Optional<String> ofBridge, Listing<SwitchPort> listing)
      implements OfNamespace {}

  /** Something about one bridge of Open vSwitch. */
  record OfSwitch(String bridge, SwitchFact fact) implements OfNamespace {}

  /** The connections that Open vSwitch's data path tracks. */
  record DatapathConnections(Listing<Connection> listing) implements OfNamespace {}

  /** The decisions that Open vSwitch's data path has cached. */
  record DatapathFlows(Listing<DatapathFlow> listing) implements OfNamespace {}

  /**
   * Whether Open vSwitch waits until its flows are restored.
   *
   * @param line what shows it
   */
  record FlowRestoreWait(boolean waiting, Source line) implements OfNamespace {}

  record NamespaceNumbers(Listing<NamespaceNumber> listing) implements OfNamespace {}

  /** A packet that tcpdump printed. */
  record Seen(Optional<String> device, String time, String text, Source source)
      implements OfNamespace {

    /** The sighting as the model has it, once the place's name is known. */
    public Sighting at(io.packetwalk.model.NamespaceId place) {
      return new Sighting(place, device, time, text, source);
    }
  }

  /**
   * Kubernetes nodes.
   *
   * <p>The cluster's listings below are complete when the command showed all there are, of every
   * Kubernetes namespace or of {@code namespace}.
   */
  record Nodes(Listing<KubernetesNode> listing) implements OfCluster {}

  /**
   * Pods.
   *
   * @param namespace the only Kubernetes namespace that was asked for
   */
  record Pods(Optional<String> namespace, Listing<Pod> listing) implements OfCluster {}

  record Services(Optional<String> namespace, Listing<Service> listing) implements OfCluster {}

  record EndpointLists(Optional<String> namespace, Listing<Endpoints> listing)
      implements OfCluster {}

  record NetworkPolicies(Optional<String> namespace, Listing<NetworkPolicy> listing)
      implements OfCluster {}

  record IpPools(Listing<IpPool> listing) implements OfCluster {}

  record WorkloadEndpoints(Optional<String> namespace, Listing<WorkloadEndpoint> listing)
      implements OfCluster {}

  record BgpPeers(Listing<BgpPeer> listing) implements OfCluster {}

  /** What Antrea computed of the policies. */
  record ComputedPolicies(List<ComputedPolicy> policies) implements OfCluster {
    public ComputedPolicies {
      policies = List.copyOf(policies);
    }
  }

  /**
   * Groups that Antrea computed.
   *
   * @param addresses whether they are the peers of rules, not the pods that policies concern
   */
  record ComputedGroups(boolean addresses, List<ComputedGroup> groups) implements OfCluster {
    public ComputedGroups {
      groups = List.copyOf(groups);
    }
  }

  /** The BGP sessions of the machine that the command ran on: complete for it. */
  record BgpSessions(String node, Listing<BgpSession> listing) implements OfCluster {}
}
