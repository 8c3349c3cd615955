package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;

/**
 * Bridges that send what is for a group to those who asked for it, where a querier makes them ask
 * (br_multicast_querier_exists). Who did isn't walked.
 */
final class BridgeSnooping {
  private BridgeSnooping() {}

  /** What decides about a frame for a group on a bridge that asks itself; empty for others. */
  static Optional<Assumption> whoAsked(Stack stack, InFlight frame, String bridge) {
    return snooping(stack, bridge) == DeviceKind.Snooping.QUERYING
        ? group(frame)
            .map(address ->
                new Assumption(
                    "which ports of "
                        + bridge
                        + " of "
                        + stack.id()
                        + " have asked for the group "
                        + address
                        + " decides (mcast_querier), and that isn't walked",
                    command(stack, bridge),
                    stack.device(bridge).map(Device::source).stream().toList()))
        : Optional.empty();
  }

  /** That nobody else asks, unless the bridge doesn't listen to it. */
  static Trail assumedOff(Trail trail, Stack stack, InFlight frame, String bridge) {
    if (snooping(stack, bridge) == DeviceKind.Snooping.OFF) {
      return trail;
    }
    return group(frame)
        .map(address ->
            trail.assuming(
                new Assumption(
                    "no querier makes "
                        + bridge
                        + " of "
                        + stack.id()
                        + " keep frames for the group "
                        + address
                        + " from some ports",
                    command(stack, bridge),
                    List.of())))
        .orElse(trail);
  }

  private static String command(Stack stack, String bridge) {
    return Commands.in(stack.id(), "bridge -d -s mdb show dev " + bridge);
  }

  private static DeviceKind.Snooping snooping(Stack stack, String bridge) {
    return stack.device(bridge).map(Device::kind).orElseGet(DeviceKind.Ethernet::new)
            instanceof DeviceKind.Bridge known
        ? known.snooping()
        : DeviceKind.Snooping.NOT_SHOWN;
  }

  private static Optional<IpAddress> group(InFlight frame) {
    return Headers.ip(frame.packet())
        .map(Ip::destination)
        .filter(address -> address.isMulticast() && !Groups.isNeverLimited(address));
  }
}
