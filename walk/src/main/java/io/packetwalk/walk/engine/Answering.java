package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NeighbourState;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.ArpAtDevice;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final SourceCheck sourceCheck = new SourceCheck();

  Answering(World world) {
    this.world = world;
  }

  /** Whether it answers. */
  sealed interface Answer {}

  record Yes(MacAddress mac, String decision, List<Source> evidence, boolean byProxy)
      implements Answer {}

  record No() implements Answer {}

  record Maybe(Assumption assumption) implements Answer {}

  /** It would, but the answer doesn't go to the asking device now. */
  record Unclear(Assumption assumption) implements Answer {}

  /**
   * A question for a neighbour.
   *
   * @param sender the address that the asking stack gives as its own; empty where it isn't known
   * @param mac the asking device's own
   */
  record Request(IpAddress asked, Optional<IpAddress> sender, MacAddress mac) {}

  Answer to(Segment.Endpoint endpoint, Request request) {
    IpAddress asked = request.asked();
    Stack stack = world.stack(endpoint.namespace());
    if (!endpoint.heardBack() || isWithoutArp(stack, endpoint.device())) {
      return new No();
    }
    return asked.isIpv6()
        ? discovered(stack, endpoint, request)
        : resolved(stack, endpoint, request);
  }

  /** Whether it answers a solicitation. */
  private Answer discovered(Stack stack, Segment.Endpoint endpoint, Request request) {
    String device = endpoint.device();
    Optional<LocalAddress> own =
        Vrfs.own(stack, request.asked(), device)
            .filter(address -> isAnswered(stack, device, address, request.sender()));
    if (own.isEmpty() && isEverythingKnown(stack)) {
      return new No();
    }
    DiscoveryFilter.Outcome passing =
        DiscoveryFilter.onTheWay(
                world, endpoint.crossed(), request, stack.device(device).flatMap(Device::mac))
            .and(() -> DiscoveryFilter.atAsked(stack, device, request));
    return switch (passing) {
      case DiscoveryFilter.Stopped stopped -> new No();
      case DiscoveryFilter.Open open -> new Unclear(open.missing());
      case DiscoveryFilter.Passing through when isAnsweredElsewhere(stack, device, request) ->
          new Unclear(answeredElsewhere(stack, device));
      case DiscoveryFilter.Passing through ->
          own.map(address -> yes(stack, device, address))
              .orElseGet(() -> notShown(stack, device, request.asked()));
    };
  }

  /** Whether it answers an ARP request. */
  private Answer resolved(Stack stack, Segment.Endpoint endpoint, Request request) {
    Answer answer = unfiltered(stack, endpoint, request);
    if (answer instanceof No) {
      return answer;
    }
    MacAddress mac = answer instanceof Yes yes ? yes.mac() : MacAddress.ZERO;
    ArpAtDevice.Finding filtered = ArpFilter.onTheWay(world, endpoint, request, mac);
    return switch (filtered.outcome()) {
      case PASSES -> answer;
      case DROPPED -> new No();
      case OPEN -> new Unclear(ArpFilter.notWalked(stack, filtered));
    };
  }

  private Answer unfiltered(Stack stack, Segment.Endpoint endpoint, Request request) {
    IpAddress asked = request.asked();
    Optional<IpAddress> sender = request.sender();
    if (isRefused(stack, endpoint.device(), asked, sender)) {
      return new No();
    }
    Optional<LocalAddress> own =
        Vrfs.own(stack, asked, endpoint.device())
            .filter(address -> isAnswered(stack, endpoint.device(), address, sender));
    if (own.isPresent()) {
      return yes(stack, endpoint.device(), own.get());
    }
    return stack.own(asked).isPresent() ? new No() : proxy(stack, endpoint.device(), request);
  }

  /** arp_rcv takes nothing in there, and what neighbour discovery answers is sent to nobody. */
  private static boolean isWithoutArp(Stack stack, String device) {
    return stack.device(device).filter(known -> known.flags().contains("NOARP")).isPresent();
  }

  /**
   * An advertisement goes where the neighbour table says, if somebody fixed that (ndisc_send_na).
   */
  private static boolean isAnsweredElsewhere(Stack stack, String device, Request request) {
    return request
        .sender()
        .flatMap(sender ->
            stack
                .namespace()
                .routing()
                .neighbours(sender.family())
                .first(entry ->
                    entry.device().equals(device)
                        && entry.address().equals(sender)
                        && entry.state() == NeighbourState.PERMANENT))
        .flatMap(Neighbour::mac)
        .filter(mac -> !mac.equals(request.mac()))
        .isPresent();
  }

  private static Assumption answeredElsewhere(Stack stack, String device) {
    return new Assumption(
        stack.id()
            + " has fixed another link-layer address for who asks on "
            + device
            + "; whether its answer was heard before isn't in the state",
        Commands.in(stack.id(), "ip -6 neigh show dev " + device));
  }

  /** A request is routed like a packet, and its sender checked so (arp_process). */
  private boolean isRefused(
      Stack stack, String device, IpAddress asked, Optional<IpAddress> sender) {
    return sender
        .map(from -> asPacket(from, asked))
        .map(request ->
            sourceCheck.check(
                stack,
                device,
                Origination.inFlight(request),
                RouteLookup.decide(stack, keyOf(request, device))))
        .filter(SourceCheck.Refused.class::isInstance)
        .isPresent();
  }

  private static Packet asPacket(IpAddress sender, IpAddress asked) {
    return new Packet(List.of(Ipv4.of(sender, asked, IpProtocol.UDP, 1).asLayer()));
  }

  private static FlowKey keyOf(Packet request, String device) {
    return FlowKey.of(request, (Ip) request.outermost(), device, 0);
  }

  private static boolean isAnswered(
      Stack stack, String device, LocalAddress address, Optional<IpAddress> sender) {
    boolean here =
        address.device().map(device::equals).orElse(true) || isOn(stack, device, address);
    if (address.address().isIpv6()) {
      return here;
    }
    return switch (Settings.largest(stack, "arp_ignore", device).orElse(0)) {
      case 1 -> here;
      case 2 -> here && isInSubnet(stack, device, address, sender);
      case 8 -> false;
      default -> true;
    };
  }

  /** Whether one subnet of the device has both addresses (confirm_addr_indev). */
  private static boolean isInSubnet(
      Stack stack, String device, LocalAddress address, Optional<IpAddress> sender) {
    return stack
        .namespace()
        .links()
        .addressesOf(device)
        .map(InterfaceAddress::subnet)
        .anyMatch(subnet ->
            subnet.contains(address.address()) && sender.map(subnet::contains).orElse(true));
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

  private static Answer yes(Stack stack, String device, LocalAddress address) {
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

  private static Answer proxy(Stack stack, String device, Request request) {
    IpAddress asked = request.asked();
    Optional<Settings.Flag> proxy = Settings.either(stack, IpFamily.IPV4, "proxy_arp", device);
    if (proxy.isEmpty()) {
      return isEverythingKnown(stack) && !mayBeProxied(stack, device, request)
          ? new No()
          : notShown(stack, device, asked);
    }
    if (!proxy.get().on()) {
      return isEverythingKnown(stack) ? new No() : notShown(stack, device, asked);
    }
    Optional<Source> way = wayElsewhere(stack, device, request);
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

  /**
   * The route by which the asked address is reached out of another device: by policy rules for who
   * asks, too.
   */
  private static Optional<Source> wayElsewhere(Stack stack, String device, Request request) {
    FlowKey key =
        request
            .sender()
            .map(sender -> keyOf(asPacket(sender, request.asked()), device))
            .orElseGet(() -> FlowKey.to(request.asked()).cameBy(device));
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
  private static boolean mayBeProxied(Stack stack, String device, Request request) {
    return stack.id().isHost() && wayElsewhere(stack, device, request).isPresent();
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
