package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Carries a frame through the network between the nodes, which no state shows.
 *
 * <p>A frame for a node's address on its own subnet arrives at that node. One for a router goes on
 * when its destination is a node's address — that nodes reach each other is assumed, and said.
 * Whether routers know the pods' addresses can't be assumed: there the walk ends undetermined.
 */
final class Underlay {
  private static final Pattern TUNNEL_NAME =
      Pattern.compile("flannel.*|.*vxlan.*|.*gene?ve?.*|.*tun.*|wg.*|wireguard.*|.*gre.*|.*sit.*");

  private final Engine engine;
  private final RouterBetween between;

  Underlay(Engine engine) {
    this.engine = engine;
    this.between = new RouterBetween(engine);
  }

  List<Branch> cross(
      Trail trail, Stack from, InFlight frame, String device, Optional<IpAddress> routed) {
    Optional<Ip> header = Headers.ip(frame.packet());
    if (header.isEmpty()) {
      return trail.undetermined(
          Unmodelled.device(from.id(), device, "not an IP packet", List.of()));
    }
    IpAddress nextHop = routed.orElse(header.get().destination());
    Optional<World.Owner> neighbour = nodeWith(nextHop, from);
    if (neighbour.isPresent()) {
      return toNeighbour(trail, from, frame, device, nextHop, neighbour.get());
    }
    boolean isRouter = !nextHop.equals(header.get().destination());
    return (isRouter
            ? between.cross(trail, from, frame, device, nextHop, header.get())
            : Optional.<List<Branch>>empty())
        .orElseGet(() -> left(trail, from, frame, device, nextHop, header.get()));
  }

  /**
   * Lets a packet from a machine outside of the state come in at the node that has its destination;
   * empty when no node has.
   */
  Optional<List<Branch>> enter(Trail trail, Packet packet, IpAddress destination) {
    return engine
        .world
        .node(destination)
        .map(node -> {
          Stack stack = engine.stack(node.namespace());
          Ip header = Headers.ip(packet).orElseThrow();
          String entrance = entrance(stack, node.address(), header);
          Assumption reached =
              new Assumption(
                  "the network outside carries packets from "
                      + header.source()
                      + " to "
                      + stack.id().node(),
                  Commands.in(stack.id(), "tcpdump -ni " + entrance + " host " + header.source()));
          return engine.ingress.receive(
              trail.assuming(reached),
              stack,
              entrance,
              Origination.inFlight(packet),
              List.of(node.address().source()));
        });
  }

  private Optional<World.Owner> nodeWith(IpAddress address, Stack from) {
    return nodeWith(engine.world, address, from);
  }

  /** Another node that has this address. */
  static Optional<World.Owner> nodeWith(World world, IpAddress address, Stack from) {
    return world.owners(address).stream()
        .filter(owner -> owner.namespace().isHost() && !owner.namespace().equals(from.id()))
        .findFirst();
  }

  private List<Branch> toNeighbour(
      Trail trail, Stack from, InFlight frame, String device, IpAddress nextHop, World.Owner to) {
    Stack stack = engine.stack(to.namespace());
    String entrance = entrance(stack, to.address(), Headers.ip(frame.packet()).orElseThrow());
    Optional<Ethernet> link = Headers.ethernet(frame.packet());
    Optional<MacAddress> expected = stack.device(entrance).flatMap(Device::mac);
    boolean misdirected =
        link.isPresent()
            && expected.isPresent()
            && !link.get().destination().equals(MacAddress.ZERO)
            && !link.get().destination().isGroup()
            && !link.get().destination().equals(expected.get());
    if (misdirected) {
      return misdirected(trail, from, device, nextHop, link.get(), stack, entrance);
    }
    Step step =
        new Step(
            from.id(),
            device,
            Stage.UNDERLAY,
            Action.FORWARD,
            "over the wire to " + nextHop + ", which is " + stack.id().node(),
            List.of(to.address().source()),
            frame.packet());
    Trail crossing =
        isMaybeTunnel(from, device) ? trail.assuming(unknownKind(from, device, stack)) : trail;
    return engine.ingress.receive(
        crossing.then(step), stack, entrance, frame.withMark(0), List.of(to.address().source()));
  }

  /** A device that isn't a card by its name, and of which nobody showed what it is. */
  private static boolean isMaybeTunnel(Stack from, String device) {
    return from.device(device).filter(Device::kindShown).isEmpty()
        && TUNNEL_NAME.matcher(device).matches();
  }

  private static Assumption unknownKind(Stack from, String device, Stack to) {
    return new Assumption(
        device
            + " of "
            + from.id()
            + ", of which the state doesn't show what it is, carries the frame to "
            + to.id().node(),
        Commands.in(from.id(), "ip -d addr show dev " + device + "; bridge fdb show dev " + device),
        from.device(device).map(Device::source).map(List::of).orElse(List.of()));
  }

  private List<Branch> misdirected(
      Trail trail,
      Stack from,
      String device,
      IpAddress nextHop,
      Ethernet link,
      Stack expected,
      String entrance) {
    List<Source> evidence =
        expected.device(entrance).map(Device::source).map(List::of).orElse(List.of());
    String text =
        "the frame for "
            + nextHop
            + " is sent to "
            + link.destination()
            + ", but "
            + entrance
            + " of "
            + expected.id()
            + " has "
            + expected.device(entrance).flatMap(Device::mac).orElse(MacAddress.ZERO)
            + ": who has that address isn't in the state";
    return trail.undetermined(
        new Assumption(
            text, Commands.in(from.id(), "arping -I " + device + " " + nextHop), evidence));
  }

  /** The device by which a node is reached at one of its addresses. */
  static String entrance(Stack stack, LocalAddress address, Ip header) {
    if (address.device().isPresent()) {
      return address.device().get();
    }
    return wayIn(stack, header);
  }

  /** The device that the way back leaves by. */
  static String wayIn(Stack stack, Ip header) {
    return RouteLookup.decide(stack, FlowKey.wayBack(header, 0))
            instanceof RouteDecision.Found found
        ? found.hops().stream().findFirst().flatMap(NextHop::device).orElse("eth0")
        : "eth0";
  }

  private List<Branch> left(
      Trail trail, Stack from, InFlight frame, String device, IpAddress nextHop, Ip header) {
    if (from.device(device).isEmpty()) {
      return engine
          .unseenSegment
          .toPod(trail, from, frame, device, nextHop)
          .orElseGet(() -> unlisted(trail, from, device));
    }
    String by = nextHop.equals(header.destination()) ? "" : " by the router " + nextHop;
    Step step =
        new Step(
            from.id(),
            device,
            Stage.UNDERLAY,
            Action.FORWARD,
            "leaves the state's world for " + header.destination() + by,
            from.device(device).map(Device::source).map(List::of).orElse(List.of()),
            frame.packet());
    return trail
        .then(step)
        .end(
            Verdict.LEFT,
            "leaves "
                + from.id().node()
                + " by "
                + device
                + " for "
                + header.destination()
                + by
                + ", which the state doesn't show");
  }

  private static List<Branch> unlisted(Trail trail, Stack from, String device) {
    return trail.undetermined(
        new Assumption(
            "what " + device + " of " + from.id() + " is connected to isn't in the state",
            Commands.in(from.id(), "ip -d link show " + device)));
  }
}
