package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Everything that a flooded frame out of a device reaches: the other end of its cable, and through
 * bridges the ends of their other ports' cables (the kernel's br_flood and should_deliver).
 *
 * @param endpoints where the frame enters an IP stack
 * @param closed whether that is everything there is; false where it leaves what the state shows
 */
public record Segment(List<Endpoint> endpoints, boolean closed) {
  private static final int MOST_ENDPOINTS = 4_096;

  public Segment {
    endpoints = List.copyOf(endpoints);
  }

  /** Why a frame is flooded: which setting of a bridge's port lets it out. */
  public enum Flood {
    /** An ARP request. */
    BROADCAST("bcast_flood"),
    /** A neighbour solicitation. */
    MULTICAST("mcast_flood"),
    /** A frame whose destination no bridge knows. */
    UNKNOWN_UNICAST("flood");

    private final String setting;

    Flood(String setting) {
      this.setting = setting;
    }
  }

  /**
   * A device by which frames enter a stack.
   *
   * @param heardBack whether a frame that it sends back finds the way: no bridge between them looks
   *     for the sender elsewhere
   * @param crossed the bridges on the way, the first one first
   */
  public record Endpoint(
      NamespaceId namespace, String device, boolean heardBack, List<Crossing> crossed) {
    public Endpoint {
      crossed = List.copyOf(crossed);
    }
  }

  /** A bridge that a frame goes through, from one port to another. */
  public record Crossing(NamespaceId namespace, String bridge, String from, String to) {}

  /** How a frame came to where it is. */
  private record Way(boolean heardBack, List<Crossing> crossed) {
    static final Way BEGIN = new Way(true, List.of());

    Way heardBack(boolean still) {
      return new Way(heardBack && still, crossed);
    }

    Way crossing(Crossing bridge) {
      List<Crossing> more = new ArrayList<>(crossed);
      more.add(bridge);
      return new Way(heardBack, List.copyOf(more));
    }

    Endpoint endpoint(NamespaceId namespace, String device) {
      return new Endpoint(namespace, device, heardBack, crossed);
    }
  }

  /** What is reached from this device outwards by a frame without a tag. */
  public static Segment from(World world, NamespaceId namespace, String device, Flood flood) {
    return from(world, namespace, device, VlanFilter.UNTAGGED, flood);
  }

  /**
   * What is reached from this device outwards.
   *
   * @param tag the VLAN's identifier in the frame, {@link VlanFilter#UNTAGGED} without one
   */
  public static Segment from(
      World world, NamespaceId namespace, String device, int tag, Flood flood) {
    MacAddress sender =
        world
            .namespace(namespace)
            .links()
            .device(device)
            .flatMap(Device::mac)
            .orElse(MacAddress.ZERO);
    Explorer explorer = new Explorer(world, flood, sender);
    explorer.out(namespace, device, tag, Way.BEGIN);
    return new Segment(List.copyOf(explorer.endpoints), explorer.closed);
  }

  /** Whether a device can't send or receive. */
  public static boolean isClosed(Device device) {
    return device.isUp().filter(up -> !up).isPresent() || device.flags().contains("NO-CARRIER");
  }

  private record Place(NamespaceId namespace, String device, int tag) {}

  /** Follows a flooded frame. */
  private static final class Explorer {
    private final World world;
    private final Flood flood;
    private final MacAddress sender;
    private final Set<Endpoint> endpoints = new LinkedHashSet<>();
    private final Set<Place> sentFrom = new LinkedHashSet<>();
    private boolean closed = true;

    Explorer(World world, Flood flood, MacAddress sender) {
      this.world = world;
      this.flood = flood;
      this.sender = sender;
    }

    void out(NamespaceId namespace, String device, int tag, Way way) {
      if (!sentFrom.add(new Place(namespace, device, tag)) || sentFrom.size() > MOST_ENDPOINTS) {
        closed &= sentFrom.size() <= MOST_ENDPOINTS;
        return;
      }
      boolean wireless = kind(namespace, device) instanceof DeviceKind.Dummy;
      if (isClosed(namespace, device) || wireless) {
        return;
      }
      if (Bridges.isBridge(world.namespace(namespace), device)) {
        overBridge(namespace, device, Optional.empty(), tag, way);
        return;
      }
      if (kind(namespace, device) instanceof DeviceKind.Bond bond
          && !world.namespace(namespace).links().membersOf(device).isEmpty()) {
        Bonds.sending(world.namespace(namespace), device, bond)
            .forEach(member -> out(namespace, member.name(), tag, way));
        return;
      }
      if (kind(namespace, device) instanceof DeviceKind.Vlan vlan) {
        outTagged(namespace, device, vlan, tag, way);
        return;
      }
      if (isMacvlan(namespace, device) || isIpvlan(namespace, device)) {
        outByLower(namespace, device, tag, way);
        return;
      }
      switch (world.cabling().from(namespace, device)) {
        case Cable.To to -> in(to.namespace(), to.device(), tag, way);
        case Cable.Outside outside -> closed = false;
        case Cable.Unknown unknown -> closed = false;
      }
    }

