package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.Cable;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.Tunnels;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Floods a frame for an unknown address out of every port of a bridge (the kernel's br_flood).
 *
 * <p>Only the port whose far end has the address matters: the other copies are thrown away by
 * whoever receives them. Where nobody has it, every copy is.
 */
final class BridgeFlood {
  private final Engine engine;

  BridgeFlood(Engine engine) {
    this.engine = engine;
  }

  static String decision(String bridge, MacAddress destination, String port) {
    return "bridge "
        + bridge
        + " knows no port for "
        + destination
        + ": out of every port, "
        + port
        + " among them";
  }

  /** The port whose cable ends at the device with this address. */
  Optional<String> ownerOf(Stack stack, Map<String, Integer> ports, MacAddress destination) {
    return ports.entrySet().stream()
        .filter(port -> leadsTo(stack, port.getKey(), port.getValue(), destination))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The port of the pod that the packet is for, where nobody looked into that pod, so that its
   * link-layer address isn't known.
   */
  Optional<String> unseenOwner(Stack stack, Map<String, Integer> ports, InFlight frame) {
    Optional<IpAddress> destination = Headers.ip(frame.packet()).map(Ip::destination);
    return ports.keySet().stream()
        .filter(port ->
            farEnd(stack, port)
                .filter(end -> mac(end.namespace(), end.device()).isEmpty())
                .filter(end ->
                    destination
                        .flatMap(address -> engine.stack(end.namespace()).own(address))
                        .isPresent())
                .isPresent())
        .findFirst();
  }

  /** That what is behind a port has the link-layer address, which isn't shown. */
  Assumption isAddressOf(Stack stack, String port, MacAddress destination) {
    Cable.To end = farEnd(stack, port).orElseThrow();
    return new Assumption(
        end.device() + " of " + end.namespace() + " has the address " + destination,
        Commands.in(end.namespace(), "ip -d link show dev " + end.device()));
  }

  /**
   * Whether a frame out of this port reaches the device with this address.
   *
   * @param tag the tag with which the port sends it
   */
  boolean leadsTo(Stack stack, String port, int tag, MacAddress destination) {
    return behind(stack, port, tag, destination).endpoints().stream()
        .map(this::mac)
        .anyMatch(Optional.of(destination)::equals);
  }

  /** A port that unknown addresses aren't flooded to, and that nothing was learnt from. */
  boolean isKeptFrom(Stack stack, String port, MacAddress destination) {
    boolean learnt =
        engine.neighbours.hasHeard(destination)
            && Bridges.setting(stack.namespace(), port, "learning");
    return !learnt && !Bridges.isFlooded(stack.namespace(), port, "flood");
  }

  /** The address of the only device behind a port; empty where there may be others. */
  Optional<MacAddress> aloneBehind(Stack stack, String port) {
    Segment segment = Segment.from(engine.world, stack.id(), port, Segment.Flood.MULTICAST);
    return segment.closed() && segment.endpoints().size() == 1
        ? mac(segment.endpoints().getFirst())
        : Optional.empty();
  }

  private boolean isEverybodyKnown(Segment segment) {
    return segment.closed() && segment.endpoints().stream().allMatch(end -> mac(end).isPresent());
  }

  private Segment behind(Stack stack, String port, int tag, MacAddress destination) {
    return Segment.from(
        engine.world,
        stack.id(),
        port,
        tag,
        Segment.Flood.UNKNOWN_UNICAST,
        engine.tunnelEnds(destination));
  }

  private Optional<MacAddress> mac(Segment.Endpoint end) {
    return mac(end.namespace(), end.device());
  }

  private Optional<MacAddress> mac(NamespaceId namespace, String device) {
    return engine.stack(namespace).device(device).flatMap(Device::mac);
  }

  private boolean isEverybodyKnown(
      Stack stack, Map<String, Integer> ports, MacAddress destination) {
    return Bridges.arePortsKnown(stack.namespace())
        && !destination.equals(MacAddress.ZERO)
        && ports.entrySet().stream()
            .allMatch(port ->
                isEverybodyKnown(behind(stack, port.getKey(), port.getValue(), destination)));
  }

  /** A tunnel's port that gets a copy, where nobody takes any: at its other end it is lost. */
  Optional<String> intoTunnel(
      Stack stack, String bridge, Map<String, Integer> ports, MacAddress destination) {
    return ports.keySet().stream()
        .filter(port -> isOpen(stack, port))
        .filter(
            port -> stack.device(port).map(Device::kind).filter(Tunnels::carryEthernet).isPresent())
        .findFirst()
        .filter(port -> mac(stack.id(), bridge).isPresent())
        .filter(port -> isEverybodyKnown(stack, ports, destination));
  }

  List<Branch> toNobody(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      MacAddress destination,
      Map<String, Integer> ports) {
    if (!isEverybodyKnown(stack, ports, destination)) {
      return trail.undetermined(
          new Assumption(
              "behind which port of "
                  + bridge
                  + " of "
                  + stack.id()
                  + " "
                  + called(frame, destination)
                  + " is isn't in the state",
              Commands.in(stack.id(), "bridge fdb show br " + bridge)));
    }
    if (mac(stack.id(), bridge).isEmpty()) {
      return trail.undetermined(
          new Assumption(
              "whether "
                  + destination
                  + " is "
                  + bridge
                  + "'s own, of "
                  + stack.id()
                  + ", isn't in the state",
              Commands.in(stack.id(), "ip -d link show dev " + bridge)));
    }
    String why = "no port of " + bridge + " of " + stack.id() + " leads to " + destination;
    Trail flooded = trail.then(lost(trail, stack, frame, bridge, why));
    List<String> open = ports.keySet().stream().filter(port -> isOpen(stack, port)).toList();
    for (String port : open) {
      flooded = flooded.then(copyOut(stack, tagged(frame, ports, port), port));
    }
    for (String port : open) {
      Optional<Cable.To> end = farEnd(stack, port);
      if (end.isPresent()) {
        flooded = flooded.then(thrownAway(end.get(), tagged(frame, ports, port)));
      }
    }
    return flooded.end(
        Verdict.DROPPED,
        why + ": the frame is flooded, and nobody takes it" + elsewhere(frame, destination));
  }

  private static InFlight tagged(InFlight frame, Map<String, Integer> ports, String port) {
    return frame.withPacket(Tags.with(frame.packet(), ports.getOrDefault(port, 0)));
  }

  /** The link-layer address, or where the state doesn't show it, whose it is. */
  private static String called(InFlight frame, MacAddress destination) {
    return destination.equals(MacAddress.ZERO)
        ? Headers.ip(frame.packet())
            .map(header -> "the next hop to " + header.destination())
            .orElse("the frame's destination")
        : destination.toString();
  }

  /** What the frame should have been sent to, where the state shows who has the address. */
  private String elsewhere(InFlight frame, MacAddress destination) {
    return Headers.ip(frame.packet())
        .flatMap(header -> ownAddress(header.destination(), destination))
        .orElse("");
  }

  private Optional<String> ownAddress(IpAddress address, MacAddress destination) {
    LinkAddresses addresses = new LinkAddresses(engine.world);
    return engine.world.owners(address).stream()
        .map(owner ->
            addresses.of(engine.stack(owner.namespace()), owner.address().device().orElse("")))
        .filter(mac -> !mac.equals(MacAddress.ZERO) && !mac.equals(destination))
        .findFirst()
        .map(mac -> "; " + address + " has " + mac);
  }

  private static boolean isOpen(Stack stack, String port) {
    return Bridges.forwards(stack.namespace(), port)
        && Bridges.isFlooded(stack.namespace(), port, "flood");
  }

  /** Who gave the frame its destination is the first to look at. */
  private Step lost(Trail trail, Stack stack, InFlight frame, String bridge, String why) {
    List<Source> evidence = new ArrayList<>();
    trail.last(Stage.NEIGHBOUR).map(Step::evidence).ifPresent(evidence::addAll);
    evidence.addAll(sources(stack, bridge));
    return new Step(
        stack.id(), bridge, Stage.BRIDGE, Action.DROP, why + ": flooded", evidence, frame.packet());
  }

  private Step copyOut(Stack stack, InFlight frame, String port) {
    return new Step(
        stack.id(),
        port,
        Stage.EGRESS,
        Action.FORWARD,
        "a flooded copy out by " + port,
        sources(stack, port),
        frame.packet());
  }

  private Step thrownAway(Cable.To end, InFlight frame) {
    Stack stack = engine.stack(end.namespace());
    return new Step(
        end.namespace(),
        end.device(),
        Stage.INGRESS,
        Action.DROP,
        "the copy isn't for " + end.device(),
        sources(stack, end.device()),
        frame.packet());
  }

  private Optional<Cable.To> farEnd(Stack stack, String port) {
    return engine.world.cabling().from(stack.id(), port) instanceof Cable.To to
        ? Optional.of(to)
        : Optional.empty();
  }

  private static List<Source> sources(Stack stack, String device) {
    return stack.device(device).map(Device::source).map(List::of).orElse(List.of());
  }
}
