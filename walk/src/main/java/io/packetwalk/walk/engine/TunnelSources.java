package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outer source addresses of a tunnel without a local one: of several next hops each has its
 * own, and the packet takes the one that its source is of (udp_tunnel_dst_lookup looks once).
 */
final class TunnelSources {
  private TunnelSources() {}

  /** What is sent from an address, by a device where that is decided as well. */
  interface From {
    List<Branch> go(Trail trail, IpAddress source, Optional<String> underlay);
  }

  /**
   * @param sent what is dropped where no route leads to the remote end
   * @param silently whether nobody is told in that case
   */
  static List<Branch> each(
      Trail trail,
      Stack stack,
      InFlight sent,
      String device,
      Optional<IpAddress> local,
      IpAddress remote,
      Optional<String> underlay,
      boolean silently,
      From next) {
    if (local.filter(address -> !address.isUnspecified()).isPresent()) {
      return next.go(trail, local.get(), underlay);
    }
    FlowKey key = FlowKey.to(remote).boundTo(underlay);
    RouteDecision decision = RouteLookup.decide(stack, key);
    Optional<List<Source>> refused =
        OwnLink.of(stack, key, decision).isPresent() ? Optional.empty() : whyUnreachable(decision);
    if (silently && refused.isPresent()) {
      String why = "no route leads to its remote end " + remote;
      return TunnelEgress.dropped(trail, stack, sent, device, why, refused.get());
    }
    if (decision instanceof RouteDecision.Found found && found.hops().size() > 1) {
      return alongEach(trail, stack, device, found, remote, underlay, next);
    }
    return TunnelEgress.localEnd(stack, local, remote, underlay)
        .map(source -> next.go(trail, source, underlay))
        .orElseGet(() -> trail.undetermined(TunnelEgress.sourceMissing(stack, device, remote)));
  }

  private static List<Branch> alongEach(
      Trail trail,
      Stack stack,
      String device,
      RouteDecision.Found found,
      IpAddress remote,
      Optional<String> underlay,
      From next) {
    int total = found.hops().stream().mapToInt(NextHop::weight).sum();
    boolean apart =
        found.hops().stream().map(NextHop::device).distinct().count() == found.hops().size();
    List<Branch> branches = new ArrayList<>();
    for (NextHop hop : found.hops()) {
      Trail chosen = trail.weighing((double) hop.weight() / total);
      Optional<IpAddress> source =
          SourceSelection.select(stack, found.route(), Optional.of(hop), remote)
              .map(LocalAddress::address);
      branches.addAll(
          source
              .map(address -> next.go(chosen, address, apart ? hop.device() : underlay))
              .orElseGet(
                  () -> chosen.undetermined(TunnelEgress.sourceMissing(stack, device, remote))));
    }
    return branches;
  }

  private static Optional<List<Source>> whyUnreachable(RouteDecision decision) {
    return switch (decision) {
      case RouteDecision.NoRoute none -> Optional.of(none.searched());
      case RouteDecision.RefusedByRule refused -> Optional.of(List.of(refused.rule()));
      case RouteDecision.Found found when isRefusal(found.route().type()) ->
          Optional.of(Routes.evidence(found));
      case RouteDecision.Found found -> Optional.empty();
      case RouteDecision.OwnAddress own -> Optional.empty();
      case RouteDecision.Broadcast broadcast -> Optional.empty();
      case RouteDecision.Unknown unknown -> Optional.empty();
    };
  }

  private static boolean isRefusal(RouteType type) {
    return type == RouteType.BLACKHOLE
        || type == RouteType.UNREACHABLE
        || type == RouteType.PROHIBIT;
  }
}
