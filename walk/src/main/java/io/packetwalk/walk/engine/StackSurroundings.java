package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.Surroundings;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;

/** What netfilter asks about its stack, answered from the stack's tables. */
final class StackSurroundings implements Surroundings {
  private final Optional<World> world;
  private final Stack stack;

  /** The stack alone: what the cluster's objects make plausible isn't asked. */
  StackSurroundings(Stack stack) {
    this.world = Optional.empty();
    this.stack = stack;
  }

  StackSurroundings(World world, Stack stack) {
    this.world = Optional.of(world);
    this.stack = stack;
  }

  @Override
  public Optional<Presumption> presumedMember(String set, IpAddress address) {
    return world.flatMap(known -> PodSet.presume(known.snapshot(), stack.id(), set, address));
  }

  @Override
  public Optional<RouteType> addressType(IpAddress address) {
    return switch (RouteLookup.decide(stack, keyTo(address))) {
      case RouteDecision.Found found -> Optional.of(found.route().type());
      case RouteDecision.OwnAddress own -> Optional.of(RouteType.LOCAL);
      case RouteDecision.Broadcast broadcast -> Optional.of(RouteType.BROADCAST);
      case RouteDecision.RefusedByRule refused -> Optional.of(refused.type());
      case RouteDecision.NoRoute none -> Optional.of(RouteType.UNICAST);
      case RouteDecision.Unknown unknown ->
          unknown.assumptions().isEmpty() ? Optional.empty() : Optional.of(RouteType.UNICAST);
    };
  }

  private static FlowKey keyTo(IpAddress address) {
    return FlowKey.to(address);
  }

  @Override
  public Optional<IpAddress> masqueradeAddress(String outputDevice, IpAddress destination) {
    IpAddress nextHop = destination;
    RouteDecision decision =
        RouteLookup.decide(stack, keyTo(destination).boundTo(Optional.of(outputDevice)));
    if (decision instanceof RouteDecision.Found found) {
      nextHop = found.hops().stream().findFirst().flatMap(NextHop::gateway).orElse(destination);
    }
    return SourceSelection.onDevice(stack, outputDevice, nextHop, destination)
        .map(LocalAddress::address);
  }

  @Override
  public Optional<List<String>> routeDevices(InFlight packet, boolean source, boolean withMark) {
    Ip header = Headers.ip(packet);
    int mark = withMark ? packet.mark() : 0;
    FlowKey key =
        source ? FlowKey.wayBack(header, mark) : keyTo(header.destination()).withMark(mark);
    return switch (RouteLookup.decide(stack, key)) {
      case RouteDecision.Found found ->
          Optional.of(
              found.route().type() == RouteType.UNICAST
                  ? found.hops().stream().flatMap(hop -> hop.device().stream()).toList()
                  : List.of());
      case RouteDecision.Unknown unknown -> Optional.empty();
      case RouteDecision.OwnAddress own -> Optional.of(List.of());
      case RouteDecision.Broadcast broadcast -> Optional.of(List.of());
      case RouteDecision.RefusedByRule refused -> Optional.of(List.of());
      case RouteDecision.NoRoute none -> Optional.of(List.of());
    };
  }

  @Override
  public Optional<Boolean> isWaitedFor(InFlight packet, Optional<IpAddress> address, int port) {
    return Listeners.waits(stack, packet, address, port);
  }

  @Override
  public Optional<Boolean> reversePath(InFlight packet, boolean loose, boolean withMark) {
    Ip header = Headers.ip(packet);
    FlowKey back = FlowKey.wayBack(header, withMark ? packet.mark() : 0);
    FlowKey key = packet.input().map(back::inVrfOf).orElse(back);
    return switch (RouteLookup.decide(stack, key)) {
      case RouteDecision.Found found ->
          Optional.of(
              found.route().type() == RouteType.UNICAST
                  && (loose || found.hops().stream().anyMatch(hop -> leavesBy(hop, packet))));
      case RouteDecision.Unknown unknown -> Optional.empty();
      case RouteDecision.OwnAddress own -> Optional.of(false);
      case RouteDecision.Broadcast broadcast -> Optional.of(false);
      case RouteDecision.RefusedByRule refused -> Optional.of(false);
      case RouteDecision.NoRoute none -> Optional.of(false);
    };
  }

  private boolean leavesBy(NextHop hop, InFlight packet) {
    Optional<String> vrf = hop.device().flatMap(name -> Vrfs.of(stack, name)).map(Device::name);
    return hop.device().isPresent()
        && (hop.device().equals(packet.input()) || vrf.equals(packet.input()));
  }
}
