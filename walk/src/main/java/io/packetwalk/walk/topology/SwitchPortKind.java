package io.packetwalk.walk.topology;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is on the other side of a switch's port. */
public sealed interface SwitchPortKind {
  /** The name that Open vSwitch gives the data path as the master of its ports. */
  String DATA_PATH = "ovs-system";

  /** A device of the system: a cable to a pod, a network card. */
  record OfSystem() implements SwitchPortKind {}

  /** A device that only the switch and its own namespace's stack share. */
  record Internal() implements SwitchPortKind {}

  /**
   * A tunnel.
   *
   * @param assumption set when the kind is concluded rather than shown
   */
  record Tunnel(SwitchTunnelType type, Optional<Assumption> assumption) implements SwitchPortKind {}

  /** A kind that the walk has no model of. */
  record Other(String name) implements SwitchPortKind {}

  /** The kind of a port that the state shows. */
  static SwitchPortKind of(NetworkNamespace namespace, SwitchPort port) {
    String type = port.type().orElse("");
    Optional<SwitchTunnelType> tunnel = SwitchTunnelType.named(type);
    if (tunnel.isPresent()) {
      return new Tunnel(tunnel.get(), Optional.empty());
    }
    if (type.equals("internal") || isLocal(port)) {
      return new Internal();
    }
    boolean shown = !type.isEmpty() && !type.equals("system");
    return shown ? new Other(type) : byDevice(namespace, port);
  }

  private static boolean isLocal(SwitchPort port) {
    return port.device().equals(port.bridge())
        || (port.number().isPresent() && port.number().getAsInt() == SwitchPort.LOCAL);
  }

  /**
   * A port without a type is a device of the system, or its type wasn't shown: then the device
   * tells, which the data path is the master of unless it is an internal one.
   */
  private static SwitchPortKind byDevice(NetworkNamespace namespace, SwitchPort port) {
    Optional<Device> device = namespace.links().device(port.device());
    if (device.isPresent()) {
      boolean internal =
          device.get().master().isEmpty()
              && !device.get().isWithPeer()
              && namespace.links().device(DATA_PATH).isPresent();
      return internal ? new Internal() : new OfSystem();
    }
    boolean everyDeviceShown = namespace.links().devices().isComplete();
    return everyDeviceShown ? concludedTunnel(namespace, port) : new OfSystem();
  }

  /** The only kind of tunnel device that the data path has made. */
  private static SwitchPortKind concludedTunnel(NetworkNamespace namespace, SwitchPort port) {
    List<SwitchTunnelType> types =
        Stream.of(SwitchTunnelType.values())
            .filter(type -> type.device(namespace, port).isPresent())
            .sorted()
            .toList();
    if (types.size() != 1) {
      return new Other("a port without a device");
    }
    List<Source> grounds =
        types.getFirst().device(namespace, port).map(Device::source).stream().toList();
    return new Tunnel(
        types.getFirst(),
        Optional.of(
            new Assumption(
                port.device()
                    + " of "
                    + namespace.id()
                    + " is the tunnel port of "
                    + port.bridge()
                    + ", and flows choose its remote and key",
                Commands.in(namespace.id(), "ovs-vsctl show"),
                grounds)));
  }
}
