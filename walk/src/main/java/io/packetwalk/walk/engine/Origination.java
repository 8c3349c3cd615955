package io.packetwalk.walk.engine;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.Tracking;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Optional<String> missing =
        question
            .device()
            .filter(device -> stack.device(device).isEmpty())
            .filter(device -> stack.namespace().links().devices().isComplete());
    if (missing.isPresent()) {
      return withoutDevice(trail, stack, question, missing.get());
    }
    boolean cannotBind =
        question.source().filter(address -> !mayBind(stack, question, address)).isPresent()
            && stack.namespace().links().addresses().isComplete();
    if (cannotBind) {
      return withoutAddress(trail, stack, question);
    }
    List<SourceChoice> candidates = SourceChoice.of(stack, question);
    if (candidates.isEmpty() && stack.namespace().links().addresses().isComplete()) {
      return withoutSource(trail, stack, question);
    }
    if (candidates.isEmpty()) {
      return trail.undetermined(
          new Assumption(
              "which addresses " + stack.id() + " has isn't in the state",
              Commands.in(stack.id(), "ip addr")));
    }
    double total = candidates.stream().mapToDouble(SourceChoice::weight).sum();
    List<Branch> branches = new ArrayList<>();
    for (SourceChoice candidate : candidates) {
      Trail chosen = trail.weighing(candidate.weight() / total);
      branches.addAll(fromAddress(chosen, stack, question, candidate.address()));
    }
    return branches;
  }

  /** An address counts in the domain of the device that the socket is bound to (inet_bind). */
  private static boolean mayBind(Stack stack, Question question, IpAddress address) {
    String device = question.device().orElse(FlowKey.LOCALLY);
    return Vrfs.own(stack, address, device)
        .filter(
            own -> own.device().map(holder -> Vrfs.areTogether(stack, holder, device)).orElse(true))
        .isPresent();
  }

  private List<Branch> fromAddress(
      Trail trail, Stack stack, Question question, LocalAddress source) {
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
    return engine.output.send(
        trail.then(step), stack, inFlight(packet), key -> routed(key, question, source.address()));
  }

  /** What the way of a packet with this source is looked up by. */
  static FlowKey routed(FlowKey key, Question question, IpAddress source) {
    IpAddress routedFrom =
        isRoutedOnce(question) ? IpAddress.unspecified(question.to().family()) : source;
    return key.withSource(routedFrom).boundTo(question.device());
  }

  /**
   * Whether the look-up that chooses the source also chooses the way. Connecting over IPv4 looks
   * again with the source (ip_route_connect); raw sockets and IPv6 don't (raw_sendmsg,
   * ip6_dst_lookup_tail).
   */
  private static boolean isRoutedOnce(Question question) {
    return question.source().isEmpty()
        && (question.to().isIpv6() || question.probe() instanceof Probe.IcmpMessage);
  }

  /** Without any address of the family nothing can be sent (ip6_dst_lookup_tail). */
  private static List<Branch> withoutSource(Trail trail, Stack stack, Question question) {
    String family = question.to().isIpv4() ? "IPv4" : "IPv6";
    Step step =
        new Step(
            stack.id(),
            "",
            Stage.SEND,
            Action.REJECT,
            stack.id() + " has no " + family + " address to send to " + question.to() + " from",
            stack.namespace().links().addresses().seenAt(),
            Probes.packet(question, IpAddress.unspecified(question.to().family())));
    return trail.then(step).end(Verdict.REJECTED, step.decision());
  }

  /** A program can't bind to a device that isn't there (sock_bindtoindex, ENODEV). */
  private static List<Branch> withoutDevice(
      Trail trail, Stack stack, Question question, String device) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.SEND,
            Action.REJECT,
            stack.id() + " has no device " + device + " to send by: no such device",
            stack.namespace().links().devices().seenAt(),
            Probes.packet(question, IpAddress.unspecified(question.to().family())));
    return trail.then(step).end(Verdict.REJECTED, step.decision());
  }

  /**
   * A program can't send from an address that its namespace doesn't have (inet_bind,
   * EADDRNOTAVAIL).
   */
  private static List<Branch> withoutAddress(Trail trail, Stack stack, Question question) {
    IpAddress address = question.source().orElseThrow();
    Step step =
        new Step(
            stack.id(),
            "",
            Stage.SEND,
            Action.REJECT,
            stack.id() + " doesn't have " + address + " to send from: cannot assign address",
            stack.namespace().links().addresses().seenAt(),
            Probes.packet(question, address));
    return trail.then(step).end(Verdict.REJECTED, step.decision());
  }

  static InFlight inFlight(Packet packet) {
    return new InFlight(packet, 0, Optional.empty(), Optional.empty(), Tracking.NONE);
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
