package io.packetwalk.walk.engine;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks what tells the sender that its packet was refused: an ICMP error or a TCP reset (the
 * kernel's icmp_send, icmp6_send and tcp_v4_send_reset).
 *
 * <p>It is heard when it reaches the namespace that sent, about the packet as that sent it: with a
 * translation left in it, no socket takes it.
 */
final class Errors {
  private final World world;
  private final Question question;
  private final List<Refusals.Refusal> refusals;
  private final NeighbourResolution known;

  Errors(
      World world, Question question, List<Refusals.Refusal> refusals, NeighbourResolution known) {
    this.world = world;
    this.question = question;
    this.refusals = refusals;
    this.known = known;
  }

  /** The way of the error about each branch that was refused by another stack than the sender's. */
  Map<Branch, List<Branch>> walk() {
    double refused = refusals.stream().mapToDouble(refusal -> refusal.branch().weight()).sum();
    Map<Branch, List<Branch>> ways = new LinkedHashMap<>();
    for (Refusals.Refusal refusal : refusals) {
      if (mayBeTold(refusal.stack(), refusal.packet())) {
        Trail start = Trail.start(refusal.branch().weight() / refused);
        ways.put(
            refusal.branch(),
            send(refusal, refusal.condition().map(start::provided).orElse(start)));
      }
    }
    return ways;
  }

  /** Nobody is told about an error, or at an address that isn't one machine's (RFC 1122, 3.2.2). */
  private static boolean mayBeTold(Stack stack, InFlight packet) {
    Ip header = Headers.ip(packet);
    return !Groups.isForMany(stack, header.destination())
        && !Groups.isFramedForMany(packet)
        && !header.source().isMulticast()
        && !header.source().isUnspecified()
        && !ErrorMessages.isError(packet.packet());
  }

  private List<Branch> send(Refusals.Refusal refusal, Trail start) {
    Engine engine = Engine.ofAnswers(world);
    engine.neighbours.remember(known);
    List<Branch> branches = new ArrayList<>();
    Map<IpAddress, Double> sources = sources(refusal);
    double total = sources.values().stream().mapToDouble(share -> share).sum();
    sources.forEach((source, share) ->
        branches.addAll(
            from(source, refusal, engine, start.weighing(share / total), sources.size())));
    return TunnelErrors.isRelayed(refusal.packet().packet())
        ? branches.stream().flatMap(branch -> relayed(refusal, branch).stream()).toList()
        : branches.stream().map(this::judge).toList();
  }

  /** What the sender of the packet inside hears by way of the tunnel's end. */
  private List<Branch> relayed(Refusals.Refusal refusal, Branch branch) {
    if (branch.verdict() != Verdict.DELIVERED || branch.steps().isEmpty()) {
      return List.of(branch);
    }
    return new TunnelRelay(world)
        .onward(refusal, branch)
        .map(onward -> send(onward.refusal(), onward.trail()))
        .orElseGet(() ->
            List.of(lost(branch, "the error reaches the tunnel's end, which keeps it to itself")));
  }

  /**
   * A reset by a rule about what came over a bridge goes straight back out of the bridge's port,
   * past every hook (nf_send_reset).
   */
  private static List<Branch> from(
      IpAddress source, Refusals.Refusal refusal, Engine engine, Trail trail, int ways) {
    Packet message =
        ErrorMessages.about(
            Headers.withoutLink(refusal.packet().packet()), refusal.notice(), source);
    Stack stack = refusal.stack();
    InFlight packet =
        new InFlight(
            message,
            0,
            Optional.empty(),
            Optional.empty(),
            refusal.packet().tracking().ofErrorAbout(stack.id()));
    Step step =
        new Step(
            stack.id(),
            refusal.packet().input().orElse(""),
            Stage.SEND,
            Action.CLASSIFY,
            ErrorMessages.name(refusal.notice(), source.family())
                + " to "
                + ((Ip) message.outermost()).destination(),
            List.of(),
            message);
    Optional<Ethernet> refused = Headers.ethernet(refusal.packet().packet());
    if (refusal.byTunnel() && refused.isPresent()) {
      return engine.ingress.bypassing(
          trail.then(step),
          stack,
          refusal.packet().input().orElseThrow(),
          packet.withPacket(message.within(turned(refused.get()))),
          List.of());
    }
    InFlight.Arrival arrival = refusal.packet().arrival();
    boolean straight = refusal.byRule() && refusal.notice() instanceof Notice.Reset;
    if (straight && arrival.inputPort().isPresent() && arrival.link().isPresent()) {
      Ethernet back = turned(arrival.link().get());
      return engine.egress.send(
          trail.then(step),
          stack,
          packet.withPacket(message.within(back)),
          arrival.inputPort().get(),
          Optional.empty());
    }
    return engine.output.send(
        trail.then(step), stack, packet, key -> asked(key, refusal, ways > 1));
  }

  private static Ethernet turned(Ethernet came) {
    return new Ethernet(
        /* destination= */ came.source(), /* source= */ came.destination(), came.etherType());
  }

  /** The way back of a link-local address is known by the device that the packet came by. */
  private static FlowKey asked(FlowKey key, Refusals.Refusal refusal, boolean oneOfSeveral) {
    if (key.destination().isIpv6() && key.destination().isLinkLocal()) {
      return key.boundTo(refusal.packet().input());
    }
    boolean chosenByRoute = key.destination().isIpv4() && !oneOfSeveral && !isLocal(refusal);
    FlowKey back = inVrf(key, refusal);
    return chosenByRoute ? back.withSource(IpAddress.unspecified(key.source().family())) : back;
  }

  /** What a VRF got it answers in its own table (icmp_send, icmp6_send). */
  private static FlowKey inVrf(FlowKey key, Refusals.Refusal refusal) {
    return refusal
        .packet()
        .input()
        .flatMap(device -> Vrfs.of(refusal.stack(), device))
        .map(vrf -> key.boundTo(Optional.of(vrf.name())))
        .orElse(key);
  }

  /** Over IPv6 an address of a device, not of a local prefix alone (ipv6_chk_addr). */
  private static boolean isLocal(Refusals.Refusal refusal) {
    IpAddress destination = Headers.ip(refusal.packet()).destination();
    String device = refusal.packet().input().orElse(FlowKey.LOCALLY);
    boolean elsewhere =
        refusal.stack().own(destination).isPresent()
            && Vrfs.own(refusal.stack(), destination, device).isEmpty();
    if (elsewhere) {
      return false;
    }
    return destination.isIpv6()
        ? refusal.stack().isAssigned(destination)
        : !isBridged(refusal) && refusal.stack().isLocal(destination);
  }

  /** What a bridge passes on has no route of its own that says so (bridge_parent_rtable). */
  private static boolean isBridged(Refusals.Refusal refusal) {
    List<Step> steps = refusal.branch().steps();
    return refusal.byRule()
        && refusal.packet().arrival().inputPort().isPresent()
        && !steps.isEmpty()
        && steps.getLast().stage() == Stage.FORWARD_HOOK;
  }

  /** The address that was asked where it is local, else what routing chooses (__icmp_send). */
  private static Map<IpAddress, Double> sources(Refusals.Refusal refusal) {
    Ip header = Headers.ip(refusal.packet());
    Map<IpAddress, Double> sources = new LinkedHashMap<>();
    if (refusal.byTunnel() || isLocal(refusal) || refusal.notice() instanceof Notice.Reset) {
      sources.put(header.destination(), 1.0);
      return sources;
    }
    candidates(refusal, header.source())
        .forEach(candidate -> sources.put(candidate.address().address(), candidate.weight()));
    if (sources.isEmpty()) {
      sources.put(header.destination(), 1.0);
    }
    return sources;
  }

  /**
   * Over IPv6 an address is chosen as if the error left by the device that the packet came by,
   * unless the route back names one (icmp6_send).
   */
  private static List<SourceChoice> candidates(Refusals.Refusal refusal, IpAddress sender) {
    FlowKey key = inVrf(FlowKey.to(sender), refusal);
    if (sender.isIpv4()) {
      return SourceChoice.of(refusal.stack(), key);
    }
    Optional<String> input = refusal.packet().input().filter(device -> !device.isEmpty());
    FlowKey back = sender.isLinkLocal() ? key.boundTo(input) : key;
    boolean named =
        RouteLookup.decide(refusal.stack(), back) instanceof RouteDecision.Found found
            && found.route().preferredSource().isPresent();
    List<LocalAddress> near =
        input
            .filter(device -> !named && !refusal.ownPacket() && !device.equals(FlowKey.LOCALLY))
            .map(device -> SourceSelection.equallyGood(refusal.stack(), device, sender))
            .orElse(List.of());
    return near.isEmpty()
        ? SourceChoice.of(refusal.stack(), back)
        : near.stream().map(address -> new SourceChoice(address, 1)).toList();
  }

  private Branch judge(Branch branch) {
    boolean arrived = branch.verdict() == Verdict.DELIVERED && !branch.steps().isEmpty();
    if (!arrived || !(question.from() instanceof Origin.Inside inside)) {
      return branch;
    }
    Step last = branch.steps().getLast();
    if (!inside.namespace().equals(last.place())) {
      return lost(branch, "the error arrives at " + last.place() + ", which didn't send");
    }
    Optional<String> unheeded = Heeding.whyNot(world.stack(last.place()), question, last);
    if (unheeded.isPresent()) {
      return lost(branch, "no socket takes the error: " + unheeded.get());
    }
    return about(last.packet())
        .filter(carried -> !carried.destination().equals(question.to()))
        .map(carried ->
            lost(
                branch,
                "the error is about a packet to "
                    + carried.destination()
                    + ", but "
                    + question.to()
                    + " was sent to: no socket takes it"))
        .orElse(branch);
  }

  private static Optional<Ip> about(Packet message) {
    return message.layers().stream()
        .skip(1)
        .filter(Ip.class::isInstance)
        .map(Ip.class::cast)
        .findFirst();
  }

  private static Branch lost(Branch branch, String why) {
    return new Branch(branch.weight(), Verdict.DROPPED, why, branch.steps(), branch.assumptions());
  }

  /** The request's branches, those dropped whose sender certainly isn't told. */
  static List<Branch> unheard(List<Branch> forward, Map<Branch, List<Branch>> ways) {
    return forward.stream().map(branch -> unheard(branch, ways)).toList();
  }

  private static Branch unheard(Branch branch, Map<Branch, List<Branch>> ways) {
    List<Branch> errors = ways.getOrDefault(branch, List.of());
    boolean lost = !errors.isEmpty() && errors.stream().allMatch(Errors::isLost);
    return lost
        ? new Branch(
            branch.weight(),
            Verdict.DROPPED,
            branch.reason() + "; the sender isn't told: " + errors.getFirst().reason(),
            branch.steps(),
            branch.assumptions())
        : branch;
  }

  private static boolean isLost(Branch error) {
    return switch (error.verdict()) {
      case DROPPED, REJECTED, LOOPED -> true;
      case DELIVERED, LEFT, UNDETERMINED -> false;
    };
  }

  /** All ways as one direction; empty when nothing is told. */
  static Optional<Direction> direction(Map<Branch, List<Branch>> ways) {
    List<Branch> branches = ways.values().stream().flatMap(List::stream).toList();
    return branches.isEmpty() ? Optional.empty() : Optional.of(new Direction(branches));
  }
}
