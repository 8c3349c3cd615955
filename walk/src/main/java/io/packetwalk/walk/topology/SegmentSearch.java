package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.wire.MacAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Follows a flooded frame through cables, bridges and what stands on devices. */
final class SegmentSearch {
  private static final int MOST_PLACES = 4_096;

  private final World world;
  private final Segment.Flood flood;
  private final MacAddress sender;
  private final Tunnels tunnels;
  private final Set<Segment.Endpoint> answering = new LinkedHashSet<>();
  private final Set<Segment.Endpoint> endpoints = new LinkedHashSet<>();
  private final Set<Place> sentFrom = new LinkedHashSet<>();
  private boolean closed = true;

  private record Place(NamespaceId namespace, String device, int tag) {}

  SegmentSearch(World world, Segment.Flood flood, MacAddress sender, Tunnels tunnels) {
    this.world = world;
    this.flood = flood;
    this.sender = sender;
    this.tunnels = tunnels;
  }

  World world() {
    return world;
  }

  Segment.Flood flood() {
    return flood;
  }

  MacAddress sender() {
    return sender;
  }

  /** A stack that the frame enters. */
  void found(Segment.Endpoint endpoint) {
    endpoints.add(endpoint);
  }

  /** There is more than the state shows. */
  void leavesTheState() {
    closed = false;
  }

  Segment segment() {
    return new Segment(List.copyOf(endpoints), List.copyOf(answering), closed);
  }

  void out(NamespaceId namespace, String device, int tag, SegmentWay way) {
    if (!sentFrom.add(new Place(namespace, device, tag)) || sentFrom.size() > MOST_PLACES) {
      closed &= sentFrom.size() <= MOST_PLACES;
      return;
    }
    NetworkNamespace here = world.namespace(namespace);
    DeviceKind kind = kind(namespace, device);
    if (isClosed(namespace, device) || kind instanceof DeviceKind.Dummy) {
      return;
    }
    if (Bridges.isBridge(here, device)) {
      overBridge(here, device, Optional.empty(), tag, way);
    } else if (kind instanceof DeviceKind.Bond bond && hasMembers(here, device)) {
      Bonds.sending(here, device, bond).forEach(member -> out(namespace, member.name(), tag, way));
    } else if (kind instanceof DeviceKind.Vlan vlan) {
      outTagged(namespace, device, vlan, tag, way);
    } else if (kind instanceof DeviceKind.Macvlan || kind instanceof DeviceKind.Ipvlan) {
      outByLower(namespace, device, tag, way);
    } else if (Tunnels.carryEthernet(kind)) {
      outByTunnel(namespace, device, kind, tag, way);
    } else {
      outByCable(namespace, device, tag, way);
    }
  }

  private static boolean hasMembers(NetworkNamespace here, String bond) {
    return !here.links().membersOf(bond).isEmpty();
  }

  private void outByCable(NamespaceId namespace, String device, int tag, SegmentWay way) {
    switch (world.cabling().from(namespace, device)) {
      case Cable.To to -> in(to.namespace(), to.device(), tag, way);
      case Cable.Outside outside -> leavesTheState();
      case Cable.Unknown unknown -> leavesTheState();
    }
  }

  /** A device that answers itself keeps questions for neighbours (arp_reduce, neigh_reduce). */
  private void outByTunnel(
      NamespaceId namespace, String device, DeviceKind kind, int tag, SegmentWay way) {
    boolean question = flood != Segment.Flood.UNKNOWN_UNICAST;
    if (question && kind instanceof DeviceKind.Vxlan vxlan && vxlan.answering()) {
      answering.add(way.endpoint(namespace, device));
      return;
    }
    Tunnels.Exits there = tunnels.through(namespace, device, flood);
    closed &= there.known();
    for (Tunnels.Exit exit : there.exits()) {
      in(exit.namespace(), exit.device(), tag, way.passing(exit));
    }
  }

  /** Frames with several tags aren't followed. */
  private void outTagged(
      NamespaceId namespace, String device, DeviceKind.Vlan vlan, int tag, SegmentWay way) {
    Optional<Uppers.Place> lower = world.uppers().below(namespace, device);
    if (tag == VlanFilter.UNTAGGED && lower.isPresent()) {
      out(lower.get().namespace(), lower.get().device(), vlan.identifier(), way);
    } else {
      leavesTheState();
    }
  }