    /** Frames with several tags aren't followed. */
    private void outTagged(
        NamespaceId namespace, String device, DeviceKind.Vlan vlan, int tag, Way way) {
      Optional<Uppers.Place> lower = world.uppers().below(namespace, device);
      if (tag == VlanFilter.UNTAGGED && lower.isPresent()) {
        out(lower.get().namespace(), lower.get().device(), vlan.identifier(), way);
      } else {
        closed = false;
      }
    }

    /** To the siblings that bridge with it, and out of the device below, not to its own stack. */
    private void outByLower(NamespaceId namespace, String device, int tag, Way way) {
      Optional<Uppers.Place> lower = world.uppers().below(namespace, device);
      if (lower.isEmpty()) {
        closed = false;
        return;
      }
      if (isBridging(namespace, device)) {
        for (Uppers.Place other :
            world.uppers().above(lower.get().namespace(), lower.get().device())) {
          if (isBridging(other.namespace(), other.device())
              && !other.equals(new Uppers.Place(namespace, device))) {
            in(other.namespace(), other.device(), tag, way);
          }
        }
      }
      out(lower.get().namespace(), lower.get().device(), tag, way);
    }

    private boolean isBridging(NamespaceId namespace, String device) {
      return isIpvlan(namespace, device)
          || (kind(namespace, device) instanceof DeviceKind.Macvlan macvlan
              && macvlan.mode().equals("bridge"));
    }

    private boolean isMacvlan(NamespaceId namespace, String device) {
      return kind(namespace, device) instanceof DeviceKind.Macvlan;
    }

    private boolean isIpvlan(NamespaceId namespace, String device) {
      return kind(namespace, device) instanceof DeviceKind.Ipvlan;
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
      return world
          .namespace(namespace)
          .links()
          .device(device)
          .filter(Segment::isClosed)
          .isPresent();
    }

    private void in(NamespaceId namespace, String device, int tag, Way way) {
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
      Optional<String> master =
          world.namespace(namespace).links().device(device).flatMap(Device::master);
      if (master.filter(SwitchPortKind.DATA_PATH::equals).isPresent()) {
        closed = false;
        return;
      }
      boolean foreignMaster =
          master.filter(name -> !Bridges.isVrf(world.namespace(namespace), name)).isPresent();
      closed &= !foreignMaster;
      if (tag == VlanFilter.UNTAGGED) {
        endpoints.add(way.endpoint(namespace, device));
      }
      for (Uppers.Place upper : world.uppers().above(namespace, device)) {
        in(upper.namespace(), upper.device(), tag, way);
      }
    }

    private void inByMember(NamespaceId namespace, Device bond, String member, int tag, Way way) {
      boolean backup = bond.kind() instanceof DeviceKind.Bond kind && Bonds.isBackup(kind, member);
      if (!backup) {
        in(namespace, bond.name(), tag, way);
      }
    }

    private void inByPort(NamespaceId namespace, String bridge, String port, int tag, Way way) {
      NetworkNamespace here = world.namespace(namespace);
      if (!isClosed(namespace, bridge) && Bridges.forwards(here, port)) {
        overBridge(namespace, bridge, Optional.of(port), tag, way);
      }
    }

    /** To the bridge's own stack, if the frame came in by a port, and out of the other ports. */
    private void overBridge(
        NamespaceId namespace, String bridge, Optional<String> from, int tag, Way way) {
      VlanFilter filter = new VlanFilter(world.namespace(namespace), bridge);
      switch (filter.in(from.orElse(bridge), tag)) {
        case VlanFilter.Unfiltered all ->
            spread(namespace, bridge, from, OptionalInt.empty(), tag, way);
        case VlanFilter.Within within ->
            spread(namespace, bridge, from, OptionalInt.of(within.vlan()), tag, way);
        case VlanFilter.Refused refused -> {}
        case VlanFilter.NotShown unknown -> closed = false;
      }
    }

