package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that a flooded frame out of a device reaches: the other end of its cable, and through
 * bridges the ends of their other ports' cables (the kernel's br_flood and should_deliver).
 *
 * @param endpoints where the frame enters an IP stack
 * @param answering tunnels' devices that let no question for a neighbour pass, and answer it
 *     themselves ({@code proxy})
 * @param closed whether that is everything there is; false where it leaves what the state shows
 */
public record Segment(List<Endpoint> endpoints, List<Endpoint> answering, boolean closed) {
  public Segment {
    endpoints = List.copyOf(endpoints);
    answering = List.copyOf(answering);
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

    String setting() {
      return setting;
    }
  }

  /**
   * A device by which frames enter a stack.
   *
   * @param heardBack whether a frame that it sends back finds the way: no bridge between them looks
   *     for the sender elsewhere
   * @param crossed the bridges on the way, the first one first
   * @param passed the learning tunnels on the way
   */
  public record Endpoint(
      NamespaceId namespace,
      String device,
      boolean heardBack,
      List<Crossing> crossed,
      List<Tunnels.Passage> passed) {
    public Endpoint {
      crossed = List.copyOf(crossed);
      passed = List.copyOf(passed);
    }

    /** One that is asked directly. */
    public static Endpoint at(NamespaceId namespace, String device) {
      return new Endpoint(namespace, device, true, List.of(), List.of());
    }
  }

  /**
   * A bridge that a frame goes through.
   *
   * @param from the port that it comes in by; empty where the bridge's own stack sends it
   * @param to the port that it leaves by; empty where the bridge's own stack gets it
   */
  public record Crossing(
      NamespaceId namespace, String bridge, Optional<String> from, Optional<String> to) {
    /** Whether the bridge passes it on from one port to another. */
    public boolean isForwarding() {
      return from.isPresent() && to.isPresent();
    }

    public List<String> ports() {
      return Stream.concat(from.stream(), to.stream()).toList();
    }
  }

  /** What is reached from this device outwards by a frame without a tag, tunnels left aside. */
  public static Segment from(World world, NamespaceId namespace, String device, Flood flood) {
    Tunnels unknown = (place, tunnel, why) -> Tunnels.UNKNOWN;
    return from(world, namespace, device, VlanFilter.UNTAGGED, flood, unknown);
  }

  /**
   * What is reached from this device outwards.
   *
   * @param tag the VLAN's identifier in the frame, {@link VlanFilter#UNTAGGED} without one
   */
  public static Segment from(
      World world, NamespaceId namespace, String device, int tag, Flood flood, Tunnels tunnels) {
    MacAddress sender =
        world
            .namespace(namespace)
            .links()
            .device(device)
            .flatMap(Device::mac)
            .orElse(MacAddress.ZERO);
    SegmentSearch search = new SegmentSearch(world, flood, sender, tunnels);
    search.out(namespace, device, tag, SegmentWay.BEGIN);
    return search.segment();
  }

  /** Whether a device can't send or receive. */
  public static boolean isClosed(Device device) {
    return device.isUp().filter(up -> !up).isPresent() || device.isWithoutCarrier();
  }
}
