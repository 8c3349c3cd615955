package io.packetwalk.walk.routing;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import java.util.Optional;

/** The routing table of the VRF that a device is in (the kernel's l3mdev_fib_table). */
final class VrfTable {
  private VrfTable() {}

  static Optional<String> of(Stack stack, String deviceName) {
    Optional<Device> device = stack.device(deviceName);
    Optional<Device> vrf =
        device
            .flatMap(Device::master)
            .flatMap(stack::device)
            .filter(VrfTable::isVrf)
            .or(() -> device.filter(VrfTable::isVrf));
    return vrf.map(Device::kind)
        .filter(DeviceKind.Vrf.class::isInstance)
        .map(kind -> ((DeviceKind.Vrf) kind).table());
  }

  private static boolean isVrf(Device device) {
    return device.kind() instanceof DeviceKind.Vrf;
  }
}
