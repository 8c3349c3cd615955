package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.BgpSession;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A router between the nodes, which no state shows.
 *
 * <p>That it forwards to the nodes' own addresses is assumed, and said. Whether it knows the pods'
 * addresses can't be assumed: there the walk goes on as if it did, and ends undetermined.
 */
final class RouterBetween {
  private final Engine engine;

  RouterBetween(Engine engine) {
    this.engine = engine;
  }

  /** Empty when nothing that the state shows has the destination. */
  Optional<List<Branch>> cross(
      Trail trail, Stack from, InFlight frame, String device, IpAddress router, Ip header) {
    IpAddress destination = header.destination();
    Optional<World.Owner> node = Underlay.nodeWith(engine.world, destination, from);
    if (node.isPresent()) {
      return Optional.of(routedToNode(trail, from, frame, device, router, header, node.get()));
    }
    return engine.world.owners(destination).stream()
        .findFirst()
        .map(pod -> routerUnknown(trail, from, frame, device, router, header, pod));
  }

  private List<Branch> routedToNode(
      Trail trail,
      Stack from,
      InFlight frame,
      String device,
      IpAddress router,
      Ip header,
      World.Owner node) {
    Stack stack = engine.stack(node.namespace());
    Assumption forwards =
        new Assumption(
            "the router "
                + router
                + " isn't in the state; it forwards from "
                + from.id().node()
                + " to "
                + header.destination()
                + " of "
                + node.namespace().node()
                + ", one hop, and drops nothing",
            Commands.in(from.id(), "traceroute -n " + header.destination()),
            sessionBetween(from.id(), header.destination()));
    String entrance = Underlay.entrance(stack, node.address(), header);
    InFlight routed =
        frame.withMark(0).withPacket(relayed(frame.packet(), header, stack, entrance));
    Step step =
        new Step(
            from.id(),
            device,
            Stage.UNDERLAY,
            Action.FORWARD,
            "through the router "
                + router
                + " to "
                + header.destination()
                + ", which is "
                + stack.id().node(),
            List.of(node.address().source()),
            routed.packet());
    return engine.ingress.receive(
        trail.assuming(forwards).then(step),
        stack,
        entrance,
        routed,
        List.of(node.address().source()));
  }

  /** The frame as the last router sends it: hop limit one lower, other link-layer addresses. */
  private Packet relayed(Packet frame, Ip header, Stack to, String entrance) {
    List<Layer> layers = new ArrayList<>(frame.layers());
    int ipIndex = layers.indexOf(header.asLayer());
    layers.set(ipIndex, header.withHopLimit(Math.max(1, header.hopLimit() - 1)).asLayer());
    if (layers.getFirst() instanceof Ethernet link) {
      MacAddress own = to.device(entrance).flatMap(Device::mac).orElse(MacAddress.ZERO);
      layers.set(0, new Ethernet(own, routerMac(to, header), link.etherType()));
    }
    return new Packet(layers);
  }

  /** The router on the far side is the one that the way back goes through. */
  private MacAddress routerMac(Stack to, Ip header) {
    if (RouteLookup.decide(to, FlowKey.wayBack(header, 0)) instanceof RouteDecision.Found found
        && !found.hops().isEmpty()) {
      NextHop hop = found.hops().getFirst();
      return hop.gateway()
          .flatMap(gateway ->
              to.namespace()
                  .routing()
                  .neighbours(gateway.family())
                  .first(entry -> entry.address().equals(gateway) && entry.isUsable()))
          .flatMap(entry -> entry.mac())
          .orElse(MacAddress.ZERO);
    }
    return MacAddress.ZERO;
  }

  /** A BGP session between the two nodes shows that their addresses reach each other. */
  private List<Source> sessionBetween(NamespaceId from, IpAddress to) {
    return engine.world.snapshot().cluster().bgpSessions().stream()
        .filter(session -> session.node().equals(from.node()) && session.peer().equals(to))
        .filter(BgpSession::isEstablished)
        .map(BgpSession::source)
        .toList();
  }

  private List<Branch> routerUnknown(
      Trail trail,
      Stack from,
      InFlight frame,
      String device,
      IpAddress router,
      Ip header,
      World.Owner pod) {
    List<Source> evidence = new ArrayList<>();
    evidence.add(pod.address().source());
    evidence.addAll(sessionsWithRouter(from.id(), router));
    String text =
        "the packet leaves "
            + from.id().node()
            + " unencapsulated for the pod address "
            + header.destination()
            + " by the router "
            + router
            + ", which isn't in the state: it must have a route for "
            + header.destination()
            + " to "
            + pod.namespace().node()
            + ", and for "
            + header.source()
            + " back to "
            + from.id().node()
            + peering(from.id(), router);
    Assumption missing =
        new Assumption(
            text,
            "on the router "
                + router
                + ": show its route to "
                + header.destination()
                + "; or "
                + Commands.in(from.id(), "traceroute -n " + header.destination()),
            evidence);
    return arriveIfRouted(trail.provided(missing), from, frame, device, router, header, pod);
  }

  /** Follows the packet as if the router knew the pod's node. */
  private List<Branch> arriveIfRouted(
      Trail trail,
      Stack from,
      InFlight frame,
      String device,
      IpAddress router,
      Ip header,
      World.Owner pod) {
    Stack stack = engine.stack(NamespaceId.host(pod.namespace().node()));
    String entrance = Underlay.wayIn(stack, header);
    InFlight routed =
        frame.withMark(0).withPacket(relayed(frame.packet(), header, stack, entrance));
    Step step =
        new Step(
            from.id(),
            device,
            Stage.UNDERLAY,
            Action.FORWARD,
            "to the router "
                + router
                + ", which isn't in the state; if it knows the way, on to "
                + stack.id().node(),
            List.of(pod.address().source()),
            routed.packet());
    return engine.ingress.receive(
        trail.then(step),
        stack,
        entrance,
        routed,
        stack.device(entrance).map(Device::source).map(List::of).orElse(List.of()));
  }

  private String peering(NamespaceId from, IpAddress router) {
    boolean listed =
        engine.world.snapshot().cluster().bgpSessions().stream()
            .anyMatch(session -> session.node().equals(from.node()));
    if (!listed) {
      return "";
    }
    return sessionsWithRouter(from, router).isEmpty()
        ? " ("
            + from.node()
            + " speaks BGP with other peers, but not with "
            + router
            + ", so it can't have learnt it there)"
        : " (" + from.node() + " speaks BGP with it)";
  }

  private List<Source> sessionsWithRouter(NamespaceId from, IpAddress router) {
    return engine.world.snapshot().cluster().bgpSessions().stream()
        .filter(session -> session.node().equals(from.node()) && session.peer().equals(router))
        .map(BgpSession::source)
        .toList();
  }
}
