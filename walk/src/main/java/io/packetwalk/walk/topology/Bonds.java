package io.packetwalk.walk.topology;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NetworkNamespace;
import java.util.List;
import java.util.Optional;

/** The members of bonds, and which of them carry packets (drivers/net/bonding). */
public final class Bonds {
  private static final String ACTIVE_BACKUP = "active-backup";

  private Bonds() {}

  /** The bond that a device is a member of. */
  public static Optional<Device> bondOf(NetworkNamespace namespace, String member) {
    return namespace
        .links()
        .device(member)
        .flatMap(Device::master)
        .flatMap(namespace.links()::device)
        .filter(device -> device.kind() instanceof DeviceKind.Bond);
  }

  /**
   * The members by which a packet may leave: the active one where the listing names it, else every
   * one that has a link, since a hash chooses among them.
   */
  public static List<Device> sending(
      NetworkNamespace namespace, String bond, DeviceKind.Bond kind) {
    return namespace.links().membersOf(bond).stream()
        .filter(member -> !Segment.isClosed(member))
        .filter(member -> !isBackup(kind, member.name()))
        .toList();
  }

  /** Whether what comes in by the member is dropped (bond_should_deliver_exact_match). */
  public static boolean isBackup(DeviceKind.Bond kind, String member) {
    return kind.mode().equals(ACTIVE_BACKUP)
        && kind.active().filter(active -> !active.equals(member)).isPresent();
  }
}
