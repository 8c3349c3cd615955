package io.packetwalk.walk.topology;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.GreFields;
import io.packetwalk.model.net.LinkState;
import io.packetwalk.model.net.MulticastSnooping;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.wire.IpFamily;
import java.util.Optional;
import java.util.OptionalInt;

/** What kind a device is, where the listing doesn't say it. */
public final class KnownKinds {
  private KnownKinds() {}

  /** Empty when the device wasn't listed and its name isn't one that the kernel itself gives. */
  public static Optional<DeviceKind> of(NetworkNamespace namespace, String name) {
    Optional<Device> listed = namespace.links().device(name);
    if (listed.isEmpty()) {
      return Bridges.isBridge(namespace, name) ? Optional.of(bridge()) : byKernelName(name);
    }
    Device device = listed.get();
    if (device.kind() instanceof DeviceKind.Tun && isInternalPort(namespace, device)) {
      return Optional.of(new DeviceKind.OpenVswitch()); // of a data path outside of the kernel
    }
    if (device.kindShown() || !(device.kind() instanceof DeviceKind.Ethernet)) {
      return Optional.of(device.kind());
    }
    if (Bridges.isBridge(namespace, name)) {
      return Optional.of(bridge());
    }
    return Optional.of(
        isVirtualSwitchPort(namespace, device) ? new DeviceKind.OpenVswitch() : device.kind());
  }

  private static DeviceKind bridge() {
    return new DeviceKind.Bridge(false, false, false, MulticastSnooping.NOT_SHOWN);
  }

  /** The fallback devices that the tunnel modules register under fixed names. */
  private static Optional<DeviceKind> byKernelName(String name) {
    return switch (name) {
      case "lo" -> Optional.of(new DeviceKind.Loopback());
      case "tunl0" -> Optional.of(fallback(TunnelMode.IPIP, Optional.empty()));
      case "sit0" -> Optional.of(fallback(TunnelMode.SIT, Optional.of(IpFamily.IPV6)));
      case "gre0" -> Optional.of(fallback(TunnelMode.GRE, Optional.empty()));
      case "ip6tnl0" -> Optional.of(fallback(TunnelMode.IP6TNL, Optional.of(IpFamily.IPV6)));
      default -> Optional.empty();
    };
  }

  private static DeviceKind fallback(TunnelMode mode, Optional<IpFamily> carries) {
    return new DeviceKind.IpTunnel(
        mode,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        GreFields.NONE,
        carries,
        OptionalInt.empty());
  }

  /**
   * Open vSwitch's internal ports report no operational state, and {@code ovs-system} stands beside
   * them.
   */
  private static boolean isVirtualSwitchPort(NetworkNamespace namespace, Device device) {
    return isInternalPort(namespace, device) || looksVirtual(namespace, device);
  }

  private static boolean isInternalPort(NetworkNamespace namespace, Device device) {
    return namespace
        .openVswitch()
        .withPort(device.name())
        .flatMap(bridge -> bridge.port(device.name()))
        .filter(port -> SwitchPortKind.of(namespace, port) instanceof SwitchPortKind.Internal)
        .isPresent();
  }

  private static boolean looksVirtual(NetworkNamespace namespace, Device device) {
    return namespace.links().device(SwitchPortKind.DATA_PATH).isPresent()
        && device.state() == LinkState.UNKNOWN
        && !device.isWithPeer()
        && device.master().isEmpty();
  }
}