  /** To the siblings that bridge with it, and out of the device below, not to its own stack. */
  private void outByLower(NamespaceId namespace, String device, int tag, SegmentWay way) {
    Optional<Uppers.Place> lower = world.uppers().below(namespace, device);
    if (lower.isEmpty()) {
      leavesTheState();
      return;
    }
    toSiblings(lower.get(), new Uppers.Place(namespace, device), tag, way);
    out(lower.get().namespace(), lower.get().device(), tag, way);
  }

  private void toSiblings(Uppers.Place lower, Uppers.Place own, int tag, SegmentWay way) {
    if (!isBridging(own)) {
      return;
    }
    for (Uppers.Place other : world.uppers().above(lower.namespace(), lower.device())) {
      if (isBridging(other) && !other.equals(own)) {
        in(other.namespace(), other.device(), tag, way);
      }
    }
  }

  private boolean isBridging(Uppers.Place place) {
    DeviceKind kind = kind(place.namespace(), place.device());
    return kind instanceof DeviceKind.Ipvlan
        || (kind instanceof DeviceKind.Macvlan macvlan && macvlan.mode().equals("bridge"));
  }

  private DeviceKind kind(NamespaceId namespace, String device) {
    return world
        .namespace(namespace)
        .links()
        .device(device)
        .map(Device::kind)
        .orElseGet(DeviceKind.Ethernet::new);
  }

  private boolean isClosed(NamespaceId namespace, String device) {
    return world.namespace(namespace).links().device(device).filter(Segment::isClosed).isPresent();
  }

  void in(NamespaceId namespace, String device, int tag, SegmentWay way) {
    if (isClosed(namespace, device)) {
      return;
    }
    Optional<Uppers.Place> tagged = world.uppers().taking(namespace, device, tag);
    if (tagged.isPresent()) {
      in(tagged.get().namespace(), tagged.get().device(), VlanFilter.UNTAGGED, way);
      return;
    }
    Optional<String> bridge = Bridges.bridgeOf(world.namespace(namespace), device);
    if (bridge.isPresent()) {
      inByPort(namespace, bridge.get(), device, tag, way);
      return;
    }
    Optional<Device> bond = Bonds.bondOf(world.namespace(namespace), device);
    if (bond.isPresent()) {
      inByMember(namespace, bond.get(), device, tag, way);
      return;
    }
    up(namespace, device, tag, way);
  }

  /** Into the device's own stack, and to what stands on the device. */
  private void up(NamespaceId namespace, String device, int tag, SegmentWay way) {
    Optional<String> master =
        world.namespace(namespace).links().device(device).flatMap(Device::master);
    if (master.filter(SwitchPortKind.DATA_PATH::equals).isPresent()) {
      leavesTheState();
      return;
    }
    // A switch that carries packets itself takes them from the device, whose own stack gets them,
    // too.
    boolean switched = world.namespace(namespace).openVswitch().withPort(device).isPresent();
    boolean foreignMaster =
        master.filter(name -> !Bridges.isVrf(world.namespace(namespace), name)).isPresent();
    closed &= !foreignMaster && !switched;
    if (tag == VlanFilter.UNTAGGED) {
      found(way.endpoint(namespace, device));
    }
    for (Uppers.Place upper : world.uppers().above(namespace, device)) {
      in(upper.namespace(), upper.device(), tag, way);
    }
  }

  private void inByMember(
      NamespaceId namespace, Device bond, String member, int tag, SegmentWay way) {
    boolean backup = bond.kind() instanceof DeviceKind.Bond kind && Bonds.isBackup(kind, member);
    if (!backup) {
      in(namespace, bond.name(), tag, way);
    }
  }

  private void inByPort(
      NamespaceId namespace, String bridge, String port, int tag, SegmentWay way) {
    NetworkNamespace here = world.namespace(namespace);
    if (!isClosed(namespace, bridge) && Bridges.forwards(here, port)) {
      overBridge(here, bridge, Optional.of(port), tag, way);
    }
  }

  private void overBridge(
      NetworkNamespace here, String bridge, Optional<String> from, int tag, SegmentWay way) {
    VlanFilter filter = new VlanFilter(here, bridge);
    switch (filter.in(from.orElse(bridge), tag)) {
      case VlanFilter.Unfiltered all ->
          new SegmentBridge(this, here, bridge, from, tag, OptionalInt.empty()).spread(way);
      case VlanFilter.Within within ->
          new SegmentBridge(this, here, bridge, from, tag, OptionalInt.of(within.vlan()))
              .spread(way);
      case VlanFilter.Refused refused -> {}
      case VlanFilter.NotShown unknown -> leavesTheState();
    }
  }
}
