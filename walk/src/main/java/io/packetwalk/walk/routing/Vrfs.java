package io.packetwalk.walk.routing;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * The virtual routing domains of a stack: which of its devices belong together, with which routing
 * table (the kernel's l3mdev_master_dev_rcu and l3mdev_fib_table).
 */
public final class Vrfs {
  private Vrfs() {}

  /** The VRF that a device is in: its master, or the device itself; empty outside of VRFs. */
  public static Optional<Device> of(Stack stack, String deviceName) {
    if (!stack.isWithVrfs()) {
      return Optional.empty();
    }
    Optional<Device> device = stack.device(deviceName);
    return device
        .flatMap(Device::master)
        .flatMap(stack::device)
        .filter(Vrfs::isVrf)
        .or(() -> device.filter(Vrfs::isVrf));
  }

  /** The VRF whose member this device is; empty also for the VRF's own device. */
  public static Optional<Device> ofMember(Stack stack, String deviceName) {
    return of(stack, deviceName).filter(vrf -> !vrf.name().equals(deviceName));
  }

  /** Whether this is a VRF's own device. */
  public static boolean isVrf(Stack stack, String deviceName) {
    return stack.isWithVrfs() && stack.device(deviceName).filter(Vrfs::isVrf).isPresent();
  }

  /** Whether both are in one routing domain, that outside of all VRFs counting as one. */
  public static boolean areTogether(Stack stack, String one, String other) {
    return of(stack, one).equals(of(stack, other));
  }

  /**
   * The address as one of the stack's own in the domain of a device: different domains may have the
   * same addresses.
   */
  public static Optional<LocalAddress> own(Stack stack, IpAddress address, String device) {
    Optional<LocalAddress> first = stack.own(address);
    if (first.isEmpty() || isIn(stack, first.get(), device)) {
      return first;
    }
    return stack.namespace().links().addresses().stream()
        .filter(entry -> entry.address().equals(address))
        .map(LocalAddresses::listed)
        .filter(entry -> isIn(stack, entry, device))
        .findFirst();
  }

  /**
   * Whether an address is local to a device's domain: one outside of VRFs is to all, as the table
   * {@code local} is asked first. One whose device isn't shown may be.
   */
  public static boolean isIn(Stack stack, LocalAddress address, String device) {
    return address
        .device()
        .flatMap(holder -> of(stack, holder))
        .map(vrf -> of(stack, device).filter(vrf::equals).isPresent())
        .orElse(true);
  }

  /** The number of the VRF's table; empty where nobody showed it. */
  static Optional<String> table(Device vrf) {
    return vrf.kind() instanceof DeviceKind.Vrf kind
        ? Optional.of(kind.table()).filter(table -> !table.isEmpty())
        : Optional.empty();
  }

  /** Whether it is a VRF: without {@code -d}, a master without ARP, which bonds and teams have. */
  public static boolean isVrf(Device device) {
    boolean looksSo =
        !device.kindShown()
            && device.flags().contains("MASTER")
            && device.flags().contains("NOARP");
    return device.kind() instanceof DeviceKind.Vrf || looksSo;
  }
}
