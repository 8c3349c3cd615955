package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The largest packet that a route and its device take (the kernel's ip_dst_mtu_maybe_forward). */
final class Mtu {
  private Mtu() {}

  /** The route's MTU when it has one, else the device's; empty when neither is shown. */
  static OptionalInt of(Optional<Route> route, Optional<Device> device) {
    OptionalInt routeMtu = route.map(Route::mtu).orElse(OptionalInt.empty());
    OptionalInt deviceMtu = device.map(Device::mtu).orElse(OptionalInt.empty());
    if (routeMtu.isPresent() && deviceMtu.isPresent()) {
      return OptionalInt.of(Math.min(routeMtu.getAsInt(), deviceMtu.getAsInt()));
    }
    return routeMtu.isPresent() ? routeMtu : deviceMtu;
  }

  /**
   * The path MTU that was learned of a packet's destination, as the route cache shows it. It counts
   * for what is sent here, not for what is forwarded (net.ipv4.ip_forward_use_pmtu).
   */
  static Optional<Route> learned(Stack stack, InFlight packet, Optional<Route> route) {
    IpAddress destination = Headers.ip(packet).destination();
    OptionalInt known = route.map(Route::mtu).orElse(OptionalInt.empty());
    return stack.fib(destination.family(), RouteTables.CACHE).covering(destination).stream()
        .filter(entry -> packet.input().isEmpty() && entry.destination().isHost())
        .filter(entry -> entry.mtu().isPresent())
        .filter(entry -> known.isEmpty() || entry.mtu().getAsInt() < known.getAsInt())
        .findFirst();
  }

  static List<Source> evidence(Optional<Route> route, Optional<Device> device) {
    List<Source> evidence = new ArrayList<>();
    route.filter(known -> known.mtu().isPresent()).map(Route::source).ifPresent(evidence::add);
    device.map(Device::source).ifPresent(evidence::add);
    return evidence;
  }

  /** IPv4 with its flag set, IPv6 always once it is on its way (RFC 8200, 4.5). */
  static boolean mayNotFragment(Ip header) {
    return switch (header) {
      case Ipv4 ipv4 -> ipv4.dontFragment();
      case Ipv6 ipv6 -> true;
    };
  }
}
