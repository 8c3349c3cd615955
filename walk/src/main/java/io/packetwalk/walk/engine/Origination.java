package io.packetwalk.walk.engine;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.Tracking;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Begins a walk: a program sends, or a packet comes in from a machine that the state doesn't show.
 */
final class Origination {
  private final Engine engine;

  Origination(Engine engine) {
    this.engine = engine;
  }

  List<Branch> begin(Trail trail, Question question) {
    return switch (question.from()) {
      case Origin.Inside inside -> fromInside(trail, engine.stack(inside.namespace()), question);
      case Origin.Outside outside -> fromOutside(trail, outside.address(), question);
    };
  }

  private List<Branch> fromInside(Trail trail, Stack stack, Question question) {
    Optional<LocalAddress> chosen = source(stack, question);
    if (chosen.isEmpty()) {
      return trail.undetermined(
          new Assumption(
              "which addresses " + stack.id() + " has isn't in the state",
              Commands.in(stack.id(), "ip addr")));
    }
    LocalAddress source = chosen.get();
    Packet packet = Probes.packet(question, source.address());
    Step step =
        new Step(
            stack.id(),
            source.device().orElse(""),
            Stage.SEND,
            Action.CLASSIFY,
            "a program sends to " + question.to() + " from " + source.address(),
            List.of(source.source()),
            packet);
    return engine.output.send(trail.then(step), stack, inFlight(packet), Optional.empty());
  }

  static InFlight inFlight(Packet packet) {
    return new InFlight(packet, 0, Optional.empty(), Optional.empty(), Tracking.NONE);
  }

  private static Optional<LocalAddress> source(Stack stack, Question question) {
    if (question.source().isPresent()) {
      IpAddress asked = question.source().get();
      return stack.own(asked).or(() -> bound(stack, asked));
    }
    FlowKey key =
        new FlowKey(
            IpAddress.unspecified(question.to().family()),
            question.to(),
            FlowKey.LOCALLY,
            Optional.empty(),
            0,
            0,
            question.probe().protocol(question.to().family()),
            OptionalInt.empty(),
            OptionalInt.empty());
    Optional<LocalAddress> routed =
        switch (RouteLookup.decide(stack, key)) {
          case RouteDecision.Found found ->
              SourceSelection.select(
                  stack, found.route(), found.hops().stream().findFirst(), question.to());
          case RouteDecision.OwnAddress own -> Optional.of(own.address());
          case RouteDecision.Broadcast broadcast -> Optional.of(broadcast.subnet());
          case RouteDecision.RefusedByRule refused -> Optional.empty();
          case RouteDecision.NoRoute none -> Optional.empty();
          case RouteDecision.Unknown unknown -> Optional.empty();
        };
    return routed.or(() -> any(stack, question.to()));
  }

  /** An address that the question names though the namespace isn't known to have it. */
  private static Optional<LocalAddress> bound(Stack stack, IpAddress address) {
    return stack.addresses().stream()
        .findFirst()
        .map(any ->
            new LocalAddress(
                address,
                Optional.empty(),
                OptionalInt.empty(),
                LocalAddress.Origin.OBJECT,
                any.source()));
  }

  /** Where routing refuses there is no source to choose; one is needed to show the packet. */
  private static Optional<LocalAddress> any(Stack stack, IpAddress destination) {
    return stack.addresses().stream()
        .filter(address -> address.address().family() == destination.family())
        .filter(address -> !address.address().isLoopback() && !address.address().isLinkLocal())
        .findFirst();
  }

  private List<Branch> fromOutside(Trail trail, IpAddress source, Question question) {
    Packet packet = Probes.packet(question, source);
    return engine
        .underlay
        .enter(trail, packet, question.to())
        .orElseGet(() ->
            trail.undetermined(
                new Assumption(
                    "by which node a packet from outside to "
                        + question.to()
                        + " comes in isn't in the state",
                    "ask for a node's address, or trace from the node: packetwalk trace node/NAME "
                        + question.to())));
  }
}
