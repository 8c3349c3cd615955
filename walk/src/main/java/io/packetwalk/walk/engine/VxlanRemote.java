package io.packetwalk.walk.engine;

import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One of the ends to which a VXLAN device sends a frame: a machine's address or a group's (the
 * kernel's vxlan_rdst).
 *
 * @param settings the device's, but for what the entry of its forwarding database says otherwise
 * @param by what says so
 */
record VxlanRemote(IpAddress address, DeviceKind.Vxlan settings, Said by) {
  /** What says where the end is. */
  sealed interface Said {}

  record ByEntry(FdbEntry entry) implements Said {}

  /** The remote address or group in the device's own settings. */
  record ByDefault() implements Said {}

  /** A frame that came from there. */
  record ByFrame() implements Said {}

  /**
   * By where the address was heard, else by its own entries, else by the all-zeros entries for
   * unknown addresses and for many, else by the device's settings: a copy to each.
   */
  static List<VxlanRemote> of(
      Stack stack,
      String device,
      DeviceKind.Vxlan vxlan,
      MacAddress destination,
      NeighbourMemory memory) {
    if (destination.equals(MacAddress.ZERO)) {
      return flooded(stack, device, vxlan);
    }
    List<VxlanRemote> listed = listed(stack, device, vxlan, destination);
    List<VxlanRemote> own =
        memory
            .remoteOf(stack, device, destination)
            .filter(heard -> listed.stream().noneMatch(one -> one.address().equals(heard)))
            .map(heard -> List.of(answering(vxlan, heard)))
            .orElse(listed);
    return own.isEmpty() ? flooded(stack, device, vxlan) : own;
  }

  /** The end from which a frame came, as it is learned: bound to no device (vxlan_snoop). */
  static VxlanRemote answering(DeviceKind.Vxlan vxlan, IpAddress address) {
    return new VxlanRemote(
        address, with(vxlan, vxlan.vni(), vxlan.port(), Optional.empty()), new ByFrame());
  }

  /** Where frames for unknown addresses and for many are sent. */
  static List<VxlanRemote> flooded(Stack stack, String device, DeviceKind.Vxlan vxlan) {
    List<VxlanRemote> remotes = new ArrayList<>(listed(stack, device, vxlan, MacAddress.ZERO));
    boolean shown = stack.namespace().links().fdbShown(device).isPresent();
    vxlan
        .remote()
        .filter(address -> remotes.isEmpty() && !shown && !address.isUnspecified())
        .ifPresent(address -> remotes.add(new VxlanRemote(address, vxlan, new ByDefault())));
    return remotes;
  }

  /**
   * A fixed entry that puts the sender of a frame elsewhere, for which a device that learns drops
   * the frame; an entry bound to a device is another one, too (vxlan_snoop).
   */
  static Optional<FdbEntry> contradicting(
      Stack stack, String device, DeviceKind.Vxlan vxlan, MacAddress sender, IpAddress remote) {
    return ofNextHops(stack, device, sender)
        .filter(entry -> vxlan.learning())
        .or(() ->
            entries(stack, device, sender)
                .filter(entry -> vxlan.learning() && VxlanIngress.isFixed(entry))
                .findFirst()
                .filter(entry ->
                    entry.via().isPresent() || !entry.remote().equals(Optional.of(remote))));
  }

  /** The entry by which next hop objects say where frames for an address go. */
  static Optional<FdbEntry> byNextHops(Stack stack, String device, MacAddress destination) {
    boolean own =
        entries(stack, device, destination).findAny().isPresent()
            && !destination.equals(MacAddress.ZERO);
    return ofNextHops(stack, device, destination)
        .or(() -> own ? Optional.empty() : ofNextHops(stack, device, MacAddress.ZERO));
  }

  private static Optional<FdbEntry> ofNextHops(Stack stack, String device, MacAddress mac) {
    return stack.namespace().links().fdb().stream()
        .filter(entry -> entry.device().equals(device) && entry.mac().equals(mac))
        .filter(entry -> entry.nextHop().isPresent())
        .findFirst();
  }

  private static Stream<FdbEntry> entries(Stack stack, String device, MacAddress mac) {
    return stack.namespace().links().fdb().stream()
        .filter(entry -> entry.device().equals(device) && entry.mac().equals(mac))
        .filter(entry -> entry.remote().filter(end -> !end.isUnspecified()).isPresent());
  }

  /**
   * An entry has a port, a VNI and a device of its own; by default any device (vxlan_fdb_parse).
   */
  private static List<VxlanRemote> listed(
      Stack stack, String device, DeviceKind.Vxlan vxlan, MacAddress mac) {
    return entries(stack, device, mac)
        .map(entry ->
            new VxlanRemote(
                entry.remote().orElseThrow(),
                with(
                    vxlan,
                    orElse(entry.vni(), vxlan.vni()),
                    orElse(entry.port(), vxlan.port()),
                    entry.via()),
                new ByEntry(entry)))
        .toList();
  }

  private static DeviceKind.Vxlan with(
      DeviceKind.Vxlan vxlan, OptionalInt vni, OptionalInt port, Optional<String> underlay) {
    return new DeviceKind.Vxlan(
        vni,
        vxlan.local(),
        vxlan.remote(),
        underlay,
        port,
        vxlan.learning(),
        vxlan.external(),
        vxlan.answering(),
        vxlan.localBypass(),
        vxlan.ttl(),
        vxlan.checksums(),
        vxlan.dontFragment());
  }

  private static OptionalInt orElse(OptionalInt own, OptionalInt otherwise) {
    return own.isPresent() ? own : otherwise;
  }
}
