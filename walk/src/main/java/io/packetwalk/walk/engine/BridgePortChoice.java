package io.packetwalk.walk.engine;

import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * By which port a bridge sends a frame: the one that the forwarding database names, or where it
 * names none the one behind which somebody takes the flooded frame (the kernel's br_forward and
 * br_flood).
 */
final class BridgePortChoice {
  private final Engine engine;
  private final BridgeFlood flooding;
  private final BridgeExit exit;

  BridgePortChoice(Engine engine, BridgeExit exit) {
    this.engine = engine;
    this.flooding = new BridgeFlood(engine);
    this.exit = exit;
  }

  /** The frame goes out of the port that the database names, or is flooded. */
  List<Branch> send(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      MacAddress destination) {
    Map<String, Integer> tags = new LinkedHashMap<>();
    for (String port : Bridges.portsOf(stack.namespace(), bridge)) {
      if (from.filter(port::equals).isEmpty()) {
        exitTag(stack, frame, bridge, vlan, port).ifPresent(tag -> tags.put(port, tag));
      }
    }
    Optional<FdbEntry> learned =
        Bridges.entry(stack.namespace(), bridge, destination, vlan)
            .filter(entry -> !hasMoved(stack, entry, destination, tags));
    if (learned.isPresent()) {
      FdbEntry entry = learned.get();
      String decision = "bridge " + bridge + ": " + destination + " is behind " + entry.device();
      return exit.out(
          trail,
          stack,
          frame,
          bridge,
          vlan,
          from,
          entry.device(),
          decision,
          List.of(entry.source()));
    }
    return flood(trail, stack, frame, bridge, vlan, from, destination, tags);
  }

  /**
   * What goes out of each port that takes a copy of a frame for many: what the bridge's own stack
   * sends whatever the port floods (br_flood).
   */
  List<Copies.Copy> copies(
      Stack stack, InFlight frame, String bridge, OptionalInt vlan, Optional<String> from) {
    boolean broadcast =
        Headers.ethernet(frame.packet())
            .filter(link -> link.destination().equals(MacAddress.BROADCAST))
            .isPresent();
    String setting = broadcast ? "bcast_flood" : "mcast_flood";
    List<Copies.Copy> copies = new ArrayList<>();
    for (String port : Bridges.portsOf(stack.namespace(), bridge)) {
      boolean open =
          from.filter(port::equals).isEmpty()
              && Bridges.forwards(stack.namespace(), port)
              && !Bridges.answersArp(stack.namespace(), port)
              && (from.isEmpty() || Bridges.setting(stack.namespace(), port, setting))
              && !BridgeExit.isIsolated(stack, from, Bridges.port(stack.namespace(), port))
              && exitTag(stack, frame, bridge, vlan, port).isPresent();
      if (open) {
        copies.add(trail ->
            exit.out(
                trail,
                stack,
                frame,
                bridge,
                vlan,
                from,
                port,
                "bridge " + bridge + ": a copy out by " + port,
                BridgeForwarding.source(stack, port)));
      }
    }
    return copies;
  }

  /** What goes out of each port that has asked for a group, or leads to a router. */
  List<Copies.Copy> copies(
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      BridgeSnooping.Some some) {
    List<Copies.Copy> copies = new ArrayList<>();
    for (String port : Bridges.portsOf(stack.namespace(), bridge)) {
      boolean open =
          from.filter(port::equals).isEmpty()
              && Bridges.forwards(stack.namespace(), port)
              && !BridgeExit.isIsolated(stack, from, Bridges.port(stack.namespace(), port))
              && exitTag(stack, frame, bridge, vlan, port).isPresent();
      BridgeSnooping.Reason reason = some.ports().get(port);
      if (open && reason != null) {
        copies.add(trail ->
            reason.asFrameForOne()
                ? toEach(trail, stack, frame, bridge, vlan, from, port, reason)
                : copy(trail, stack, frame, bridge, vlan, from, port, reason));
      }
    }
    return copies;
  }

  private List<Branch> copy(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      String port,
      BridgeSnooping.Reason reason) {
    String decision = "bridge " + bridge + ": a copy out by " + port + ", " + reason.text();
    return exit.out(trail, stack, frame, bridge, vlan, from, port, decision, reason.evidence());
  }

