package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became known of link-layer addresses on the way of packets: who has sent, so that bridges
 * know its port, who has asked, so that the asked know it, and behind which end of a VXLAN somebody
 * was heard.
 */
final class NeighbourMemory {
  private final Set<MacAddress> heard = new LinkedHashSet<>();
  private final Map<Known, MacAddress> learnt = new LinkedHashMap<>();
  private final Set<Frame> behind = new LinkedHashSet<>();
  private final Map<Frame, IpAddress> remotes = new LinkedHashMap<>();

  /** Who is asked learns who asks (neigh_event_ns). */
  void learn(Segment.Endpoint asked, IpAddress sender, MacAddress mac) {
    learnt.put(new Known(asked.namespace(), asked.device(), sender), mac);
  }

  /** What a stack heard from the neighbour itself. */
  Optional<NeighbourAnswer> learnt(Stack stack, String device, IpAddress nextHop) {
    return Optional.ofNullable(learnt.get(new Known(stack.id(), device, nextHop)))
        .map(mac ->
            new NeighbourAnswer.At(
                mac,
                nextHop + " is at " + mac + ", as it said when it asked",
                stack.device(device).map(Device::source).map(List::of).orElse(List.of()),
                List.of()));
  }

  /** What a stack knows of a neighbour. */
  private record Known(NamespaceId namespace, String device, IpAddress neighbour) {}

  /** From whom a device has got frames. */
  private record Frame(NamespaceId namespace, String device, MacAddress from) {}

  /** A VXLAN device notes behind which remote end the sender of a frame is (vxlan_snoop). */
  void learn(
      Stack stack, String device, DeviceKind.Vxlan vxlan, MacAddress from, IpAddress remote) {
    if (vxlan.learning() && !from.equals(MacAddress.ZERO) && !isFixed(stack, device, from)) {
      remotes.put(new Frame(stack.id(), device, from), remote);
    }
  }

  private static boolean isFixed(Stack stack, String device, MacAddress from) {
    return stack.namespace().links().fdb().stream()
        .anyMatch(entry ->
            entry.device().equals(device)
                && entry.mac().equals(from)
                && VxlanIngress.isFixed(entry));
  }

  /** Behind which remote end a VXLAN device has heard an address. */
  Optional<IpAddress> remoteOf(Stack stack, String device, MacAddress address) {
    return Optional.ofNullable(remotes.get(new Frame(stack.id(), device, address)));
  }

  /** Notes that a port's device has answered with this address, so that its bridge learns it. */
  void hearBy(Segment.Endpoint port, MacAddress address) {
    behind.add(new Frame(port.namespace(), port.device(), address));
  }

  /** Whether a port's own device has answered with this address. */
  boolean wasHeardBy(Stack stack, String port, MacAddress address) {
    return behind.contains(new Frame(stack.id(), port, address));
  }

  /** Notes that a device with this address sends, so that bridges learn it. */
  void hear(MacAddress address) {
    heard.add(address);
  }

  /** Takes over what became known on the way of another packet. */
  void remember(NeighbourMemory earlier) {
    heard.addAll(earlier.heard);
    behind.addAll(earlier.behind);
    learnt.putAll(earlier.learnt);
    remotes.putAll(earlier.remotes);
  }

  /** Whether a device with this address has sent anything on this walk. */
  boolean hasHeard(MacAddress address) {
    return heard.contains(address);
  }
}
