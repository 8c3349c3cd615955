package io.packetwalk.walk.engine;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NeighbourState;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.ArpAtDevice;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * VXLAN devices that answer the questions they are to send, by their own neighbour table ({@code
 * proxy}; arp_reduce, neigh_reduce).
 */
final class TunnelProxies {
  private final World world;

  TunnelProxies(World world) {
    this.world = world;
  }

  Answering.Answer to(Segment.Endpoint endpoint, Answering.Request request) {
    Stack stack = world.stack(endpoint.namespace());
    if (!endpoint.heardBack() || isDeaf(stack, endpoint.device(), request)) {
      return new Answering.No();
    }
    Listing<Neighbour> table = stack.namespace().routing().neighbours(request.asked().family());
    Optional<Neighbour> entry =
        table.first(one ->
            !one.proxy()
                && one.device().equals(endpoint.device())
                && one.address().equals(request.asked()));
    if (entry.isEmpty() && !table.isComplete()) {
      return new Answering.Unclear(notListed(stack, endpoint.device(), request));
    }
    Optional<MacAddress> mac = entry.filter(TunnelProxies::isConnected).flatMap(Neighbour::mac);
    if (mac.isEmpty()) {
      return mayBeConnected(entry)
          ? new Answering.Unclear(notListed(stack, endpoint.device(), request))
          : new Answering.No();
    }
    return filtered(stack, endpoint, request, entry.get(), mac.get());
  }

  private static boolean isDeaf(Stack stack, String device, Answering.Request request) {
    return request.asked().isIpv6()
        ? Ipv6Off.at(stack, device).isPresent()
        : stack.device(device).filter(known -> known.flags().contains("NOARP")).isPresent();
  }

  /** NUD_CONNECTED. */
  private static boolean isConnected(Neighbour entry) {
    return switch (entry.state()) {
      case PERMANENT, NOARP, REACHABLE -> true;
      case STALE, DELAY, PROBE, FAILED, INCOMPLETE, NONE, NOT_SHOWN -> false;
    };
  }

  /** An entry that is being confirmed may be when it is asked for. */
  private static boolean mayBeConnected(Optional<Neighbour> entry) {
    return entry
        .map(Neighbour::state)
        .filter(state ->
            state == NeighbourState.DELAY
                || state == NeighbourState.PROBE
                || state == NeighbourState.NOT_SHOWN)
        .isPresent();
  }

  private Answering.Answer filtered(
      Stack stack,
      Segment.Endpoint endpoint,
      Answering.Request request,
      Neighbour entry,
      MacAddress mac) {
    List<FdbEntry> own =
        stack.namespace().links().fdb().stream()
            .filter(one -> one.device().equals(endpoint.device()) && one.mac().equals(mac))
            .filter(one -> one.remote().isPresent())
            .toList();
    boolean local = !own.isEmpty() && own.getFirst().remote().get().isUnspecified();
    if (local) {
      return new Answering.No();
    }
    if (request.asked().isIpv6()) {
      return switch (DiscoveryFilter.onTheWay(
          world, endpoint.crossed(), request, Optional.of(mac))) {
        case DiscoveryFilter.Passing passing -> yes(stack, endpoint, entry, mac);
        case DiscoveryFilter.Stopped stopped -> new Answering.No();
        case DiscoveryFilter.Open open -> new Answering.Unclear(open.missing());
      };
    }
    ArpAtDevice.Finding rules = ArpFilter.onTheWay(world, endpoint, request, mac);
    return switch (rules.outcome()) {
      case PASSES -> yes(stack, endpoint, entry, mac);
      case DROPPED -> new Answering.No();
      case OPEN -> new Answering.Unclear(ArpFilter.notWalked(stack, rules));
    };
  }

  private static Answering.Answer yes(
      Stack stack, Segment.Endpoint endpoint, Neighbour entry, MacAddress mac) {
    List<Source> evidence = new ArrayList<>(List.of(entry.source()));
    stack.device(endpoint.device()).map(Device::source).ifPresent(evidence::add);
    String decision =
        endpoint.device()
            + " of "
            + stack.id()
            + " answers for "
            + entry.address()
            + " by its neighbour table (proxy) with "
            + mac;
    return new Answering.Yes(mac, decision, evidence, /* byProxy= */ false);
  }

  private static Assumption notListed(Stack stack, String device, Answering.Request request) {
    return new Assumption(
        "whether "
            + device
            + " of "
            + stack.id()
            + ", which answers for neighbours itself (proxy), knows "
            + request.asked()
            + " isn't in the state",
        Commands.in(stack.id(), "ip neigh show to " + request.asked() + " dev " + device),
        stack.device(device).map(Device::source).stream().toList());
  }
}
