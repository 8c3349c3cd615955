package io.packetwalk.walk.topology;

import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.BridgeVlan;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.MacAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Which devices are Linux bridges, and which are their ports, by whatever output shows it. */
public final class Bridges {
  private Bridges() {}

  /** Whether this is a bridge: it was printed as one, or something is its port. */
  public static boolean isBridge(NetworkNamespace namespace, String name) {
    Optional<Device> device = namespace.links().device(name);
    if (device.filter(known -> known.kind() instanceof DeviceKind.Bridge).isPresent()) {
      return true;
    }
    boolean listedAsBridge =
        namespace.links().bridgePorts().stream().anyMatch(port -> port.bridge().equals(name));
    boolean otherKind = device.filter(known -> known.kindShown() || !isPlain(known)).isPresent();
    return listedAsBridge
        || (!otherKind && device.isPresent() && hasBridgedMembers(namespace, name));
  }

  /**
   * Without {@code -d}, a device that others name as their master, and that isn't a bond, a team or
   * a VRF, which have the flag MASTER.
   */
  private static boolean hasBridgedMembers(NetworkNamespace namespace, String name) {
    return !name.equals("ovs-system")
        && !name.startsWith("bond")
        && namespace.links().device(name).filter(one -> one.flags().contains("MASTER")).isEmpty()
        && namespace.links().membersOf(name).stream().anyMatch(Device::isWithPeer);
  }

  private static boolean isPlain(Device device) {
    return device.kind() instanceof DeviceKind.Ethernet;
  }

  static boolean isVrf(NetworkNamespace namespace, String name) {
    return namespace.links().device(name).filter(Vrfs::isVrf).isPresent();
  }

  /** The bridge that this device is a port of. */
  public static Optional<String> bridgeOf(NetworkNamespace namespace, String device) {
    return namespace
        .links()
        .device(device)
        .flatMap(Device::master)
        .filter(master -> isBridge(namespace, master))
        .or(() -> port(namespace, device).map(BridgePort::bridge));
  }

  /** What is known of this device as a port. */
  public static Optional<BridgePort> port(NetworkNamespace namespace, String device) {
    return namespace.links().bridgePorts().first(port -> port.device().equals(device));
  }

  /** The bridge's ports, in the order of the device listing. */
  public static List<String> portsOf(NetworkNamespace namespace, String bridge) {
    Set<String> ports = new LinkedHashSet<>();
    namespace.links().membersOf(bridge).stream().map(Device::name).forEach(ports::add);
    namespace.links().bridgePorts().stream()
        .filter(port -> port.bridge().equals(bridge))
        .map(BridgePort::device)
        .forEach(ports::add);
    return List.copyOf(ports);
  }

  /** Whether spanning tree lets frames through this port, as far as it was shown. */
  public static boolean forwards(NetworkNamespace namespace, String port) {
    return port(namespace, port).flatMap(BridgePort::state).map("forwarding"::equals).orElse(true);
  }

  /** A setting of a port that is on unless it was switched off. */
  public static boolean setting(NetworkNamespace namespace, String port, String name) {
    return port(namespace, port).flatMap(known -> known.setting(name)).orElse(true);
  }

  /** Whether who is behind a port is answered for others, and gets no flooded frames (br_flood). */
  public static boolean answersArp(NetworkNamespace namespace, String port) {
    return port(namespace, port).flatMap(known -> known.setting("proxy_arp")).orElse(false);
  }

  /** Whether a port gets frames that are flooded as this setting says. */
  public static boolean isFlooded(NetworkNamespace namespace, String port, String setting) {
    return !answersArp(namespace, port) && setting(namespace, port, setting);
  }

  /**
   * What the bridge's database says about the port that an address is behind.
   *
   * @param vlan whose database it is; empty where the bridge has one for all
   */
  public static Optional<FdbEntry> entry(
      NetworkNamespace namespace, String bridge, MacAddress address, OptionalInt vlan) {
    return entries(namespace, bridge, address)
        .filter(entry -> entry.vlan().equals(vlan))
        .findFirst();
  }

  /** What the bridge's databases say about an address, whatever the VLAN. */
  public static Stream<FdbEntry> entries(
      NetworkNamespace namespace, String bridge, MacAddress address) {
    List<String> ports = portsOf(namespace, bridge);
    return namespace.links().fdb().stream()
        .filter(entry -> entry.mac().equals(address) && !address.equals(MacAddress.ZERO))
        .filter(entry -> entry.master().map(bridge::equals).orElse(!entry.self()))
        .filter(entry -> ports.contains(entry.device()) && entry.remote().isEmpty())
        .filter(entry -> !entry.flags().contains("permanent"));
  }

  /** Whether a frame from the address by another port changes the entry (br_fdb_update). */
  public static boolean mayMove(FdbEntry entry) {
    return !entry.flags().contains("sticky");
  }

  /** Whether every port of the namespace's bridges was listed. */
  public static boolean arePortsKnown(NetworkNamespace namespace) {
    return namespace.links().devices().isComplete() || namespace.links().bridgePorts().isComplete();
  }

  /** Whether the bridge keeps VLANs apart. */
  public static boolean isVlanAware(NetworkNamespace namespace, String bridge) {
    return namespace
        .links()
        .device(bridge)
        .filter(device -> device.kind() instanceof DeviceKind.Bridge known && known.vlanFiltering())
        .isPresent();
  }

  /** The VLANs that a port, or the bridge itself, is a member of. */
  public static Stream<BridgeVlan> vlans(NetworkNamespace namespace, String device) {
    return namespace.links().bridgeVlans().stream().filter(vlan -> vlan.device().equals(device));
  }
}