    private void spread(
        NamespaceId namespace,
        String bridge,
        Optional<String> from,
        OptionalInt vlan,
        int tag,
        Way way) {
      NetworkNamespace here = world.namespace(namespace);
      Way back = from.map(port -> way.heardBack(returnsBy(here, bridge, port, vlan))).orElse(way);
      if (from.isPresent()) {
        exitTag(here, bridge, bridge, vlan, tag)
            .ifPresent(own ->
                up(
                    namespace,
                    bridge,
                    own,
                    back.heardBack(comesBack(here, bridge, bridge, own, from, vlan, tag))));
      }
      flood(namespace, bridge, from, vlan, tag, back);
    }

    /** The tag with which a port sends the frame; empty where it doesn't take it. */
    private static OptionalInt exitTag(
        NetworkNamespace here, String bridge, String port, OptionalInt vlan, int tag) {
      if (vlan.isEmpty()) {
        return OptionalInt.of(tag);
      }
      VlanFilter.Exit exit = new VlanFilter(here, bridge).out(port, vlan.getAsInt());
      return exit.member() ? OptionalInt.of(exit.tag()) : OptionalInt.empty();
    }

    /**
     * Whether what answers with the same tag is in the same VLAN, and leaves as the question came:
     * one that comes back with another tag isn't heard.
     */
    private static boolean comesBack(
        NetworkNamespace here,
        String bridge,
        String port,
        int answered,
        Optional<String> from,
        OptionalInt vlan,
        int asked) {
      if (vlan.isEmpty()) {
        return true;
      }
      VlanFilter filter = new VlanFilter(here, bridge);
      VlanFilter.Exit exit = filter.out(from.orElse(bridge), vlan.getAsInt());
      return filter.in(port, answered) instanceof VlanFilter.Within within
          && within.vlan() == vlan.getAsInt()
          && exit.member()
          && exit.tag() == asked;
    }

    /** Into the stack of the bridge's namespace, or what stands on the bridge. */
    private void up(NamespaceId namespace, String bridge, int tag, Way way) {
      Optional<Uppers.Place> tagged = world.uppers().taking(namespace, bridge, tag);
      if (tagged.isPresent()) {
        in(tagged.get().namespace(), tagged.get().device(), VlanFilter.UNTAGGED, way);
      } else if (tag == VlanFilter.UNTAGGED) {
        endpoints.add(way.endpoint(namespace, bridge));
      }
      for (Uppers.Place upper : world.uppers().above(namespace, bridge)) {
        in(upper.namespace(), upper.device(), tag, way);
      }
    }

    /**
     * Whether the bridge sends what is for the sender out of the port that the sender is behind.
     */
    private boolean returnsBy(NetworkNamespace here, String bridge, String port, OptionalInt vlan) {
      Optional<FdbEntry> entry = Bridges.entry(here, bridge, sender, vlan);
      boolean learns = Bridges.setting(here, port, "learning");
      if (entry.isPresent() && !(learns && Bridges.mayMove(entry.get()))) {
        return entry.get().device().equals(port);
      }
      return learns || Bridges.setting(here, port, Flood.UNKNOWN_UNICAST.setting);
    }

    private void flood(
        NamespaceId namespace,
        String bridge,
        Optional<String> from,
        OptionalInt vlan,
        int tag,
        Way way) {
      NetworkNamespace here = world.namespace(namespace);
      closed &= Bridges.arePortsKnown(here);
      for (String port : Bridges.portsOf(here, bridge)) {
        boolean open =
            !from.equals(Optional.of(port))
                && Bridges.forwards(here, port)
                && Bridges.setting(here, port, flood.setting)
                && !(from.isPresent() && areIsolated(here, from.get(), port));
        OptionalInt leaving = exitTag(here, bridge, port, vlan, tag);
        if (open && leaving.isPresent()) {
          boolean back = comesBack(here, bridge, port, leaving.getAsInt(), from, vlan, tag);
          Way crossed =
              from.map(entry -> way.crossing(new Crossing(namespace, bridge, entry, port)))
                  .orElse(way);
          out(namespace, port, leaving.getAsInt(), crossed.heardBack(back));
        }
      }
    }

    private static boolean areIsolated(NetworkNamespace here, String one, String other) {
      return isIsolated(here, one) && isIsolated(here, other);
    }

    private static boolean isIsolated(NetworkNamespace here, String port) {
      return Bridges.port(here, port).flatMap(known -> known.setting("isolated")).orElse(false);
    }
  }
}