  /** Whoever asked gets a frame to his own address (maybe_deliver_addr). */
  private List<Branch> toEach(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      String port,
      BridgeSnooping.Reason reason) {
    Optional<MacAddress> only = flooding.aloneBehind(stack, port);
    if (only.isEmpty()) {
      return trail.undetermined(
          new Assumption(
              "who behind "
                  + port
                  + " of "
                  + stack.id()
                  + " has asked for the group, to whose address it is sent (mcast_to_unicast),"
                  + " isn't in the state",
              Commands.in(stack.id(), "bridge -d link show dev " + port)));
    }
    InFlight single = frame.withPacket(Headers.readdressed(frame.packet(), only.get()));
    return copy(trail, stack, single, bridge, vlan, from, port, reason);
  }

  /** The tag with which a port sends the frame; empty where it doesn't take it. */
  private static OptionalInt exitTag(
      Stack stack, InFlight frame, String bridge, OptionalInt vlan, String port) {
    if (vlan.isEmpty()) {
      return OptionalInt.of(Tags.identifier(frame.packet()));
    }
    VlanFilter.Exit exit = new VlanFilter(stack.namespace(), bridge).out(port, vlan.getAsInt());
    return exit.member() ? OptionalInt.of(exit.tag()) : OptionalInt.empty();
  }

  /** An answer that came by another port since the listing has changed the entry. */
  private boolean hasMoved(
      Stack stack, FdbEntry entry, MacAddress destination, Map<String, Integer> others) {
    return engine.neighbours.hasHeard(destination)
        && Bridges.mayMove(entry)
        && others.entrySet().stream()
            .filter(other -> !other.getKey().equals(entry.device()))
            .anyMatch(other ->
                isHeardBy(stack, other.getKey(), destination)
                    || (Bridges.setting(stack.namespace(), other.getKey(), "learning")
                        && flooding.leadsTo(stack, other.getKey(), other.getValue(), destination)));
  }

  /** Whether a tunnel's device that is a port has answered for the address itself. */
  private boolean isHeardBy(Stack stack, String port, MacAddress destination) {
    return engine.neighbours.memory().wasHeardBy(stack, port, destination)
        && Bridges.setting(stack.namespace(), port, "learning");
  }

  private List<Branch> flood(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      Optional<String> from,
      MacAddress destination,
      Map<String, Integer> ports) {
    Optional<String> back =
        from.filter(port -> isBehind(stack, frame, bridge, vlan, port, destination))
            .or(() ->
                ports.keySet().stream()
                    .filter(port -> isHeardBy(stack, port, destination))
                    .findFirst());
    if (back.isPresent()) {
      String decision = "bridge " + bridge + ": " + destination + " is behind " + back.get();
      return exit.out(
          trail,
          stack,
          frame,
          bridge,
          vlan,
          from,
          back.get(),
          decision,
          BridgeForwarding.source(stack, back.get()));
    }
    Optional<String> unseen = flooding.unseenOwner(stack, ports, frame);
    if (unseen.isPresent()) {
      String decision =
          "bridge "
              + bridge
              + ": "
              + Headers.ip(frame).destination()
              + " is behind "
              + unseen.get();
      return exit.out(
          trail.assuming(flooding.isAddressOf(stack, unseen.get(), destination)),
          stack,
          frame,
          bridge,
          vlan,
          from,
          unseen.get(),
          decision,
          BridgeForwarding.source(stack, unseen.get()));
    }
    Optional<String> owner = flooding.ownerOf(stack, ports, destination);
    if (owner.filter(port -> flooding.isKeptFrom(stack, port, destination)).isPresent()) {
      return BridgeForwarding.dropped(
          trail,
          stack,
          frame,
          owner.get(),
          "it doesn't flood, and the bridge knows no port for " + destination,
          Bridges.port(stack.namespace(), owner.get()).orElseThrow().source());
    }
    return owner
        .or(() -> flooding.intoTunnel(stack, bridge, ports, destination))
        .map(port ->
            exit.out(
                trail,
                stack,
                frame,
                bridge,
                vlan,
                from,
                port,
                BridgeFlood.decision(bridge, destination, port),
                BridgeForwarding.source(stack, port)))
        .orElseGet(() -> flooding.toNobody(trail, stack, frame, bridge, destination, ports));
  }

  private boolean isBehind(
      Stack stack,
      InFlight frame,
      String bridge,
      OptionalInt vlan,
      String port,
      MacAddress destination) {
    OptionalInt tag = exitTag(stack, frame, bridge, vlan, port);
    return tag.isPresent() && flooding.leadsTo(stack, port, tag.getAsInt(), destination);
  }
}
