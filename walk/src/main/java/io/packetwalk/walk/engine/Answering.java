package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a stack answers when it is asked for an address on one of its devices (the kernel's
 * arp_process and ndisc_recv_ns).
 *
 * <p>For IPv4 a stack answers for each of its own addresses on every device, unless {@code
 * arp_ignore} forbids it, and with {@code proxy_arp} for every address that it would forward out of
 * another device. For IPv6 it answers for the addresses of the device that is asked.
 */
final class Answering {
  private final World world;

  Answering(World world) {
    this.world = world;
  }

  /** Whether it answers. */
  sealed interface Answer {}

  record Yes(MacAddress mac, String decision, List<Source> evidence, boolean byProxy)
      implements Answer {}

  record No() implements Answer {}

  record Maybe(Assumption assumption) implements Answer {}

  Answer to(Segment.Endpoint endpoint, IpAddress asked) {
    Stack stack = world.stack(endpoint.namespace());
    Optional<LocalAddress> own =
        stack.own(asked).filter(address -> isAnswered(stack, endpoint.device(), address));
    if (own.isPresent()) {
      return own(stack, endpoint.device(), own.get());
    }
    if (asked.isIpv4()) {
      return proxy(stack, endpoint.device(), asked);
    }
    return isEverythingKnown(stack) ? new No() : notShown(stack, endpoint.device(), asked);
  }

  private static boolean isAnswered(Stack stack, String device, LocalAddress address) {
    boolean here =
        address.device().map(device::equals).orElse(true) || isOn(stack, device, address);
    return address.address().isIpv6()
        ? here
        : here || Settings.largest(stack, "arp_ignore", device).orElse(0) == 0;
  }

  /** One address may be on several devices, as link-local ones often are. */
  private static boolean isOn(Stack stack, String device, LocalAddress address) {
    return stack
        .namespace()
        .links()
        .addressesOf(device)
        .map(InterfaceAddress::address)
        .anyMatch(address.address()::equals);
  }

  private static Answer own(Stack stack, String device, LocalAddress address) {
    Optional<Device> listed = stack.device(device);
    MacAddress mac = listed.flatMap(Device::mac).orElse(MacAddress.ZERO);
    List<Source> evidence = new ArrayList<>();
    evidence.add(address.source());
    listed.map(Device::source).ifPresent(evidence::add);
    return new Yes(
        mac, address.address() + " is " + device + " of " + stack.id() + at(mac), evidence, false);
  }

  private static String at(MacAddress mac) {
    return mac.equals(MacAddress.ZERO) ? "" : ", which answers with " + mac;
  }

  private static Answer proxy(Stack stack, String device, IpAddress asked) {
    Optional<Settings.Flag> proxy = Settings.either(stack, IpFamily.IPV4, "proxy_arp", device);
    if (proxy.isEmpty()) {
      return isEverythingKnown(stack) && !mayBeProxied(stack, device, asked)
          ? new No()
          : notShown(stack, device, asked);
    }
    if (!proxy.get().on()) {
      return isEverythingKnown(stack) ? new No() : notShown(stack, device, asked);
    }
    Optional<Source> way = wayElsewhere(stack, device, asked);
    boolean forwards =
        Settings.forwarding(stack, IpFamily.IPV4, device).map(Settings.Flag::on).orElse(true);
    return way.isPresent() && forwards
        ? byProxy(stack, device, asked, proxy.get(), way.get())
        : new No();
  }

  private static Answer byProxy(
      Stack stack, String device, IpAddress asked, Settings.Flag proxy, Source way) {
    MacAddress mac = stack.device(device).flatMap(Device::mac).orElse(MacAddress.ZERO);
    List<Source> evidence = new ArrayList<>();
    proxy.source().ifPresent(evidence::add);
    stack.device(device).map(Device::source).ifPresent(evidence::add);
    evidence.add(way);
    return new Yes(
        mac,
        asked + " is answered by proxy ARP on " + device + " of " + stack.id() + " with " + mac,
        evidence,
        true);
  }

  /** The route by which the asked address is reached out of another device. */
  private static Optional<Source> wayElsewhere(Stack stack, String device, IpAddress asked) {
    FlowKey key =
        new FlowKey(
            IpAddress.unspecified(asked.family()),
            asked,
            device,
            Optional.empty(),
            0,
            0,
            0,
            OptionalInt.empty(),
            OptionalInt.empty());
    return RouteLookup.decide(stack, key) instanceof RouteDecision.Found found
            && found.route().type() == RouteType.UNICAST
            && found.hops().stream().allMatch(hop -> !leavesBy(hop, device))
        ? Optional.of(found.route().source())
        : Optional.empty();
  }

  private static boolean leavesBy(NextHop hop, String device) {
    return hop.device().filter(device::equals).isPresent();
  }

  /** Without its settings a router may be a proxy; a stack with one device is none. */
  private static boolean mayBeProxied(Stack stack, String device, IpAddress asked) {
    return stack.id().isHost() && wayElsewhere(stack, device, asked).isPresent();
  }

  private static boolean isEverythingKnown(Stack stack) {
    return stack.namespace().links().addresses().isComplete();
  }

  private static Answer notShown(Stack stack, String device, IpAddress asked) {
    return new Maybe(
        new Assumption(
            device + " of " + stack.id() + " answers for " + asked,
            Commands.in(stack.id(), "sysctl net.ipv4.conf." + device + ".proxy_arp; ip addr")));
  }
}
